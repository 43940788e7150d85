// The weights view: the weights that a run kept on its way (or those a model has), layer by layer, with a verdict on each.

import { ValueError } from "../../engine/errors.ts";
import type { Layer, LayerTrace, Model, Run } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { LayerWeights, WeightsLayer, WeightsView } from "../../shared/views.ts";
import { say } from "../parts/say.ts";
import { evenly } from "../tensor/tensorView.ts";
import { histogramBins, type WeightState, weightSeries, weightState } from "./weightSeries.ts";
import {
  type JudgedWeight,
  type NamedVerdict,
  type WeightVerdict,
  weightSentence,
  weightsSentence,
  weightVerdict,
} from "./weightVerdict.ts";

/** A model with its run (for the weights on the way) and the run's id. */
export interface WeightsSubject {
  readonly model: Model<unknown>;
  readonly run: Run | null;
  readonly runId: string | null;
}

const mostLayers = 100;
const mostSteps = 60;
const leastSteps = 8;
/** A view is kept in the file: histograms with their five numbers a step. */
const viewBytes = 400_000;
/** In larger nets there is no room for numbers one by one. */
const mostSingleWeights = 24;
const bytesPerState = 2 * histogramBins + 5 * 10;

/** @throws ValueError for a model without weights, or one that has none yet. */
export function weightsView({ model, run, runId }: WeightsSubject): WeightsView {
  const all = model.layers.filter(({ weights }) => weights.length > 0);
  if (all.length === 0)
    throw new ValueError({
      op: "show.weights",
      expected: "a model with weights",
      got: model.isBuilt ? "one without" : "one that is not built",
      hint: model.isBuilt
        ? "Layers such as dense have weights."
        : "Train the model first, or make its weights: model.build(4) for examples of 4 features.",
    });
  const layers = all.slice(0, mostLayers);
  const weightCount = layers.reduce((sum, { weights }) => sum + weights.length, 0);
  const room = Math.floor(viewBytes / (weightCount * bytesPerState));
  const shots = run?.snapshots ?? [];
  const kept = evenly(shots.length, Math.min(mostSteps, Math.max(leastSteps, room))).flatMap((at) => shots[at] ?? []);
  // One set alone is the model as it is: it was not trained, or its weights on the way were not kept.
  const traced = kept.length < 2 && run !== null ? tracedSteps(run) : [];
  const source: Source =
    kept.length >= 2
      ? { kind: "snapshots", values: kept.map(({ weights }) => weights) }
      : traced.length >= 2
        ? { kind: "trace", records: traced, traces: run?.layers ?? [] }
        : { kind: "model" };
  const isSingle = weightCount <= mostSingleWeights;
  const described = layers.map((layer) => describeLayer(model, layer, { source, isSingle }));
  const verdicts = described.flatMap(({ verdicts: each }) => each);
  const sentence = weightsSentence(verdicts);
  return {
    kind: "weights",
    version: 1,
    sentence:
      source.kind === "trace" ? { ...sentence, messages: [...sentence.messages, say("weightsNotKept")] } : sentence,
    name: run?.name ?? model.name,
    runId,
    stepsPerEpoch: run?.steps.perEpoch ?? 1,
    steps:
      source.kind === "snapshots"
        ? kept.map(({ step }) => step)
        : source.kind === "trace"
          ? traced.map((at) => (run?.trace.steps[at] ?? 1) - 1)
          : [run?.steps.done ?? 0],
    bins: histogramBins,
    layers: described.map(({ layer }) => layer),
    layerCount: all.length,
  };
}

type Source =
  /** The numbers of all weights of the model, one list a step. */
  | { readonly kind: "snapshots"; readonly values: readonly (readonly ArrayLike<number>[])[] }
  /** Mean and spread of all of a layer's weights together: all there is of nets too large for snapshots. */
  | { readonly kind: "trace"; readonly records: readonly number[]; readonly traces: readonly LayerTrace[] }
  | { readonly kind: "model" };

/** Indices of recorded steps, evenly picked. */
function tracedSteps(run: Run): readonly number[] {
  return evenly(run.trace.steps.length, mostSteps);
}

interface DescribedLayer {
  readonly layer: WeightsLayer;
  readonly verdicts: readonly NamedVerdict[];
}

function describeLayer(
  model: Model<unknown>,
  layer: Layer,
  { source, isSingle }: { readonly source: Source; readonly isSingle: boolean },
): DescribedLayer {
  const found =
    source.kind === "trace"
      ? [tracedWeights(layer, source)]
      : layer.weights.map((weight) => {
          const place = model.weights.indexOf(weight);
          const values = source.kind === "model" ? [weight.data] : source.values.map((shot) => shot[place] ?? []);
          return describeWeight(layer, weight, { values, isSingle });
        });
  return {
    layer: { name: layer.name, type: layer.type, weights: found.map(({ weights }) => weights) },
    verdicts: found.map(({ weights, verdict }) => ({ name: `${layer.name} ${weights.name}`.trimEnd(), verdict })),
  };
}

interface DescribedWeight {
  readonly weights: LayerWeights;
  readonly verdict: WeightVerdict;
}

function describeWeight(
  layer: Layer,
  weight: Layer["weights"][number],
  { values, isSingle }: { readonly values: readonly ArrayLike<number>[]; readonly isSingle: boolean },
): DescribedWeight {
  const { name, shape, size } = weight;
  const start = values[0] ?? [];
  const states = values.map((each) => weightState(each, start));
  const units = shape.at(-1) ?? 1;
  const judged: JudgedWeight = {
    trainable: layer.trainable && weight.isTrainable,
    rank: shape.length,
    count: size,
    units,
    unitsAlike: areColumnsAlike(values.at(-1) ?? [], units),
    start: states[0] ?? emptyState,
    end: states.at(-1) ?? emptyState,
    isTrained: states.length > 1,
  };
  const verdict = weightVerdict(judged);
  return {
    weights: {
      name,
      shape: [...shape],
      count: size,
      trainable: judged.trainable,
      sentence: weightSentence(verdict, judged),
      ...weightSeries(values, states, isSingle),
    },
    verdict,
  };
}

const emptyState: WeightState = { mean: 0, std: 0, min: 0, max: 0, size: 0, moved: 0, isFinite: true };

function areColumnsAlike(values: ArrayLike<number>, columns: number): boolean {
  for (let at = 0; at < values.length; at++) if (values[at] !== values[at - (at % columns)]) return false;
  return true;
}

/** How far they moved is unknown; what is judged is their size. */
function tracedWeights(layer: Layer, { records, traces }: Extract<Source, { kind: "trace" }>): DescribedWeight {
  const trace = traces.find(({ name }) => name === layer.name);
  const at = (measure: "weightMean" | "weightStd") => records.map((record) => trace?.series[measure][record] ?? null);
  const [mean, std] = [at("weightMean"), at("weightStd")];
  const state = (which: number): WeightState => {
    const [own, spread] = [mean.at(which) ?? 0, std.at(which) ?? 0];
    const size = Math.hypot(own, spread);
    return { ...emptyState, mean: own, std: spread, size, moved: size, isFinite: Number.isFinite(size) };
  };
  const judged: JudgedWeight = {
    trainable: layer.trainableWeights.length > 0,
    rank: 1,
    count: layer.parameterCount,
    units: 1,
    unitsAlike: false,
    start: state(0),
    end: state(-1),
    isTrained: true,
  };
  const found = weightVerdict(judged);
  const verdict: WeightVerdict = found.kind === "moved" ? { kind: "alone" } : found;
  return {
    weights: {
      name: "",
      shape: [layer.parameterCount],
      count: layer.parameterCount,
      trainable: judged.trainable,
      sentence: weightSentence(verdict, judged),
      mean: mean.map((value) => toViewNumber(value, 4)),
      std: std.map((value) => toViewNumber(value, 4)),
      min: [],
      max: [],
      moved: [],
      range: [-1, 1],
      histograms: [],
      values: [],
    },
    verdict,
  };
}
