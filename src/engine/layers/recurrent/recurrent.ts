// What every recurrent layer does around its cell: shapes, initial state, output, and what it reports.

import type { ActivationName } from "../../activations/catalogue.ts";
import { refuseNulls } from "../../argumentCounts.ts";
import { checkOptions, describeValue, ShapeError, ValueError } from "../../errors.ts";
import { formatShape, isSameShape, type Shape } from "../../shape.ts";
import { asTensor, Tensor, type TensorLike } from "../../tensor.ts";
import { zeros } from "../../tensorFunctions.ts";
import type { CallContext, ObservedValues } from "../callContext.ts";
import { Layer } from "../layer.ts";
import { layerOptionNames } from "../layerOptions.ts";
import { checkedRate } from "../noise/dropout.ts";
import type { WeightPlan } from "../weightPlan.ts";
import { ruleNames } from "../weightRules.ts";
import {
  type CellPass,
  type RecurrentCell,
  type RecurrentOptions,
  type RecurrentState,
  runCell,
  stackSteps,
  stepsFirst,
} from "./cell.ts";
import { passMasks } from "./recurrentDropout.ts";

/** The names of the options every recurrent layer takes, for checking. */
export const recurrentOptionNames = [
  "units",
  "activation",
  "alpha",
  "useBias",
  "kernelInitializer",
  "recurrentInitializer",
  "biasInitializer",
  "returnSequences",
  "goBackwards",
  "dropout",
  "recurrentDropout",
  ...ruleNames("kernel", "recurrent", "bias"),
  ...layerOptionNames,
] as const;

/** Where a sequence starts; zeros for what is left out. */
export interface InitialState {
  /** The state before the first step, `[batch, units]`. */
  readonly hidden?: TensorLike;
  /** An LSTM's memory before the first step, `[batch, units]`. */
  readonly cell?: TensorLike;
}

/** How a sequence is run. */
export interface RecurrentRunOptions {
  /** Where it starts; zeros by default. */
  readonly initialState?: InitialState;
}

/** A sequence run through a recurrent layer. */
export interface RecurrentRun {
  /** The hidden state after each step, `[batch, steps, units]`, in the order in which they were read. */
  readonly sequence: Tensor;
  /** The hidden state after the last step read, `[batch, units]`. */
  readonly lastHidden: Tensor;
  /** An LSTM's memory after the last step read, `[batch, units]`; `null` for other layers. */
  readonly lastCell: Tensor | null;
}

/** What a recurrent layer reports beside its output. */
export interface ObservedRecurrentValues extends ObservedValues {
  /** While training: what reached the function of each gate. */
  readonly gates: readonly ObservedGate[];
}

/** What reached the function of a gate: `[batch, units]` for each step read. */
export interface ObservedGate {
  /** "forget", "update", "candidate" … */
  readonly name: string;
  /** Its function. */
  readonly activation: ActivationName;
  /** What reached the function, step after step in the order read. */
  readonly preActivations: readonly Tensor[];
}

/** A layer that reads a sequence step by step. */
export abstract class Recurrent extends Layer {
  override readonly isPlannable = true;
  override readonly activation: ActivationName;
  override readonly activationAlpha: number | null;
  /** How many numbers its state holds. */
  readonly units: number;
  /** Whether it gives the state after every step, or only after the last. */
  readonly returnSequences: boolean;
  /** Whether it reads from the last step to the first. */
  readonly goBackwards: boolean;
  /** The share of the features that training leaves out of a sequence. */
  readonly dropout: number;
  /** The share of the state that training hides from the weights. */
  readonly recurrentDropout: number;
  /** @internal */
  readonly cell: RecurrentCell;

  constructor(
    cell: RecurrentCell,
    options: RecurrentOptions,
    { call, optionNames }: { readonly call: string; readonly optionNames: readonly string[] },
  ) {
    super(options);
    checkOptions(call, options, optionNames, { units: cell.units });
    this.cell = cell;
    this.units = cell.units;
    this.activation = cell.activation.name;
    this.activationAlpha = cell.activation.alpha;
    this.returnSequences = options.returnSequences ?? false;
    this.goBackwards = options.goBackwards ?? false;
    this.dropout = checkedRate(call, "dropout", options.dropout ?? 0);
    this.recurrentDropout = checkedRate(call, "recurrentDropout", options.recurrentDropout ?? 0);
  }

  override outputShapeFor(inputShape: Shape): Shape {
    const { steps } = sequenceShape(this.label, inputShape);
    return this.returnSequences ? [steps, this.units] : [this.units];
  }

  override outputShapeForAll(inputShapes: readonly Shape[]): Shape {
    const states = inputShapes.slice(1);
    const most = this.cell.hasCellState ? 2 : 1;
    if (states.length > most)
      throw new ValueError({
        op: this.label,
        expected: most === 2 ? "at most a sequence, a hidden state and a cell state" : "at most a sequence and a state",
        got: `${inputShapes.length} inputs`,
      });
    for (const shape of states)
      if (!isSameShape(shape, [this.units])) throw badState(this.label, "a state", [this.units], shape, true);
    return this.outputShapeFor(inputShapes[0] ?? []);
  }

  override call(x: Tensor, context: CallContext): Tensor {
    return this.callAll([x], context);
  }

  override callAll([x, hidden, cell]: readonly Tensor[], context: CallContext): Tensor {
    if (x === undefined) throw new ValueError({ op: this.label, expected: "an input", got: "none" });
    const pass = this.#pass(x, { ...(hidden && { hidden }), ...(cell && { cell }) }, context);
    const output = this.outputOf(pass.hiddens);
    if (context.observe !== undefined) {
      const preActivations = this.preActivationsOf(pass);
      const values: ObservedRecurrentValues = {
        preActivation: preActivations === null ? null : this.outputOf(preActivations),
        ...(preActivations !== null && this.returnSequences && { preActivationParts: preActivations }),
        output,
        gates: context.training ? observedGates(this.cell, pass) : [],
      };
      context.observe(this, values);
    }
    return output;
  }

  /**
   * Runs a sequence and gives all states: after every step, and the last ones, from which another run can go on.
   *
   * @param x `[batch, steps, features]`
   * @throws ShapeError when `x` or a state does not fit; ValueError before the layer is built.
   * @example
   * const { lastHidden, lastCell } = encoder.run(question);
   * const { sequence } = decoder.run(answer, { initialState: { hidden: lastHidden, cell: lastCell } });
   */
  run(x: TensorLike, options: RecurrentRunOptions = {}): RecurrentRun {
    checkOptions(`${this.label}.run`, options, ["initialState"]);
    refuseNulls(`${this.label}.run`, [options]);
    const { hiddens, last } = this.#pass(asTensor(x), options.initialState ?? {}, null);
    return { sequence: stackSteps(hiddens), lastHidden: last.hidden, lastCell: last.cell };
  }

  protected override planWeights(inputShape: Shape): readonly WeightPlan[] {
    return this.cell.planWeights(sequenceShape(this.label, inputShape).features);
  }

  /** What the state after each step is the activation of, where it is one. */
  protected preActivationsOf(_pass: CellPass): readonly Tensor[] | null {
    return null;
  }

  /** The steps a pass gives on: all, or the last. */
  protected outputOf(steps: readonly Tensor[]): Tensor {
    const last = steps.at(-1);
    return this.returnSequences || last === undefined ? stackSteps(steps) : last;
  }

  #pass(x: Tensor, initialState: InitialState, context: CallContext | null): CellPass {
    checkSequence(this.label, x, this.inputShape);
    const initial = readState(this.label, this.cell, initialState, x.shape[0] ?? 0);
    const steps = stepsFirst(x);
    const masks = passMasks(this, steps, context, { layer: this });
    return runCell(this.cell, this.weights, steps, { initial, goBackwards: this.goBackwards, masks });
  }
}

/** What reached each gate's function in a pass. */
export function observedGates(cell: RecurrentCell, pass: CellPass): ObservedGate[] {
  return cell.gates.map(({ name, activation }, index) => ({
    name,
    activation: activation.name,
    preActivations: pass.preActivations[index] ?? [],
  }));
}

/** Steps and features of one sample. @throws ShapeError when it is not a sequence. */
export function sequenceShape(op: string, inputShape: Shape): { readonly steps: number; readonly features: number } {
  const [steps, features] = inputShape;
  if (steps !== undefined && features !== undefined && inputShape.length === 2) {
    if (steps > 0 && features > 0) return { steps, features };
    throw new ShapeError({
      op,
      expected: "with at least one step and one feature",
      got: formatShape(inputShape, true),
    });
  }
  throw new ShapeError({
    op,
    expected: "[batch, steps, features]",
    got: formatShape(inputShape, true),
    hint:
      inputShape.length > 2
        ? `Join the axes of each step: x.reshape([-1, ${steps}, ${inputShape.slice(1).reduce((product, length) => product * length, 1)}]).`
        : `Numbers one after another are steps of one feature: x.reshape([-1, ${steps ?? 1}, 1]). A recurrent layer in front needs returnSequences: true.`,
  });
}

/** @throws ShapeError when `x` is not a batch of sequences the layer was built for; ValueError before it is built. */
export function checkSequence(op: string, x: Tensor, builtFor: Shape | null): void {
  if (builtFor === null)
    throw new ValueError({
      op,
      expected: "a layer that was built",
      got: "one without weights",
      hint: "Put it into a model, or call build([steps, features], new Random(1)) first.",
    });
  const { features } = sequenceShape(op, x.shape.slice(1));
  if (features !== builtFor[1])
    throw new ShapeError({
      op,
      expected: `[batch, steps, ${builtFor[1]}]`,
      got: x.shape,
      hint: `Give ${builtFor[1]} features per step.`,
    });
}

/** The state a run starts from. @throws ShapeError, ValueError or UnknownNameError */
export function readState(
  op: string,
  { units, hasCellState }: RecurrentCell,
  initialState: InitialState,
  batch: number,
): RecurrentState {
  if (typeof initialState !== "object" || initialState === null || initialState instanceof Tensor)
    throw new ValueError({
      op,
      expected: `initialState as { hidden${hasCellState ? ", cell" : ""} }`,
      got: describeValue(initialState),
      hint: "For example { hidden: x } with x of [batch, units].",
    });
  checkOptions(`initialState of ${op}`, initialState, hasCellState ? ["hidden", "cell"] : ["hidden"]);
  const read = (name: keyof InitialState): Tensor => {
    const given = initialState[name];
    if (given === undefined) return zeros([batch, units]);
    const state = asTensor(given);
    if (!isSameShape(state.shape, [batch, units]))
      throw badState(op, `initialState.${name}`, [batch, units], state.shape);
    return state;
  };
  return { hidden: read("hidden"), cell: hasCellState ? read("cell") : null };
}

function badState(op: string, what: string, expected: Shape, got: Shape, batch = false): ShapeError {
  return new ShapeError({
    op,
    what,
    expected: formatShape(expected, batch),
    got: formatShape(got, batch),
    hint: "One row of units for each example.",
  });
}
