// What a run remembers of the data it learned from: the scale of each input, and how many examples each class has. A few numbers, never the data.

import { maths } from "../../intrinsics.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Tensor } from "../../tensor.ts";
import type { Graph } from "../model/graph.ts";
import { DataFacts } from "./dataFacts.ts";
import { summarizeTargets, type TargetSummary } from "./targetFacts.ts";
import type { ExampleSet } from "./trainingData.ts";

/** The scale of one input of a model. */
export interface InputSummary {
  /** The input's name. */
  readonly name: string;
  /** The kinds of the layers that take it: an embedding wants numbers of words, a normalisation brings its own scale. */
  readonly takenBy: readonly string[];
  /** How many examples were looked at: some hundred, spread over all. */
  readonly examples: number;
  /** Root mean square of the feature where it is largest, of the examples that were looked at. */
  readonly largestSize: number;
  /** Which feature that is, counted from 0. */
  readonly largestFeature: number;
  /** What the data set calls it; `null` where it has no name. */
  readonly largestName: string | null;
}

/** What a run remembers of the examples it learned from. */
export interface DataSummary {
  /** How many examples there are. */
  readonly examples: number;
  /** One for each input of the model. */
  readonly inputs: readonly InputSummary[];
  /** How many examples each class has, of models with one output; `null` where the targets are not classes. */
  readonly classCounts: readonly number[] | null;
  /** The scale of the targets, of models with one output and a loss of distances (mse, mae …); `null` for others. */
  readonly targets: TargetSummary | null;
  /** Whether some examples count more in the loss than others. */
  readonly isWeighted: boolean;
}

/** At most so many examples are looked at for their scale, of large ones fewer: training is not to wait for it. */
const examplesLimit = 256;
const numbersLimit = 2 ** 18;
/** More classes than this are labels of another kind. */
const classesLimit = 10_000;

export function summarizeData(
  graph: Graph,
  losses: readonly { readonly loss: Loss }[],
  train: ExampleSet,
): DataSummary {
  const { xs, ys, weights, featureNames } = train;
  const loss = losses.length === 1 ? losses[0]?.loss : undefined;
  return {
    examples: xs[0]?.shape[0] ?? 0,
    inputs: xs.map((x, index) => {
      const end = graph.inputs[index];
      const takers = graph.nodes.filter(({ inputs }) => end !== undefined && inputs.includes(end.node));
      const takenBy = takers.flatMap(({ layer }) => (layer === null ? [] : [layer.type]));
      return { name: end?.name ?? "", takenBy, ...namedScale(x, featureNames) };
    }),
    classCounts: loss === undefined || ys[0] === undefined ? null : classCountsOf(loss, ys[0]),
    targets: loss === undefined || ys[0] === undefined ? null : summarizeTargets(loss, ys[0]),
    isWeighted: weights !== undefined,
  };
}

type Scale = Pick<InputSummary, "examples" | "largestSize" | "largestFeature">;

const scales = new DataFacts<Scale>();

function namedScale(x: Tensor, featureNames: readonly string[]): Omit<InputSummary, "name" | "takenBy"> {
  const scale = scales.of(x, "", () => scaleOf(x));
  return { ...scale, largestName: featureNames[scale.largestFeature] ?? null };
}

function scaleOf(x: Tensor): Scale {
  const rows = x.shape[0] ?? 0;
  const width = rows === 0 ? 0 : x.size / rows;
  const examples = maths.min(rows, examplesLimit, maths.max(1, maths.floor(numbersLimit / maths.max(1, width))));
  const squares = new Float64Array(width);
  const { numbers } = x;
  for (let example = 0; example < examples; example++) {
    const start = maths.floor((example * rows) / examples) * width;
    for (let feature = 0; feature < width; feature++) {
      const value = numbers[start + feature] ?? 0;
      squares[feature] = (squares[feature] ?? 0) + value * value;
    }
  }
  let largest = 0;
  for (let feature = 1; feature < width; feature++)
    if ((squares[feature] ?? 0) > (squares[largest] ?? 0)) largest = feature;
  return {
    examples,
    largestSize: examples === 0 ? 0 : maths.sqrt((squares[largest] ?? 0) / examples),
    largestFeature: largest,
  };
}

const classCounts = new DataFacts<readonly number[] | null>();

function classCountsOf(loss: Loss, y: Tensor): readonly number[] | null {
  return classCounts.of(y, loss.targetKind, () => countClasses(loss, y));
}

function countClasses(loss: Loss, y: Tensor): readonly number[] | null {
  const { numbers } = y;
  const rows = y.shape[0] ?? 0;
  const width = rows === 0 ? 0 : y.size / rows;
  if (loss.targetKind === "classNumbers" || (loss.targetKind === "binary" && width === 1)) {
    const counts: number[] = loss.targetKind === "binary" ? [0, 0] : [];
    for (let index = 0; index < numbers.length; index++) {
      const label = numbers[index] ?? 0;
      if (!Number.isSafeInteger(label) || label < 0 || label >= classesLimit) return null;
      if (loss.targetKind === "binary" && label > 1) return null;
      while (counts.length <= label) counts.push(0);
      counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
  }
  if (loss.targetKind !== "classes" || width < 2) return null;
  const counts = new Float64Array(width);
  for (let start = 0; start < numbers.length; start += width)
    for (let label = 0; label < width; label++) {
      const value = numbers[start + label] ?? 0;
      if (value !== 0 && value !== 1) return null;
      counts[label] = (counts[label] ?? 0) + value;
    }
  return [...counts];
}
