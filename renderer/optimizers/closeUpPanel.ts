// One step of one weight: the rule of an optimizer with the numbers of that step, chosen by variant and step.

import { digitsBeside, formatNumber } from "../../src/shared/numbers.ts";
import type { OptimizersView, RacerCloseUps, RacerUpdate } from "../../src/shared/views.ts";
import { backpropCss } from "../backprop/backpropCss.ts";
import { lineNodes } from "../backprop/stepLines.ts";
import { element, setHidden, setText } from "../dom.ts";
import { fieldCss } from "../parts/fieldCss.ts";
import { createScrubber } from "../time/scrubber.ts";
import type { ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { tableOrder } from "./raceModel.ts";
import { raceWords } from "./raceWords.ts";

export interface CloseUpPanel {
  readonly node: HTMLElement;
  /** `isLive`: the race runs before the reader's eyes, so that room is kept for what comes at its end. */
  update(isLive: boolean): void;
}

/** Formulas are read, not watched. */
const frameMs = 900;

export function createCloseUpPanel(host: ViewHost, view: () => OptimizersView): CloseUpPanel {
  addStyles(host.root, fieldCss);
  addStyles(host.root, backpropCss);
  const word = (id: keyof typeof raceWords.en, args: Parameters<ViewHost["word"]>[1] = {}) =>
    host.wordIn(raceWords, id, args);
  const menu = element("select");
  const field = element("label", { class: "field" }, element("span", {}, word("variant")), menu);
  const title = element("p", { class: "closeUpTitle" });
  const lines = element("div", { class: "closeUpLines", "aria-live": "polite" });
  const note = element("p", { class: "note" }, word("closeUpNote"));
  let racer: number | null = null;
  let frame = Number.POSITIVE_INFINITY;
  let keepsRoom = false;
  const scrubber = createScrubber(
    host,
    (next) => {
      frame = next;
      draw();
    },
    { label: word("closeUpStep"), frameMs },
  );
  const node = element(
    "section",
    { class: "closeUp back" },
    element("div", { class: "closeUpHead" }, element("b", {}, word("closeUp")), field),
    title,
    scrubber.node,
    lines,
    note,
  );
  menu.addEventListener("change", () => {
    racer = Number(menu.value);
    draw();
  });
  // The notebook would take the arrow keys for its own.
  menu.addEventListener("keydown", (event) => event.stopPropagation());

  const draw = () => {
    const { racers } = view();
    const { name = "", closeUps } = racers[racer ?? -1] ?? {};
    const updates = closeUps?.updates ?? [];
    const at = Math.max(0, Math.min(frame, updates.length - 1));
    const shown = updates[at];
    node.classList.toggle("empty", shown === undefined);
    if (closeUps === undefined || shown === undefined) {
      const waits = view().state === "running" ? "closeUpWaiting" : "closeUpNone";
      setText(title, word(waits));
      lines.replaceChildren(element("div", { class: "toCome", "aria-hidden": "true" }));
      // Hidden, but as high as it will be.
      scrubber.show(0, 1, "\u00a0");
      return;
    }
    menu.value = String(racer);
    const step = { kind: "count", value: shown.step } as const;
    setText(title, word("closeUpOf", { name, step, weight: weightName(word, closeUps) }));
    lines.replaceChildren(...updateNodes(host, word, shown));
    lines.style.setProperty("--lines", String(Math.min(mostLines, Math.max(...updates.map(linesOf)))));
    scrubber.show(at, updates.length, word("firstStep", { step }));
  };
  return {
    node,
    update(isLive) {
      keepsRoom ||= isLive;
      const { racers } = view();
      const order = tableOrder(racers).filter((index) => (racers[index]?.closeUps?.updates.length ?? 0) > 0);
      // Nobody runs it any more, so nothing comes.
      const isCutShort = !isLive && view().state === "running";
      setHidden(node, order.length === 0 && (isCutShort || !keepsRoom));
      if (racer === null || !order.includes(racer)) racer = order[0] ?? null;
      const names = order.map((index) => element("option", { value: index }, racers[index]?.name ?? ""));
      if (names.map(({ text }) => text).join("\n") !== [...menu.options].map(({ text }) => text).join("\n"))
        menu.replaceChildren(...names);
      draw();
    },
  };
}

/** The longest rules have so many formulas. */
const mostLines = 4;

/** How many lines a step is told in. */
function linesOf({ lines, memory }: RacerUpdate): number {
  return lines.length > 0 ? lines.length : memory.length + 3;
}

type RaceWord = (id: keyof typeof raceWords.en, args?: Parameters<ViewHost["word"]>[1]) => string;

/** "kernel[3, 7] of dense_2". */
function weightName(word: RaceWord, { layer, parameter, index }: RacerCloseUps): string {
  return word("closeUpWeight", { layer, weight: `${parameter}[${index.join(", ")}]` });
}

function updateNodes(host: ViewHost, word: RaceWord, update: RacerUpdate): readonly HTMLElement[] {
  const number = (value: RacerUpdate["before"]) => formatNumber(value, { locale: host.locale, digits: 4 });
  // With as many digits as tell the two apart.
  const [from, to] = [Number(update.before), Number(update.after)];
  const digits = digitsBeside(to, to - from) ?? 4;
  const beside = (value: RacerUpdate["before"]) => formatNumber(value, { locale: host.locale, digits });
  if (update.lines.length > 0) return lineNodes(host, update.lines);
  return [
    element("p", { class: "small muted" }, word("closeUpNoRule")),
    element("p", { class: "backLine" }, `g = ${number(update.gradient)}`),
    ...update.memory.map(({ name, before, after }) =>
      element("p", { class: "backLine" }, `${name}: ${number(before)} → ${number(after)}`),
    ),
    element("p", { class: "backLine" }, `w: ${beside(update.before)} → ${beside(update.after)}`),
  ];
}
