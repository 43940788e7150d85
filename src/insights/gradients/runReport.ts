// What the editor keeps of a run for its hovers: each layer's place in the code, verdict, first and last numbers, and a sparkline.

import type { LayerTrace, Recorded, RunRecord, TraceMeasure } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { LayerReport, LayerReportRow, RunFinding, RunReport } from "../../shared/layerReport.ts";
import type { DiagnosisFinding } from "../../shared/views.ts";
import { gravestCauses } from "../diagnosis/diagnosisView.ts";
import { layerInfo, roundedVerdict } from "./gradientsView.ts";
import { layerSentence } from "./layerSentence.ts";

/** The most points of a sparkline. */
const sparklinePoints = 60;

/** The report of a run as it stands; small enough to be sent at every epoch's end. */
export function runReport(run: RunRecord, runId: string): RunReport {
  return {
    runId,
    name: run.name,
    state: run.state,
    epochs: { done: run.epochs.done, planned: run.epochs.planned },
    loss: toViewNumber(run.history[0]?.train.at(-1) ?? run.loss.at(-1)),
    verdict: roundedVerdict(run),
    layers: run.layers.map((layer) => layerReport(run, layer)),
    findings: run.state === "running" ? [] : gravestCauses(run).map(runFinding),
  };
}

function runFinding({ kind, tone, title, messages, layer, remedies }: DiagnosisFinding): RunFinding {
  return { kind, tone, title, messages, layer, remedies };
}

function layerReport(run: RunRecord, layer: LayerTrace): LayerReport {
  const { steps } = run.trace;
  const hasWeights = layer.parameters > 0;
  return {
    layer: layerInfo(layer),
    place: layer.place === null ? null : { ...layer.place },
    sentence: hasWeights && steps.length > 0 ? layerSentence(run, layer) : null,
    firstStep: steps[0] ?? 0,
    lastStep: steps.at(-1) ?? 0,
    rows: hasWeights && steps.length > 0 ? reportRows(layer) : [],
    sparkline: spread(layer.series.meanAbs).map((value) => toViewNumber(value, 3)),
  };
}

function reportRows(layer: LayerTrace): LayerReportRow[] {
  const ends = (measure: TraceMeasure) => ({
    first: toViewNumber(layer.series[measure][0], 4),
    last: toViewNumber(layer.series[measure].at(-1), 4),
  });
  const std = ends("activationStd");
  const rows: LayerReportRow[] = [
    { measure: "meanAbs", ...ends("meanAbs") },
    { measure: "updateRatio", ...ends("updateRatio") },
    { measure: "activation", ...ends("activationMean"), firstStd: std.first, lastStd: std.last },
    { measure: "saturatedShare", ...ends("saturatedShare") },
    { measure: "deadShare", ...ends("deadShare") },
  ];
  return rows.filter(({ first, last }) => first !== null || last !== null);
}

/** At most sixty of the values, evenly spread, the first and the last among them. */
function spread(values: readonly Recorded[]): Recorded[] {
  if (values.length <= sparklinePoints) return [...values];
  const step = (values.length - 1) / (sparklinePoints - 1);
  return Array.from({ length: sparklinePoints }, (_, index) => values[Math.round(index * step)] ?? null);
}
