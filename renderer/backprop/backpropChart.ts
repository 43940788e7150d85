// The backpropagation view: the net with its numbers, the steps one by one, each weight's product and update on demand.

import { digitsOf, formulaText } from "../../src/shared/formulaText.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropStep, BackpropView } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import { element, setAttributes, setText } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools, iconButton } from "../parts/viewTools.ts";
import { createScrubber } from "../time/scrubber.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { backpropWords } from "../words/backpropWords.ts";
import { backpropCss } from "./backpropCss.ts";
import { formulaNodes } from "./formulaNodes.ts";
import { createNetDrawing } from "./netDrawing.ts";
import { lineNodes, weightNodes } from "./stepLines.ts";

/** Long enough to read a line. */
const playedStepMs = 1_500;

export function createBackpropChart(host: ViewHost, first: BackpropView): Chart<BackpropView> {
  addStyles(host.root, backpropCss);
  let end = fillView(host, first);
  return {
    update(next) {
      end();
      end = fillView(host, next);
    },
    dispose: () => end(),
  };
}

/** Draws one view; answers with what takes it away again. */
function fillView(host: ViewHost, view: BackpropView): () => void {
  const word = (id: keyof typeof backpropWords.en & string, args: Parameters<typeof host.wordIn>[2] = {}) =>
    host.wordIn(backpropWords, id, args);
  const { steps, weights } = view;
  // All numbers stand there at first; play starts over.
  let at = steps.length - 1;
  let chosen: string | null = null;
  const table = createDataTable(host, () => tableData(host, view));
  const sentence = createSentence(host, view.sentence, createViewTools(host, { table, fileName: "backprop" }).node);
  const drawing = createNetDrawing(host, view, (id) => choose(id));
  const scrubber = createScrubber(host, (to) => go(to), { label: word("scrub"), frameMs: playedStepMs });
  const previous = iconButton("previous", word("previous"));
  const next = iconButton("next", word("next"));
  previous.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  const title = element("p", { class: "backTitle" });
  const lines = element("div");
  const sum = element("div", { class: "backSum" }, title, lines);
  const values = weights.map(() => element("b"));
  const buttons = weights.map(({ id, symbol }, index) => {
    const partial = symbol.kind === "symbol" ? { ...symbol, partial: true } : symbol;
    const name = element("span", {}, ...formulaNodes([partial], host.locale));
    const button = element(
      "button",
      { type: "button", class: "weightButton", "aria-pressed": "false" },
      name,
      values[index],
    );
    button.addEventListener("click", () => choose(id));
    return button;
  });
  const details = element("div", { class: "backWeight", "aria-live": "polite", hidden: true });
  const list = element(
    "ul",
    { class: "backWeights", "aria-label": word("weights") },
    ...buttons.map((button) => element("li", {}, button)),
  );
  const { size, example } = view.batch;
  const caption = element(
    "figcaption",
    {},
    element(
      "b",
      {},
      size === 1
        ? word("caption")
        : word("captionBatch", {
            example: { kind: "count", value: example + 1 },
            size: { kind: "count", value: size },
          }),
    ),
    element("span", {}, word("inCircle")),
    element("span", { class: "backKey" }, word("below")),
    element("span", {}, word("lines")),
  );
  const side = element("div", {}, element("div", { class: "backSteps" }, previous, next, scrubber.node), sum);
  const hint = element("p", { class: "note" }, word("weights"));
  const node = element(
    "div",
    { class: "back" },
    sentence.node,
    element("figure", { class: "figure" }, caption, element("div", { class: "backSplit" }, drawing.node, side)),
    hint,
    list,
    details,
    table.node,
  );
  host.root.append(node);

  function go(to: number): void {
    at = Math.max(0, Math.min(steps.length - 1, to));
    draw();
  }

  function choose(id: string): void {
    chosen = chosen === id ? null : id;
    fillDetails();
    buttons.forEach((button, index) => {
      setAttributes(button, { "aria-pressed": String(weights[index]?.id === chosen) });
    });
  }

  function knownNow(): ReadonlySet<string> {
    return new Set(steps.slice(0, at + 1).flatMap(({ sets }) => sets));
  }

  /** A number that was not computed yet is told of in the weight's card no sooner than elsewhere. */
  let filled = "";
  function fillDetails(): void {
    const isKnown = chosen !== null && knownNow().has(`d${chosen}`);
    const key = `${chosen} ${isKnown}`;
    if (key === filled) return;
    filled = key;
    const weight = weights.find((each) => each.id === chosen);
    details.hidden = weight === undefined;
    details.replaceChildren(...(weight === undefined ? [] : weightNodes(host, view, weight, isKnown)));
  }

  function fillSum(step: BackpropStep): void {
    setText(title, host.wordIn(insightWords, step.title.id as keyof typeof insightWords.en & string, step.title.args));
    lines.replaceChildren(...lineNodes(host, step.lines));
  }

  function draw(): void {
    const step = steps[at];
    if (step === undefined) return;
    const known = knownNow();
    sum.classList.toggle("back", step.phase === "backward" || step.phase === "update");
    fillSum(step);
    const spoken = step.lines
      .map((line) =>
        [
          formulaText(line.symbols, host.locale),
          formulaText(line.numbers, host.locale),
          formatNumber(line.result, { locale: host.locale, ...digitsOf(line) }),
        ]
          .filter((part) => part !== "")
          .join(" = "),
      )
      .join("; ");
    const label = `${title.textContent}: ${spoken}`;
    drawing.draw(known, step, label);
    const phase = word(step.phase === "loss" ? "lossPhase" : step.phase);
    const place = {
      step: { kind: "count", value: at + 1 },
      count: { kind: "count", value: steps.length },
      phase,
    } as const;
    fillDetails();
    scrubber.show(at, steps.length, word("step", place));
    previous.disabled = at === 0;
    next.disabled = at === steps.length - 1;
    weights.forEach(({ id, gradient }, index) => {
      const isKnown = known.has(`d${id}`);
      const text = isKnown ? formatNumber(gradient, { locale: host.locale }) : "–";
      const shown = values[index];
      if (shown === undefined) return;
      setText(shown, text);
      setAttributes(shown, { title: isKnown ? null : word("notYet") });
    });
  }

  const longest = longestSteps(steps);
  let laidOutPx = 0;
  host.onWidth((widthPx) => {
    if (widthPx === laidOutPx || !node.isConnected) return;
    laidOutPx = widthPx;
    // The tallest step decides how much room all have, so that nothing moves from one to the next.
    sum.style.minHeight = "";
    let tallest = 0;
    for (const step of longest) {
      fillSum(step);
      tallest = Math.max(tallest, sum.offsetHeight);
    }
    sum.style.minHeight = `${tallest}px`;
    drawing.layOut(drawing.node.clientWidth);
    draw();
  });
  draw();
  return () => node.remove();
}

/** The few steps among which the tallest is, at any width: those with the most lines, and those with the longest formulas. */
function longestSteps(steps: readonly BackpropStep[]): readonly BackpropStep[] {
  const size = ({ lines }: BackpropStep) =>
    lines.reduce((sum, { symbols, numbers }) => sum + symbols.length + numbers.length, 0);
  const byLines = [...steps].sort((a, b) => b.lines.length - a.lines.length).slice(0, 3);
  const bySize = [...steps].sort((a, b) => size(b) - size(a)).slice(0, 3);
  return [...new Set([...byLines, ...bySize])];
}

function tableData(host: ViewHost, { weights }: BackpropView): TableData {
  const heads = ["weight", "value", "gradient", "difference", "batch", "after"] as const;
  return {
    caption: host.wordIn(backpropWords, "tableTitle"),
    columns: heads.map((id) => host.wordIn(backpropWords, id)),
    rows: weights.map(({ symbol, value, gradient, check, batchGradient, update }) => [
      formulaText([symbol], host.locale),
      { number: value },
      { number: gradient },
      { number: check.value },
      { number: batchGradient },
      { number: update?.after ?? null },
    ]),
  };
}
