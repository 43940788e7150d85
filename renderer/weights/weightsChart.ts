// The weights view: the list of weights, the distribution of the chosen one, scrubbed through the training.

import { formatCount } from "../../src/shared/numbers.ts";
import type { WeightsView } from "../../src/shared/views.ts";
import { element, setHidden } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { epochOf, lastAtMost } from "../time/frames.ts";
import { linkLayer } from "../time/linkedLayer.ts";
import { linkStep } from "../time/linkedStep.ts";
import { createScrubber } from "../time/scrubber.ts";
import { timeWords } from "../time/timeWords.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { weightsWords } from "../words/weightsWords.ts";
import { createWeightPlot } from "./weightPlot.ts";
import { createWeightList, type WeightRow, weightRows } from "./weightRows.ts";
import { weightsCss } from "./weightsCss.ts";

export function createWeightsChart(host: ViewHost, view: WeightsView): Chart<WeightsView> {
  addStyles(host.root, weightsCss);
  const rows = weightRows(host, view);
  let at = view.steps.length - 1;
  let chosen = Math.max(0, rows.findIndex(isOdd));
  const table = createDataTable(host, () => numbersOf(host, view, rows));
  const tools = createViewTools(host, { table, fileName: `weights-${view.runId ?? view.name}` });
  const sentence = createSentence(host, view.sentence, tools.node);
  const draw = () => {
    const row = rows[chosen];
    if (row !== undefined) plot.show(row, at);
    scrubber.show(at, view.steps.length, stepWords(host, view, at));
  };
  const choose = (row: number) => {
    if (row === chosen || rows[row] === undefined) return;
    chosen = row;
    list.choose(row);
    draw();
  };
  const scrubber = createScrubber(host, (to) => link.move(view.steps[to] ?? 0));
  const key = (pressed: string) => scrubber.press(pressed);
  const plot = createWeightPlot(host, { scrubbed: (to) => link.move(view.steps[to] ?? 0), key });
  const list = createWeightList(host, rows, {
    chosen(row) {
      choose(row);
      layerLink.move(rows[row]?.layer.name ?? null);
    },
    pointed: (row) => layerLink.move(row === null ? null : (rows[row]?.layer.name ?? null)),
    key,
  });
  const runIds = view.runId === null ? [] : [view.runId];
  const goTo = (step: number) => {
    at = Math.max(0, lastAtMost(view.steps, step));
  };
  const link = linkStep(runIds, (step) => {
    goTo(step);
    draw();
  });
  // A layer that is pointed at elsewhere is shown here; one that is left stays.
  const layerLink = linkLayer(runIds, (name) => {
    if (name === null || rows[chosen]?.layer.name === name) return;
    choose(rows.findIndex(({ layer }) => layer.name === name));
  });
  if (link.initial !== null) goTo(link.initial);
  setHidden(scrubber.node, view.steps.length < 2);
  const note = element("p", { class: "note" }, noteText(host, view, rows));
  host.root.append(
    sentence.node,
    element("div", { class: "weightsGrid" }, list.node, plot.node),
    scrubber.node,
    note,
    table.node,
  );
  list.choose(chosen);
  host.onTheme(() => {
    list.draw();
    draw();
  });
  host.onWidth(draw);
  host.onEnd(() => {
    link.dispose();
    layerLink.dispose();
  });
  // Other numbers are another picture.
  return { update: () => undefined, dispose: () => undefined };
}

/** What the view opens with: the first weight that wants a look. */
function isOdd({ painted }: WeightRow): boolean {
  const { tone } = painted.weight.sentence;
  return tone === "warning" || tone === "error";
}

function stepWords(host: ViewHost, view: WeightsView, at: number): string {
  const step = view.steps[at] ?? 0;
  if (step === 0) return host.wordIn(weightsWords, "start");
  return host.wordIn(timeWords, "stepAndEpoch", {
    step: { kind: "count", value: step },
    epoch: { kind: "count", value: epochOf(step, view) },
  });
}

function noteText(host: ViewHost, { steps, layers, layerCount }: WeightsView, rows: readonly WeightRow[]): string {
  const isTraced = rows.every(({ painted }) => painted.shares.length === 0);
  const hasBins = rows.some(({ painted: { shares, weight } }) => shares.length > 0 && weight.values.length === 0);
  const kept = { steps: formatCount(steps.length, host.locale) };
  const some = { shown: formatCount(layers.length, host.locale), layers: formatCount(layerCount, host.locale) };
  return [
    steps.length < 2 ? "" : host.wordIn(weightsWords, isTraced ? "noteTrace" : "noteSteps", kept),
    steps.length > 1 && hasBins ? host.wordIn(weightsWords, "noteBins") : "",
    layers.length < layerCount ? host.wordIn(weightsWords, "someLayers", some) : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
}

function numbersOf(host: ViewHost, { steps }: WeightsView, rows: readonly WeightRow[]): TableData {
  const heads = ["weight", "step", "mean", "std", "min", "max", "movedHead"] as const;
  return {
    caption: host.wordIn(weightsWords, "tableTitle"),
    columns: heads.map((id) => host.wordIn(weightsWords, id)),
    rows: rows.flatMap(({ name, painted: { weight } }) =>
      steps.map((step, index) => [
        name,
        { count: step },
        { number: weight.mean[index] ?? null },
        { number: weight.std[index] ?? null },
        { number: weight.min[index] ?? null },
        { number: weight.max[index] ?? null },
        { number: weight.moved[index] ?? null },
      ]),
    ),
  };
}
