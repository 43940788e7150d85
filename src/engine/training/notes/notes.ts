// What does not go together though it runs: noticed when a training starts, told beside its outcome.

import { type Floats, maths } from "../../intrinsics.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Tensor } from "../../tensor.ts";
import { DataFacts } from "../data/dataFacts.ts";
import { areOutOfReach } from "../data/targetFacts.ts";
import type { Graph } from "../model/graph.ts";
import type { RunNote } from "../run.ts";
import type { WeightedLoss } from "../step.ts";
import { outputNotes } from "./outputNotes.ts";

/** Notes on the layers, and on each output's layer with its loss and targets. */
export function noticeMismatches(graph: Graph, losses: readonly WeightedLoss[], ys: readonly Tensor[]): RunNote[] {
  const atOutputs = graph.outputs.flatMap(({ node }, index) => {
    const [layer, loss, y] = [graph.nodes[node]?.layer, losses[index]?.loss, ys[index]];
    return layer && loss && y ? noticeAtOutput(layer, loss, y) : [];
  });
  const steps = graph.layers
    .filter(({ activation }) => activation === "step")
    .map((layer) => note("stepActivation", layer, "The step function has slope 0: the layers before it cannot learn."));
  return [...noticeNothingToLearn(graph), ...noticeSymmetricStart(graph), ...atOutputs, ...steps];
}

/** Notes on layers written in a cell that nothing can be learned through, as the first step showed them. */
export function noticeFlatOperations({ layers }: Graph): RunNote[] {
  return layers.flatMap((layer) => {
    const names = layer.flatOperations ?? [];
    if (names.length === 0) return [];
    const slopes = names.length === 1 ? "has slope 0" : "have slope 0";
    return [note("flatOperation", layer, `${names.join(", ")} ${slopes}: the layers before it cannot learn.`)];
  });
}

function noticeNothingToLearn({ layers }: Graph): RunNote[] {
  if (layers.some(({ trainableWeights }) => trainableWeights.some(({ size }) => size > 0))) return [];
  const isFrozen = layers.some(({ parameterCount }) => parameterCount > 0);
  const why = isFrozen ? "its layers with weights have trainable: false" : "none of its layers has weights";
  return [note("nothingToLearn", null, `Training changes nothing in this model: ${why}.`)];
}

/** Between two dense layers these treat all units alike. */
const symmetricTypes: readonly string[] = ["activation", "batchNorm", "layerNorm", "rmsNorm"];

/**
 * Units that start alike and are weighed alike by the next layer get the same gradients for ever: they stay copies of one
 * (Goodfellow, Bengio & Courville 2016, section 8.4, "break symmetry between different units"). Zeros in the last layer alone harm nothing.
 * In a hidden layer of ReLU they do whatever comes next: each unit gives 0, where the slope is 0 too, and gets no gradient.
 */
function noticeSymmetricStart({ isChain, layers }: Graph): RunNote[] {
  if (!isChain) return [];
  return layers.flatMap((layer, index) => {
    const next = layers.slice(index + 1).find(({ type }) => !symmetricTypes.includes(type));
    const units = layer.outputShape?.at(-1) ?? 0;
    if (layer.type !== "dense" || next?.type !== "dense" || !layer.trainable || units < 2) return [];
    if (!layer.weights.every(({ numbers }) => areColumnsAlike(numbers, units))) return [];
    const isOff =
      layer.activation === "relu" && layer.weights.every(({ numbers }) => numbers.every((each) => each === 0));
    const kernel = next.weights.find(({ name }) => name === "kernel");
    if (!isOff && (kernel === undefined || !areRowsAlike(kernel.numbers, units))) return [];
    const text = `its ${units} units start with the same weights and stay copies of one another: start with random weights, "glorotUniform" for example.`;
    return [note("symmetricStart", layer, text)];
  });
}

function areColumnsAlike(numbers: Floats, columns: number): boolean {
  for (let index = 0; index < numbers.length; index++)
    if (numbers[index] !== numbers[index - (index % columns)]) return false;
  return true;
}

function areRowsAlike(numbers: Floats, rows: number): boolean {
  const width = numbers.length / rows;
  for (let index = width; index < numbers.length; index++) if (numbers[index] !== numbers[index % width]) return false;
  return true;
}

function noticeAtOutput(last: Layer, loss: Loss, y: Tensor): RunNote[] {
  const units = last.outputShape?.at(-1) ?? 1;
  const facts = {
    activation: last.activation ?? "linear",
    units,
    loss,
    areClasses: classTargets.of(y, "", () => areClasses(y)),
  };
  // That the targets are classes is nobody's fault.
  const notes = outputNotes(facts).map(({ kind, text }) =>
    note(kind, kind === "squaredErrorOnClasses" ? null : last, text(last.name)),
  );
  if (!areOutOfReach(last, loss, y)) return notes;
  const text = `some targets lie beyond what ${facts.activation} can give: end with a linear layer, or scale the targets.`;
  return [...notes, note("targetsOutOfReach", last, text)];
}

function note(kind: RunNote["kind"], layer: Layer | null, text: string): RunNote {
  return { kind, layer: layer?.name ?? null, text: layer === null ? text : `${layer.name}: ${text}` };
}

const classTargets = new DataFacts<boolean>();

/** Only zeros and ones, and both. */
function areClasses({ numbers }: Tensor): boolean {
  let ones = 0;
  for (let index = 0; index < numbers.length; index++) {
    const value = numbers[index];
    if (value === 1) ones++;
    else if (value !== 0) return false;
  }
  return ones > 0 && ones < numbers.length;
}

/** The weighted sum of what the best constant guesses lose; `null` where that is unknown for one of the losses. */
export function lossOfGuessing(losses: readonly WeightedLoss[], ys: readonly Tensor[]): number | null {
  return losses.reduce<number | null>((sum, { loss, weight }, index) => {
    const y = ys[index];
    const own = y === undefined ? null : guesses.of(y, loss.name, () => lossOfGuess(loss, y));
    return sum === null || own === null ? null : sum + weight * own;
  }, 0);
}

const guesses = new DataFacts<number | null>();

/**
 * The loss of the best constant guess: for cross-entropies the entropy of the classes as often as they occur, for mse the
 * variance of the targets, for mae their mean distance from the median. `null` for other losses.
 */
function lossOfGuess(loss: Loss, y: Tensor): number | null {
  const width = y.shape.slice(1).reduce((product, size) => product * size, 1);
  const rows = y.shape[0] ?? 0;
  const { numbers: data } = y;
  if (rows === 0) return null;
  const mean = (column: number) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * width + column] ?? 0;
    return sum / rows;
  };
  const means = Array.from({ length: width }, (_, column) => mean(column));
  const entropy = (share: number) => (share > 0 ? -share * maths.log(share) : 0);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  switch (loss.name) {
    case "binaryCrossentropy":
      return sum(means.map((share) => entropy(share) + entropy(1 - share))) / width;
    case "categoricalCrossentropy":
      return sum(means.map(entropy));
    case "sparseCategoricalCrossentropy": {
      const counts = new Map<number, number>();
      for (const label of data) counts.set(label, (counts.get(label) ?? 0) + 1);
      return sum([...counts.values()].map((count) => entropy(count / data.length)));
    }
    case "mse": {
      let squares = 0;
      for (let index = 0; index < data.length; index++)
        squares += ((data[index] ?? 0) - (means[index % width] ?? 0)) ** 2;
      return squares / data.length;
    }
    case "mae":
      return sum(means.map((_, column) => distanceFromMedian(data, column, width))) / width;
    default:
      return null;
  }
}

function distanceFromMedian(data: Floats, column: number, width: number): number {
  const values = Float64Array.from({ length: data.length / width }, (_, row) => data[row * width + column] ?? 0).sort();
  const middle = values[values.length >> 1] ?? 0;
  return values.reduce((total, value) => total + maths.abs(value - middle), 0) / values.length;
}
