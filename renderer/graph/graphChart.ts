// The graph view: the expression with its numbers, the steps one by one, each value's gradient as a product on demand.

import { formulaText } from "../../src/shared/formulaText.ts";
import type { ViewNumber } from "../../src/shared/json.ts";
import type { GraphView } from "../../src/shared/views.ts";
import { backpropCss } from "../backprop/backpropCss.ts";
import { createStepPlayer } from "../backprop/stepPlayer.ts";
import { element } from "../dom.ts";
import { createDataTable, type TableCell, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { graphWords } from "../words/graphWords.ts";
import { graphCss } from "./graphCss.ts";
import { graphDetails } from "./graphDetails.ts";
import { createGraphDrawing, type GraphPart } from "./graphDrawing.ts";
import { placeText } from "./placeText.ts";

export function createGraphChart(host: ViewHost, view: GraphView): Chart<GraphView> {
  addStyles(host.root, backpropCss);
  addStyles(host.root, graphCss);
  const word = (id: keyof typeof graphWords.en & string) => host.wordIn(graphWords, id);
  let chosen: GraphPart | null = null;
  const table = createDataTable(host, () => numbersOf(host, view));
  const sentence = createSentence(host, view.sentence, createViewTools(host, { table, fileName: "graph" }).node);
  const drawing = createGraphDrawing(host, view, (part) => {
    chosen = chosen?.kind === part.kind && chosen.at === part.at ? null : part;
    drawing.choose(chosen);
    fillDetails();
  });
  const details = element("div", { class: "backWeight", "aria-live": "polite", hidden: true });
  const fillDetails = () => {
    details.hidden = chosen === null;
    details.replaceChildren(...(chosen === null ? [] : graphDetails(host, view, chosen, player.known)));
  };
  const player = createStepPlayer(host, view.steps, (step, label) => {
    drawing.draw(player.known, step, label);
    fillDetails();
  });
  const caption = element(
    "figcaption",
    {},
    element("b", {}, word("caption")),
    element("span", {}, word("inBox")),
    ...(view.isDifferentiated
      ? [element("span", { class: "backKey" }, word("below")), element("span", {}, word("onLine"))]
      : []),
  );
  const split = element("div", { class: "graphSplit" }, drawing.node, player.node);
  host.root.append(
    element(
      "div",
      { class: "back" },
      sentence.node,
      element("figure", { class: "figure" }, caption, split),
      element("p", { class: "note" }, word("hint")),
      details,
      table.node,
    ),
  );
  let laidOutPx = 0;
  host.onWidth((widthPx) => {
    if (widthPx === laidOutPx) return;
    laidOutPx = widthPx;
    split.classList.toggle("wide", drawing.layOut(widthPx) === "whole");
    player.reserve();
    player.draw();
  });
  player.draw();
  // Other numbers are another picture.
  return { update: () => undefined, dispose: () => undefined };
}

function numbersOf(host: ViewHost, { nodes }: GraphView): TableData {
  const heads = ["letter", "operation", "value", "gradient", "difference"] as const;
  const cell = (numbers: readonly ViewNumber[], at: number): TableCell => ({ number: numbers[at] ?? null });
  return {
    caption: host.wordIn(graphWords, "tableTitle"),
    columns: heads.map((id) => host.wordIn(graphWords, id)),
    rows: nodes.flatMap(({ symbol, name, operation, values, gradients, checks, size, shape }) =>
      values.map((_, at) => {
        const letter = formulaText([symbol], host.locale);
        const named = name === null || name === letter ? letter : `${letter} (${name})`;
        const differences = checks.map(({ value }) => value);
        return [
          size === 1 ? named : `${named}${placeText(at, shape)}`,
          operation ?? "",
          cell(values, at),
          cell(gradients, at),
          cell(differences, at),
        ];
      }),
    ),
  };
}
