// What to try against a finding, with the changes of code that do it.

import type { LayerTrace, RunRecord } from "../../engine/index.ts";
import type { Remedy, RemedyEdit, RemedyKind } from "../../shared/views.ts";
import type { InsightWordId } from "../../shared/words/insightWords.ts";
import type { Argument } from "../../shared/words/message.ts";
import { say } from "../parts/say.ts";
import { significant } from "../parts/statistics.ts";
import { smallerRate } from "../training/outcome.ts";

const titles: Readonly<Record<RemedyKind, InsightWordId>> = {
  useRelu: "remedyUseRelu",
  addBatchNorm: "remedyAddBatchNorm",
  useLeakyRelu: "remedyUseLeakyRelu",
  clipGradients: "remedyClipGradients",
  heStart: "remedyHeStart",
  randomStart: "remedyRandomStart",
  smallerRate: "remedySmallerRate",
  largerRate: "remedyLargerRate",
  standardize: "remedyStandardize",
  scaleTargets: "remedyScaleTargets",
  weighClasses: "remedyWeighClasses",
  changeLoss: "remedyChangeLoss",
  changeActivation: "remedyChangeActivation",
  train: "remedyTrain",
  stopEarly: "remedyStopEarly",
  addDropout: "remedyAddDropout",
  moreEpochs: "remedyMoreEpochs",
  moreUnits: "remedyMoreUnits",
  lookAtData: "remedyLookAtData",
};

export function remedy(
  kind: RemedyKind,
  edits: readonly RemedyEdit[] = [],
  args: Readonly<Record<string, Argument>> = {},
): Remedy {
  return { kind, title: say(titles[kind], args), edits };
}

/** Sets an option of the calls that made these layers. */
export function setOnLayers(
  layers: readonly (LayerTrace | string)[],
  option: string,
  was: string | null,
  value: string,
): RemedyEdit {
  const names = layers.map((layer) => (typeof layer === "string" ? layer : layer.name));
  return { kind: "setOption", call: "layer", layers: names, option, was, value };
}

export function setOn(
  call: "optimizer" | "compile" | "fit",
  option: string,
  was: string | null,
  value: string,
): RemedyEdit {
  return { kind: "setOption", call, layers: [], option, was, value };
}

/** The code of a text. */
export const quoted = (text: string) => JSON.stringify(text);

/** The weighted layers before the last: those whose activation is free to choose. */
export function hiddenLayers(run: Pick<RunRecord, "layers">): readonly LayerTrace[] {
  return run.layers.filter(({ parameters }) => parameters > 0).slice(0, -1);
}

/** ReLU with the start that goes with it (He et al. 2015) in place of the given layers' activation. */
export function useRelu(layers: readonly LayerTrace[]): readonly Remedy[] {
  const chosen = layers.filter(({ activation }) => activation !== null && activation !== "linear");
  const activations = [...new Set(chosen.map(({ activation }) => activation))];
  if (chosen.length === 0) return [];
  const was = activations.length === 1 ? quoted(activations[0] ?? "") : null;
  return [
    remedy("useRelu", [
      setOnLayers(chosen, "activation", was, quoted("relu")),
      setOnLayers(chosen, "kernelInitializer", null, quoted("heNormal")),
    ]),
  ];
}

export function addBatchNorm(layers: readonly LayerTrace[]): readonly Remedy[] {
  if (layers.length === 0) return [];
  const names = layers.map(({ name }) => name);
  return [remedy("addBatchNorm", [{ kind: "insertAfter", layers: names, code: "layers.batchNorm()" }])];
}

/** The rate that the training's outcome names too. */
export function lowerRate({ learningRate }: RunRecord): readonly Remedy[] {
  if (learningRate === null || learningRate === 0) return [];
  return rate("smallerRate", learningRate, smallerRate(learningRate));
}

/** The share of their size that a step usually moves weights by; see `usualMoves`. */
const usualMove = 1e-3;

/** By a power of ten: as many as bring the fastest layer's `move` near the usual, one at least. */
export function raiseRate({ learningRate }: RunRecord, move: number): readonly Remedy[] {
  if (learningRate === null || learningRate === 0) return [];
  const tens = move > 0 ? Math.max(1, Math.floor(Math.log10(usualMove / move))) : 1;
  return rate("largerRate", learningRate, learningRate * 10 ** tens);
}

function rate(kind: "smallerRate" | "largerRate", was: number, value: number): readonly Remedy[] {
  const code = String(significant(value, 2));
  return [remedy(kind, [setOn("optimizer", "learningRate", String(was), code)], { rate: code })];
}

export function standardize(): Remedy {
  return remedy("standardize", [{ kind: "callOnData", code: "standardize()" }]);
}

export function clipGradients(): Remedy {
  return remedy("clipGradients", [setOn("optimizer", "clipNorm", null, "1")]);
}
