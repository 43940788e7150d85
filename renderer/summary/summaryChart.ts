// The summary view: a model's layers with their shapes and parameters, the totals, its loss and optimizer.

import { formatCount } from "../../src/shared/numbers.ts";
import type { SummaryLayer, SummaryView } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { shapeText, typeText } from "../parts/layerText.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { networkWords } from "../words/networkWords.ts";

const rules = `
.summary { max-width: 720px; }
.summary .head { display: flex; gap: 8px; align-items: flex-start; margin-bottom: 8px; font-size: 14px; }
.summary .head b { font-weight: 600; }
.summary .layer { font-family: var(--nn-code-font); }
.summary .inline { display: none; }
@container view (max-width: 480px) {
  .summary .table :is(th, td):is(.shape, .takes) { display: none; }
  .summary .inline { display: block; color: var(--nn-muted); }
  .summary .layer { white-space: normal; }
  .summary .table :is(th, td):last-child, .summary .table .right:has(+ .takes) { padding-right: 0; }
}
`;

export function createSummaryChart(host: ViewHost, first: SummaryView): Chart<SummaryView> {
  addStyles(host.root, rules);
  let shown = first;
  const numbers = createDataTable(host, () => tableData(host, shown));
  const tools = createViewTools(host, { table: numbers, fileName: "model-summary", tableIsShown: true });
  const title = element("span");
  const body = element("div", { class: "scroll" });
  const notes = element("p", { class: "note" });
  const node = element("div", { class: "summary" }, element("div", { class: "head" }, title, tools.node), body, notes);
  host.root.append(node);
  const update = (view: SummaryView) => {
    shown = view;
    title.replaceChildren(element("b", {}, view.name), ` · ${totalsText(host, view)}`);
    body.replaceChildren(layerTable(host, view));
    notes.textContent = [compiledText(host, view), ...(isBuilt(view) ? [] : [host.word("notBuilt")])].join(" ");
  };
  update(first);
  return { update, dispose: () => node.remove() };
}

/** A model knows its shapes and weights once it knows the shape of its input. */
function isBuilt(view: SummaryView): boolean {
  return view.layers.every((layer) => layer.outputShape.length > 0);
}

function totalsText(host: ViewHost, view: SummaryView): string {
  const layers = { kind: "count", value: view.layers.length } as const;
  const parameters = { kind: "count", value: view.totalParameters } as const;
  return isBuilt(view) ? host.word("summaryTotals", { layers, parameters }) : host.word("summaryLayers", { layers });
}

function compiledText(host: ViewHost, { loss, optimizer }: SummaryView): string {
  return loss === null || optimizer === null
    ? host.word("notCompiled")
    : host.word("compiledWith", { loss, optimizer });
}

function layerTable(host: ViewHost, view: SummaryView): HTMLElement {
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, host.word("layer")),
    element("th", { scope: "col" }, host.word("type")),
    element("th", { scope: "col", class: "shape" }, host.word("outputShape")),
    element("th", { scope: "col", class: "right" }, host.word("parameters")),
    isGraph(view) ? element("th", { scope: "col", class: "takes" }, host.word("takes")) : null,
  );
  const rows = view.layers.map((layer) => layerRow(host, layer));
  const total = (label: string, value: number) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, label),
      element("td"),
      element("td", { class: "shape" }),
      element("td", { class: "right number" }, isBuilt(view) ? formatCount(value, host.locale) : "–"),
      isGraph(view) ? element("td", { class: "takes" }) : null,
    );
  const frozen = view.trainableParameters !== view.totalParameters;
  return element(
    "table",
    { class: "table", "aria-label": view.name },
    element("thead", {}, head),
    element("tbody", {}, ...rows),
    element(
      "tfoot",
      {},
      total(host.word("total"), view.totalParameters),
      frozen ? total(host.word("trainable"), view.trainableParameters) : null,
    ),
  );
}

/** Whether its layers stand otherwise than in a row, so that what each takes must be said. */
function isGraph(view: SummaryView): boolean {
  return view.layers.some(({ takes }) => takes !== undefined);
}

function layerRow(host: ViewHost, layer: SummaryLayer): HTMLElement {
  const shape = shapeText(layer.outputShape);
  const takes = layer.takes?.join(", ");
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row", class: "layer" },
      layer.name,
      element("span", { class: "inline number" }, shape),
      takes === undefined
        ? null
        : element("span", { class: "inline" }, host.wordIn(networkWords, "blockTakes", { takes })),
    ),
    element("td", {}, typeText(layer)),
    element("td", { class: "shape code number" }, shape),
    element("td", { class: "right number" }, layer.outputShape.length > 0 ? parametersText(host, layer) : "–"),
    takes === undefined ? null : element("td", { class: "layer takes" }, takes),
  );
}

/** "16 (8 trainable)"; one number where training changes all. */
function parametersText(host: ViewHost, { parameters, trainable }: SummaryLayer): string {
  if (trainable === undefined) return formatCount(parameters, host.locale);
  return host.word("someTrainable", {
    count: { kind: "count", value: parameters },
    trainable: { kind: "count", value: trainable },
  });
}

function tableData(host: ViewHost, view: SummaryView): TableData {
  return {
    caption: host.word("numbersOf", { caption: view.name }),
    columns: [
      host.word("layer"),
      host.word("type"),
      host.word("inputShape"),
      host.word("outputShape"),
      host.word("parameters"),
      ...(isGraph(view) ? [host.word("takes")] : []),
    ],
    rows: view.layers.map((layer) => [
      layer.name,
      typeText(layer),
      shapeText(layer.inputShape),
      shapeText(layer.outputShape),
      { count: layer.parameters },
      ...(layer.takes === undefined ? [] : [layer.takes.join(", ")]),
    ]),
  };
}
