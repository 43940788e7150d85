// Steps of a computation one by one: back, next, play and a scrubber, with the lines of the step below. All stand there at first.

import { digitsOf, formulaText } from "../../src/shared/formulaText.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropLine, BackpropStep } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import { element, setIdle, setText } from "../dom.ts";
import { iconButton } from "../parts/viewTools.ts";
import { createScrubber } from "../time/scrubber.ts";
import type { ViewHost } from "../viewHost.ts";
import { backpropWords } from "../words/backpropWords.ts";
import { lineNodes } from "./stepLines.ts";

export interface StepPlayer {
  readonly node: HTMLElement;
  /** Ids of all that is known after the step that is shown. */
  readonly known: ReadonlySet<string>;
  draw(): void;
  /** Makes room for the tallest step, so that nothing moves from one to the next. */
  reserve(): void;
}

/** More weights than this are updated side by side: their lines are short. */
const mostBelow = 6;

/** Long enough to read a line. */
const playedStepMs = 1_500;

/** `drawn` is told of each step, with what it says in one line. */
export function createStepPlayer(
  host: ViewHost,
  steps: readonly BackpropStep[],
  drawn: (step: BackpropStep, label: string) => void,
): StepPlayer {
  const word = (id: keyof typeof backpropWords.en & string, args: Parameters<typeof host.wordIn>[2] = {}) =>
    host.wordIn(backpropWords, id, args);
  let at = steps.length - 1;
  const scrubber = createScrubber(host, (to) => go(to), { label: word("scrub"), frameMs: playedStepMs });
  const previous = iconButton("previous", word("previous"));
  const next = iconButton("next", word("next"));
  previous.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  const title = element("p", { class: "backTitle" });
  const lines = element("div", { class: "backLines" });
  const sum = element("div", { class: "backSum" }, title, lines);
  const go = (to: number) => {
    at = Math.max(0, Math.min(steps.length - 1, to));
    draw();
  };
  const fill = (step: BackpropStep) => {
    setText(title, host.wordIn(insightWords, step.title.id as keyof typeof insightWords.en & string, step.title.args));
    lines.classList.toggle("besides", step.phase === "update" && step.lines.length > mostBelow);
    lines.replaceChildren(...lineNodes(host, step.lines));
  };
  const draw = () => {
    const step = steps[at];
    if (step === undefined) return;
    sum.classList.toggle("back", step.phase === "backward" || step.phase === "update");
    fill(step);
    const phase = word(step.phase === "loss" ? "lossPhase" : step.phase);
    const place = { step: { kind: "count", value: at + 1 }, count: { kind: "count", value: steps.length } } as const;
    scrubber.show(at, steps.length, word("step", { ...place, phase }));
    setIdle(previous, at === 0);
    setIdle(next, at === steps.length - 1);
    drawn(step, `${title.textContent}: ${step.lines.map((line) => spokenLine(host, line)).join("; ")}`);
  };
  return {
    node: element("div", {}, element("div", { class: "backSteps" }, previous, next, scrubber.node), sum),
    get known() {
      return new Set(steps.slice(0, at + 1).flatMap(({ sets }) => sets));
    },
    draw,
    reserve() {
      sum.style.minHeight = "";
      let tallest = 0;
      // Letters of formulas are about this wide.
      for (const step of tallestSteps(host, steps, sum.clientWidth / 8)) {
        fill(step);
        tallest = Math.max(tallest, sum.offsetHeight);
      }
      sum.style.minHeight = `${tallest}px`;
    },
  };
}

function spokenLine(host: ViewHost, line: BackpropLine): string {
  const { locale } = host;
  const result = line.result === null ? "" : formatNumber(line.result, { locale, ...digitsOf(line) });
  return [formulaText(line.symbols, locale), formulaText(line.numbers, locale), result]
    .filter((part) => part !== "")
    .join(" = ");
}

/** The few steps among which the tallest is, where a row has room for so many letters. */
function tallestSteps(host: ViewHost, steps: readonly BackpropStep[], letters: number): readonly BackpropStep[] {
  const rows = (step: BackpropStep) =>
    step.lines.reduce((sum, line) => {
      const check = line.check === null ? 0 : checkLetters;
      return sum + Math.ceil((spokenLine(host, line).length + check) / Math.max(1, letters));
    }, 0);
  const byRows = steps.map((step) => ({ step, rows: rows(step) })).sort((a, b) => b.rows - a.rows);
  const byLines = [...steps].sort((a, b) => b.lines.length - a.lines.length).slice(0, 2);
  return [...new Set([...byRows.slice(0, 6).map(({ step }) => step), ...byLines])];
}

/** Of a finite difference beside a line. */
const checkLetters = 26;
