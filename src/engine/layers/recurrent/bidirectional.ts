// Two recurrent layers over the same sequence, one in each direction.

import type { ActivationName } from "../../activations/catalogue.ts";
import { refuseNulls } from "../../argumentCounts.ts";
import { checkOptions, describeValue, UnknownNameError, ValueError } from "../../errors.ts";
import { findName, type OpenName } from "../../names.ts";
import type { Shape } from "../../shape.ts";
import { asTensor, type Tensor, type TensorLike } from "../../tensor.ts";
import { concat } from "../../tensorFunctions.ts";
import type { CallContext } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { type LayerOptions, layerOptionNames } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { type CellPass, runCell, stackSteps, stepsFirst } from "./cell.ts";
import {
  checkSequence,
  type InitialState,
  type ObservedRecurrentValues,
  observedGates,
  Recurrent,
  type RecurrentRun,
  readState,
  sequenceShape,
} from "./recurrent.ts";
import { passMasks } from "./recurrentDropout.ts";

const mergers = {
  concat: (forward: Tensor, backward: Tensor) => concat([forward, backward], -1),
  sum: (forward: Tensor, backward: Tensor) => forward.add(backward),
  mul: (forward: Tensor, backward: Tensor) => forward.mul(backward),
  ave: (forward: Tensor, backward: Tensor) => forward.add(backward).mul(0.5),
} as const;

/** How the outputs of the two directions become one. */
export type MergeMode = keyof typeof mergers;

const mergeModes = Object.keys(mergers) as readonly MergeMode[];

const mergeAliases: Readonly<Record<string, MergeMode>> = {
  concatenate: "concat",
  add: "sum",
  multiply: "mul",
  product: "mul",
  average: "ave",
  mean: "ave",
};

/** Options of `layers.bidirectional`. */
export interface BidirectionalOptions extends LayerOptions {
  /** How the outputs of the two directions become one; "concat" by default, which doubles the last axis. */
  readonly mergeMode?: OpenName<MergeMode>;
}

/** How a sequence is run in both directions. */
export interface BidirectionalRunOptions {
  /** Where each direction starts; zeros by default. */
  readonly initialState?: { readonly forward?: InitialState; readonly backward?: InitialState };
}

/** A sequence run in both directions. */
export interface BidirectionalRun {
  /** The merged states at each step, in the order of the forward layer. */
  readonly sequence: Tensor;
  /** The merged states after the last step each direction read. */
  readonly lastHidden: Tensor;
  /** What the forward layer found. */
  readonly forward: RecurrentRun;
  /** What the backward layer found, in the order in which it read: from the last step to the first. */
  readonly backward: RecurrentRun;
}

/** See `layers.bidirectional`. */
export class Bidirectional extends Layer {
  override readonly type = "bidirectional";
  override readonly isPlannable = true;
  override readonly activation: ActivationName;
  override readonly activationAlpha: number | null;
  /** The layer whose kind and settings both directions have. The weights of both are this layer's. */
  readonly layer: Recurrent;
  /** How the outputs of the two directions become one. */
  readonly mergeMode: MergeMode;

  constructor(layer: Recurrent, options: BidirectionalOptions = {}) {
    const recurrent = checkedRecurrent(layer);
    const inputShape = options?.inputShape ?? recurrent.givenInputShape;
    const activityRegularizer = options?.activityRegularizer ?? recurrent.activityRegularizer;
    super({
      trainable: recurrent.trainable,
      ...options,
      ...(inputShape !== null && { inputShape }),
      ...(activityRegularizer !== null && { activityRegularizer }),
    });
    checkOptions("layers.bidirectional", options, ["mergeMode", ...layerOptionNames]);
    this.layer = recurrent;
    this.activation = recurrent.activation;
    this.activationAlpha = recurrent.activationAlpha;
    this.mergeMode = readMergeMode(options.mergeMode ?? "concat");
  }

  /** Whether it gives the states at every step, or only the last ones. */
  get returnSequences(): boolean {
    return this.layer.returnSequences;
  }

  override outputShapeFor(inputShape: Shape): Shape {
    const { steps } = sequenceShape(this.label, inputShape);
    const units = this.layer.units * (this.mergeMode === "concat" ? 2 : 1);
    return this.returnSequences ? [steps, units] : [units];
  }

  override call(x: Tensor, context: CallContext): Tensor {
    const { forward, backward } = this.#passes(x, {}, context);
    const output = this.returnSequences
      ? this.#merge(stackSteps(forward.hiddens), stackSteps(backward.hiddens.toReversed()))
      : this.#merge(forward.last.hidden, backward.last.hidden);
    const values: ObservedRecurrentValues = {
      preActivation: null,
      output,
      gates: context.training ? [...this.#gates("forward", forward), ...this.#gates("backward", backward)] : [],
    };
    context.observe?.(this, values);
    return output;
  }

  /**
   * Runs a sequence in both directions and gives all states.
   *
   * @param x `[batch, steps, features]`
   * @throws ShapeError when `x` or a state does not fit; ValueError before the layer is built.
   */
  run(x: TensorLike, options: BidirectionalRunOptions = {}): BidirectionalRun {
    checkOptions(`${this.label}.run`, options, ["initialState"]);
    refuseNulls(`${this.label}.run`, [options]);
    const { forward, backward } = this.#passes(asTensor(x), options.initialState ?? {}, null);
    const found = { forward: asRun(forward), backward: asRun(backward) };
    return {
      sequence: this.#merge(found.forward.sequence, stackSteps(backward.hiddens.toReversed())),
      lastHidden: this.#merge(forward.last.hidden, backward.last.hidden),
      ...found,
    };
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    const plans = this.layer.cell.planWeights(sequenceShape(this.label, inputShape).features);
    return ["forward", "backward"].flatMap((direction) =>
      plans.map((plan) => ({ ...plan, name: prefixed(direction, plan.name) })),
    );
  }

  #passes(
    x: Tensor,
    initialState: { readonly forward?: InitialState; readonly backward?: InitialState },
    context: CallContext | null,
  ): { readonly forward: CellPass; readonly backward: CellPass } {
    checkSequence(this.label, x, this.inputShape);
    checkOptions(`initialState of ${this.label}`, initialState, ["forward", "backward"]);
    const { cell, goBackwards } = this.layer;
    const half = this.weights.length / 2;
    const steps = stepsFirst(x);
    const start = (state: InitialState = {}) => readState(this.label, cell, state, x.shape[0] ?? 0);
    const masksOf = (direction: string) => passMasks(this.layer, steps, context, { layer: this, direction });
    return {
      forward: runCell(cell, this.weights.slice(0, half), steps, {
        initial: start(initialState.forward),
        goBackwards,
        masks: masksOf("forward"),
      }),
      backward: runCell(cell, this.weights.slice(half), steps, {
        initial: start(initialState.backward),
        goBackwards: !goBackwards,
        masks: masksOf("backward"),
      }),
    };
  }

  #gates(direction: string, pass: CellPass) {
    return observedGates(this.layer.cell, pass).map((gate) => ({ ...gate, name: prefixed(direction, gate.name) }));
  }

  #merge(forward: Tensor, backward: Tensor): Tensor {
    return mergers[this.mergeMode](forward, backward);
  }
}

function asRun({ hiddens, last }: CellPass): RecurrentRun {
  return { sequence: stackSteps(hiddens), lastHidden: last.hidden, lastCell: last.cell };
}

/** `forward` and `kernel` → `forwardKernel`. */
function prefixed(direction: string, name: string): string {
  return `${direction}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function checkedRecurrent(layer: unknown): Recurrent {
  if (layer instanceof Recurrent) return layer;
  throw new ValueError({
    op: "layers.bidirectional",
    expected: "a recurrent layer (simpleRnn, lstm, gru)",
    got: layer instanceof Layer ? `a ${layer.type} layer` : describeValue(layer),
    hint: "layers.bidirectional(layers.lstm(16))",
  });
}

function readMergeMode(mode: unknown): MergeMode {
  const known = typeof mode === "string" ? findName(mode, mergeModes, mergeAliases) : null;
  if (known !== null) return known;
  throw new UnknownNameError({
    what: "mergeMode",
    unknown: typeof mode === "string" ? mode : describeValue(mode),
    known: mergeModes,
    aliases: mergeAliases,
  });
}
