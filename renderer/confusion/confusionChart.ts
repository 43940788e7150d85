// The confusion view: the matrix, and beside it the examples of the chosen cell.

import { formatCount, formatShare, formatShort } from "../../src/shared/numbers.ts";
import type { ConfusionView, WrongExample } from "../../src/shared/views.ts";
import { element, setText } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { createPictureCanvas, pictureCss } from "../pictures/pictureCanvas.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { confusionWords } from "../words/confusionWords.ts";
import { createConfusionMatrix, type MatrixCell } from "./confusionMatrix.ts";

const rules = `
.confusion { display: grid; grid-template-columns: minmax(0, max-content) minmax(200px, 1fr); gap: 16px 24px; align-items: start; }
.matrix { border-collapse: separate; border-spacing: 2px; font-size: 12px; line-height: 18px; }
.matrix th { padding: 0 4px 0 0; font-weight: 400; color: var(--nn-muted); white-space: nowrap; text-align: right; }
.matrix thead th { text-align: center; }
.matrix .className { max-width: 84px; overflow: hidden; text-overflow: ellipsis; color: var(--nn-text); }
.matrix td { padding: 0; }
.matrix .share { padding: 0 4px; font-size: 11px; color: var(--nn-muted); text-align: center; }
.cell { appearance: none; display: block; width: 100%; min-width: clamp(24px, calc((100cqi - 92px) / var(--classes) - 2px), 36px); height: 28px; padding: 0 4px; border: 1px solid var(--nn-hairline); border-radius: 2px; background: none; color: var(--nn-muted); font: 12px/18px var(--nn-font); font-variant-numeric: tabular-nums; cursor: pointer; scroll-margin: 4px; }
/* Its own border is a rim of the page: the ring stands out from any colour. */
.cell:is(:hover, [aria-pressed="true"]) { position: relative; border-color: var(--nn-page); outline: 2px solid var(--nn-text); outline-offset: 0; }
.view[data-theme^="highContrast"] .cell { border-color: var(--nn-neutral); }
.view[data-theme^="highContrast"] .cell:is(:hover, [aria-pressed="true"]) { border-width: 2px; border-color: var(--nn-page); padding-inline: 0; }
.view[data-theme^="highContrast"] .cell:hover { outline: 2px dashed var(--nn-active-edge); }
.view[data-theme^="highContrast"] .cell[aria-pressed="true"] { outline: 2px solid var(--nn-active-edge); }
.matrix .per { display: none; }
/* Where it is narrow, ten classes still fit: cells touch, and the word before the last row stands above it. */
@container view (max-width: 440px) {
  .matrix.many { border-spacing: 0; } .many .cell { margin: 0 -1px -1px 0; padding: 0 1px; border-radius: 0; } .many .per { display: inline; } .many .sign { display: none; }
  .matrix.many .share { padding: 0 0 0 5px; } .matrix.many tfoot .share { padding: 18px 0 0; }
  .many tfoot th { max-width: 0; overflow: visible; vertical-align: top; text-align: left; }
}
.wrongOnes { min-height: 200px; }
/* Half a row at the end says that there are more. */
.wrongOnes :is(.tiles, .scroll) { max-height: 362px; overflow: auto; } .wrongOnes .tiles { padding: 1px; }
.wrongOnes .tile { width: 88px; }
.wrongOnes .table { width: auto; } .wrongOnes .table td { white-space: nowrap; } .wrongOnes .table .right { padding-left: 16px; }
@container view (max-width: 700px) { .confusion { grid-template-columns: minmax(0, 1fr); } }
`;

const pictureSizePx = 56;

export function createConfusionChart(host: ViewHost, view: ConfusionView): Chart<ConfusionView> {
  addStyles(host.root, pictureCss);
  addStyles(host.root, rules);
  const table = createDataTable(host, () => numbersOf(host, view));
  const sentence = createSentence(host, view.sentence, createViewTools(host, { table, fileName: "confusion" }).node);
  const words = element("p", { class: "small muted", role: "status", style: "margin: 0 0 8px" });
  const tiles = element("div", {
    class: "tiles",
    tabindex: 0,
    role: "group",
    "aria-label": host.wordIn(confusionWords, "none"),
  });
  const show = (cell: MatrixCell | null) => {
    const wrong = view.examples.filter(({ truth, predicted }) => truth === cell?.truth && predicted === cell.predicted);
    setText(words, cellWords(host, view, cell, wrong.length));
    const isPictures = wrong.every(({ picture }) => picture !== null);
    tiles.className = isPictures ? "tiles" : "scroll keepsNames";
    tiles.scrollTo(0, 0);
    tiles.replaceChildren(
      ...(isPictures ? wrong.map((each) => exampleTile(host, view, each)) : [exampleTable(host, wrong)]),
    );
    matrix.choose(cell);
  };
  const matrix = createConfusionMatrix(host, view, show);
  const part = view.part === "validation" || view.part === "train" ? host.wordIn(confusionWords, view.part) : "";
  const caption = element(
    "figcaption",
    {},
    part === "" ? null : element("b", {}, part),
    host.wordIn(confusionWords, "matrix"),
  );
  const figure = element("figure", { class: "figure" }, caption, matrix.node);
  host.root.append(
    sentence.node,
    element("div", { class: "confusion" }, figure, element("div", { class: "wrongOnes" }, words, tiles)),
    table.node,
  );
  show(commonestMistake(view));
  // Other numbers are another picture.
  return { update: () => undefined, dispose: () => undefined };
}

function commonestMistake({ counts }: ConfusionView): MatrixCell | null {
  let most = 0;
  let found: MatrixCell | null = null;
  counts.forEach((line, truth) => {
    line.forEach((often, predicted) => {
      if (truth === predicted || often <= most) return;
      most = often;
      found = { truth, predicted };
    });
  });
  return found;
}

function cellWords(host: ViewHost, { classes, counts }: ConfusionView, cell: MatrixCell | null, shown: number): string {
  if (cell === null) return host.wordIn(confusionWords, "none");
  const truth = classes[cell.truth] ?? "";
  if (cell.truth === cell.predicted) return host.wordIn(confusionWords, "right", { truth });
  return host.wordIn(confusionWords, "wrong", {
    truth,
    predicted: classes[cell.predicted] ?? "",
    shown: { kind: "count", value: shown },
    count: { kind: "count", value: counts[cell.truth]?.[cell.predicted] ?? 0 },
  });
}

function exampleTile(host: ViewHost, { classes }: ConfusionView, example: WrongExample): HTMLElement {
  const confidence = formatShare(example.confidence);
  const predicted = classes[example.predicted] ?? "";
  const row = formatCount(example.row, host.locale);
  const label = host.wordIn(confusionWords, "example", { row, predicted, confidence });
  return element(
    "figure",
    { class: "tile", title: label },
    example.picture === null ? null : createPictureCanvas(example.picture, pictureSizePx, label),
    element("figcaption", {}, element("b", {}, confidence), ` #${example.row}`),
  );
}

/** Examples that are no pictures: a row each, with the first of their features. */
function exampleTable(host: ViewHost, examples: readonly WrongExample[]): HTMLElement {
  const names = examples[0]?.features.map(({ name }) => name) ?? [];
  const head = [host.wordIn(confusionWords, "row"), host.wordIn(confusionWords, "probability"), ...names];
  const rows = examples.map(({ row, confidence, features }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, `#${row}`),
      element("td", { class: "right" }, element("b", {}, formatShare(confidence))),
      ...features.map(({ value }) => element("td", { class: "right" }, formatShort(value, host.locale))),
    ),
  );
  return element(
    "table",
    { class: "table" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...head.map((name, at) => element("th", { scope: "col", class: at > 0 ? "right" : null }, name)),
      ),
    ),
    element("tbody", {}, ...rows),
  );
}

function numbersOf(host: ViewHost, { classes, counts }: ConfusionView): TableData {
  return {
    caption: host.word("numbersOf", { caption: host.wordIn(confusionWords, "matrix") }),
    columns: [host.wordIn(confusionWords, "truth"), ...classes],
    rows: counts.map((line, truth) => [classes[truth] ?? "", ...line.map((often) => ({ count: often }))]),
  };
}
