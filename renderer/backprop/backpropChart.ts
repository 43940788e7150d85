// The backpropagation view: the net with its numbers, the steps one by one, each weight's product and update on demand.

import { formulaText } from "../../src/shared/formulaText.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropStep, BackpropView } from "../../src/shared/views.ts";
import { element, setAttributes, setText } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { walkByKeys } from "../parts/walkByKeys.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { backpropWords } from "../words/backpropWords.ts";
import { backpropCss } from "./backpropCss.ts";
import { formulaNodes } from "./formulaNodes.ts";
import { createNetDrawing } from "./netDrawing.ts";
import { weightNodes } from "./stepLines.ts";
import { createStepPlayer } from "./stepPlayer.ts";

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
  let chosen: string | null = null;
  const table = createDataTable(host, () => tableData(host, view));
  const sentence = createSentence(host, view.sentence, createViewTools(host, { table, fileName: "backprop" }).node);
  const drawing = createNetDrawing(host, view, (id) => choose(id));
  const player = createStepPlayer(host, steps, drawStep);
  const values = weights.map(() => element("b"));
  const buttons = weights.map(({ id, symbol }, index) => {
    const partial = symbol.kind === "symbol" ? { ...symbol, partial: true } : symbol;
    const name = element("span", {}, ...formulaNodes([partial], host.locale));
    const button = element(
      "button",
      { type: "button", class: "weightButton", tabindex: -1, "aria-pressed": "false" },
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
  walkByKeys(list, () => buttons);
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
  const hint = element("p", { class: "note" }, word("weights"));
  const node = element(
    "div",
    { class: "back" },
    sentence.node,
    element("figure", { class: "figure" }, caption, element("div", { class: "backSplit" }, drawing.node, player.node)),
    hint,
    list,
    details,
    table.node,
  );
  host.root.append(node);

  function choose(id: string): void {
    chosen = chosen === id ? null : id;
    drawing.choose(chosen);
    fillDetails();
    buttons.forEach((button, index) => {
      setAttributes(button, { "aria-pressed": String(weights[index]?.id === chosen) });
    });
  }

  /** A number that was not computed yet is told of in the weight's card no sooner than elsewhere. */
  let filled = "";
  function fillDetails(): void {
    const isKnown = chosen !== null && player.known.has(`d${chosen}`);
    const key = `${chosen} ${isKnown}`;
    if (key === filled) return;
    filled = key;
    const weight = weights.find((each) => each.id === chosen);
    details.hidden = weight === undefined;
    details.replaceChildren(...(weight === undefined ? [] : weightNodes(host, view, weight, isKnown)));
  }

  function drawStep(step: BackpropStep, label: string): void {
    const { known } = player;
    drawing.draw(known, step, label);
    fillDetails();
    weights.forEach(({ id, gradient }, index) => {
      const isKnown = known.has(`d${id}`);
      const text = isKnown ? formatNumber(gradient, { locale: host.locale }) : "–";
      const shown = values[index];
      if (shown === undefined) return;
      setText(shown, text);
      setAttributes(shown, { title: isKnown ? null : word("notYet") });
    });
  }

  let laidOutPx = 0;
  host.onWidth((widthPx) => {
    if (widthPx === laidOutPx || !node.isConnected) return;
    laidOutPx = widthPx;
    player.reserve();
    drawing.layOut(drawing.node.clientWidth);
    player.draw();
  });
  player.draw();
  return () => node.remove();
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
