// JavaScript inside a planned step: layers and losses written in a cell run eagerly between the recorded calls, and gradients are handed over.

import { backend, currentRecorder } from "../../backend/current.ts";
import type { HostArrays } from "../../backend/recording.ts";
import { atPlace } from "../../errors.ts";
import { Floats } from "../../intrinsics.ts";
import type { CallContext, ObservedValues } from "../../layers/callContext.ts";
import type { Layer } from "../../layers/layer.ts";
import { type Loss, weightedLossOf } from "../../losses/loss.ts";
import type { Op } from "../../ops/op.ts";
import { isSameShape, type Shape } from "../../shape.ts";
import { propagateGradients } from "../../tape.ts";
import { runOp, Tensor } from "../../tensor.ts";
import type { Graph } from "../model/graph.ts";
import { callNoticing, type PassMeter } from "../step.ts";

/** Thrown where a piece of JavaScript does not keep to the plan: the model is trained eagerly then. */
export class Unplannable extends Error {}

/** Whether a layer's calls are the same at every step. */
export function isPlannableLayer(layer: Layer): boolean {
  return layer.isPlannable && !Object.hasOwn(layer, "call") && !Object.hasOwn(layer, "callAll");
}

/** What a layer that runs eagerly computes is known only when it runs: this stands in the plan for it. */
export class HostReports implements ObservedValues {
  readonly preActivation = null;
  readonly output: Tensor;

  constructor(output: Tensor) {
    this.output = output;
  }
}

/** A layer that runs eagerly at every run of the plan. Its own weights are not part of the plan. `meter` measures its runs. */
export function callInHost(
  layer: Layer,
  inputs: readonly Tensor[],
  context: CallContext,
  { graph, meter }: { readonly graph: Graph; readonly meter: PassMeter | null },
): Tensor {
  const shape = [inputs[0]?.shape[0] ?? 0, ...(layer.outputShape ?? [])];
  const observe = (reporting: Layer, values: ObservedValues) => meter?.observed(reporting, values);
  const runContext: CallContext = {
    training: context.training,
    get random() {
      return context.random;
    },
    observe,
  };
  const learns = layer.weights.some(({ needsGradient }) => needsGradient);
  const output = hostPiece({ name: layer.name, shape, inputs, learns, meter }, (leaves) =>
    atPlace(layer.name, graph.layers.indexOf(layer), () => callNoticing(layer, leaves, runContext)),
  );
  context.observe?.(layer, new HostReports(output));
  return output;
}

/** The loss as a plan computes it. */
export function plannedLoss(loss: Loss): Loss {
  if (loss.isPlannable === true) return loss;
  return {
    ...loss,
    compute: (predictions, targets) =>
      hostPiece(
        { name: loss.name, shape: [], inputs: [predictions, targets], learns: false },
        ([prediction = predictions, target = targets]) => {
          const value = loss.compute(prediction, target);
          if (value.size !== 1) throw new Unplannable();
          return value;
        },
      ),
    computeWeighted: (predictions, targets, weights) =>
      hostPiece(
        { name: loss.name, shape: [], inputs: [predictions, targets, weights], learns: false },
        ([prediction = predictions, target = targets, weight = weights]) => {
          const value = weightedLossOf(loss, prediction, target, weight);
          if (value.size !== 1) throw new Unplannable();
          return value;
        },
      ),
    checkTargets: (targets, outputShape) => loss.checkTargets(targets, outputShape),
    fusedWith(activation) {
      const fused = loss.fusedWith(activation);
      return fused === null ? null : plannedLoss(fused);
    },
  };
}

interface PieceSettings {
  readonly name: string;
  readonly shape: Shape;
  readonly inputs: readonly Tensor[];
  /** Whether weights of its own want a gradient. */
  readonly learns: boolean;
  readonly meter?: PassMeter | null;
}

/** Computes a tensor by `work` at every run, from copies of the inputs; backward walks the tape that `work` made. */
function hostPiece(
  { name, shape, inputs, learns, meter = null }: PieceSettings,
  work: (leaves: readonly Tensor[]) => Tensor,
): Tensor {
  const piece = new HostPiece(shape, inputs, work, meter);
  const op: Op<null> = {
    name,
    outputShape: () => shape,
    forward(_, blocks, output) {
      const reads = inputs.map((_input, index) => blocks[index]?.data ?? output.data);
      currentRecorder()?.host({ reads, writes: [output.data] }, (arrays) => piece.forward(arrays));
    },
    backward(_, { outputGrad, inputGrads }) {
      const wanted = inputs.flatMap((_input, index) => (inputGrads[index] == null ? [] : [index]));
      const writes = wanted.flatMap((index) => inputGrads[index]?.data ?? []);
      currentRecorder()?.host({ reads: [outputGrad.data], writes }, (arrays) => piece.backward(wanted, arrays));
    },
  };
  // Weights of its own take part through a value without numbers: the walk back then comes by, whatever the inputs need.
  const ownWeights = learns ? [new Tensor([0], new Floats(0), { requiresGrad: true })] : [];
  return runOp(op, [...inputs, ...ownWeights], null);
}

class HostPiece {
  readonly #shape: Shape;
  readonly #inputs: readonly { readonly shape: Shape; readonly needsGradient: boolean }[];
  readonly #work: (leaves: readonly Tensor[]) => Tensor;
  readonly #meter: PassMeter | null;
  #leaves: readonly Tensor[] = [];
  #result: Tensor | null = null;

  constructor(
    shape: Shape,
    inputs: readonly Tensor[],
    work: (leaves: readonly Tensor[]) => Tensor,
    meter: PassMeter | null,
  ) {
    this.#shape = shape;
    this.#meter = meter;
    // Not the tensors: they hold on to all that they were computed from.
    this.#inputs = inputs.map((input) => ({ shape: input.shape, needsGradient: input.needsGradient }));
    this.#work = work;
  }

  forward({ reads, writes }: HostArrays): void {
    this.#leaves = this.#inputs.map(
      ({ shape, needsGradient }, index) =>
        new Tensor(shape, new Floats(reads[index] ?? []), { requiresGrad: needsGradient }),
    );
    this.#result = this.#work(this.#leaves);
    const isSingle = this.#shape.length === 0 && this.#result.size === 1;
    if (!isSingle && !isSameShape(this.#result.shape, this.#shape)) throw new Unplannable();
    writes[0]?.set(this.#result.numbers);
  }

  backward(wanted: readonly number[], { reads, writes }: HostArrays): void {
    const result = this.#result;
    const [outputGrad] = reads;
    if (result === null || outputGrad === undefined) throw new RangeError("Backward came before forward.");
    const begun = new Map<Tensor, Floats>();
    wanted.forEach((index, place) => {
      const leaf = this.#leaves[index];
      const gradient = writes[place];
      if (leaf !== undefined && gradient !== undefined) begun.set(leaf, gradient);
    });
    const own = begun.get(result);
    begun.delete(result);
    // The layer gave its input on as it is.
    if (own !== undefined) {
      this.#meter?.gradientFound(result, outputGrad);
      backend().addScaled(outputGrad, own, 1);
    } else if (result.needsGradient)
      propagateGradients(backend(), result, outputGrad, {
        begun,
        onGradient: (value, gradient) => this.#meter?.gradientFound(value, gradient),
      });
    // Eagerly, what lies before would get no gradient at all, which is not the same as zeros to an optimizer with momentum.
    if ([...begun.keys()].some((leaf) => leaf.gradientData === null)) throw new Unplannable();
    this.#leaves = [];
    this.#result = null;
  }
}
