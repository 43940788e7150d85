// What recurrent layers have in common: a cell, which takes one step, and the run of a cell along a sequence.

import { activationInfo } from "../../activations/activationInfo.ts";
import type { ActivationName } from "../../activations/catalogue.ts";
import { checkedCount, ValueError } from "../../errors.ts";
import { type Initializer, type InitializerOption, resolveInitializer } from "../../initializers/initializers.ts";
import type { OpenName } from "../../names.ts";
import { stackStepsOp } from "../../ops/recurrent.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import { type ChosenActivation, chooseActivation } from "../activate.ts";
import type { LayerOptions } from "../layerOptions.ts";
import type { WeightPlan } from "../weightPlan.ts";
import {
  type BiasRuleOptions,
  type KernelRuleOptions,
  type RecurrentRuleOptions,
  readRules,
  type WeightRules,
} from "../weightRules.ts";
import type { PassMasks } from "./recurrentDropout.ts";

/** Options every recurrent layer takes. */
export interface RecurrentOptions extends LayerOptions, KernelRuleOptions, RecurrentRuleOptions, BiasRuleOptions {
  /** The function that makes the state; "tanh" by default. */
  readonly activation?: OpenName<ActivationName>;
  /** The activation's parameter, for leakyRelu, elu and celu. */
  readonly alpha?: number;
  /** Whether a bias is added; `true` by default. */
  readonly useBias?: boolean;
  /** How the weights of the input start; "glorotUniform" by default. */
  readonly kernelInitializer?: InitializerOption;
  /** How the weights of the state before start; "orthogonal" by default, which neither grows nor shrinks it. */
  readonly recurrentInitializer?: InitializerOption;
  /** How the biases start; "zeros" by default. */
  readonly biasInitializer?: InitializerOption;
  /** Whether the output is the state after every step, `[batch, steps, units]`, or (default) after the last, `[batch, units]`. */
  readonly returnSequences?: boolean;
  /** Whether it reads from the last step to the first; its sequence is then in that order too. `false` by default. */
  readonly goBackwards?: boolean;
  /** The share (0–1) of the features that training leaves out of a sequence, the same ones at every step; 0 by default. */
  readonly dropout?: number;
  /**
   * The share (0–1) of the state that training hides from the weights it is multiplied by, the same numbers at every step
   * (Gal & Ghahramani 2016); what is carried on stays whole. 0 by default.
   */
  readonly recurrentDropout?: number;
}

/** Options of recurrent layers with gates. */
export interface GatedOptions extends RecurrentOptions {
  /** The function of the gates; "sigmoid" by default. */
  readonly recurrentActivation?: OpenName<ActivationName>;
}

/** What a cell carries from step to step, each `[batch, units]`. */
export interface RecurrentState {
  readonly hidden: Tensor;
  /** The long-term memory of an LSTM; `null` for cells that have none. */
  readonly cell: Tensor | null;
}

/** One of the functions a cell is made of, as it is measured. */
export interface Gate {
  /** "forget", "update", "candidate" … */
  readonly name: string;
  readonly activation: ChosenActivation;
}

/** What differs between recurrent layers: their weights and their step. */
export interface RecurrentCell {
  readonly units: number;
  /** The function that makes the state. */
  readonly activation: ChosenActivation;
  /** In the order in which the weights hold them. */
  readonly gates: readonly Gate[];
  /** Whether it has a long-term memory beside its hidden state. */
  readonly hasCellState: boolean;
  /** Kernel, recurrent kernel and, where it is used, bias. */
  planWeights(features: number): readonly WeightPlan[];
  /**
   * Takes in all of `x` `[steps, batch, features]` at once, and gives the function that takes one step of it.
   *
   * @param seen What the recurrent weights are given of the state before a step.
   */
  start(x: Tensor, weights: readonly Tensor[], seen: (hidden: Tensor) => Tensor): StepFunction;
}

export type StepFunction = (step: number, before: RecurrentState) => CellStep;

export interface CellStep {
  readonly state: RecurrentState;
  /** What reaches the function of each gate, `[batch, units]` each. */
  readonly preActivations: readonly Tensor[];
}

/** A cell's way along a sequence, in the order in which it was read. */
export interface CellPass {
  /** After each step, `[batch, units]` each. */
  readonly hiddens: readonly Tensor[];
  readonly last: RecurrentState;
  /** For each gate what reached its function at each step. */
  readonly preActivations: readonly (readonly Tensor[])[];
}

/** Runs a cell along `x` `[steps, batch, features]`. A loop: a sequence may be as long as memory allows. */
export function runCell(
  cell: RecurrentCell,
  weights: readonly Tensor[],
  x: Tensor,
  way: { readonly initial: RecurrentState; readonly goBackwards: boolean; readonly masks: PassMasks },
): CellPass {
  const stepCount = x.shape[0] ?? 0;
  const { input, state: stateMask } = way.masks;
  const seen = (hidden: Tensor) => (stateMask === null ? hidden : hidden.mul(stateMask));
  const takeStep = cell.start(input === null ? x : x.mul(input), weights, seen);
  const hiddens: Tensor[] = [];
  const preActivations = cell.gates.map((): Tensor[] => []);
  let state = way.initial;
  for (let count = 0; count < stepCount; count++) {
    const taken = takeStep(way.goBackwards ? stepCount - 1 - count : count, state);
    state = taken.state;
    hiddens.push(state.hidden);
    taken.preActivations.forEach((values, gate) => void preActivations[gate]?.push(values));
  }
  return { hiddens, last: state, preActivations };
}

/** `[batch, steps, …]` with the steps first, where the numbers of one step stand side by side; and the reverse. */
export function stepsFirst(sequence: Tensor): Tensor {
  return sequence.transpose([1, 0, 2]);
}

/** Steps `[batch, units]` as a sequence `[batch, steps, units]`. */
export function stackSteps(steps: readonly Tensor[]): Tensor {
  return stepsFirst(runOp(stackStepsOp, steps, null));
}

/** The product of every step's input with the kernel: one matrix product for the whole sequence. */
export function projectInput(x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  const product = x.matmul(kernel);
  return bias === undefined ? product : product.add(bias);
}

/** A weight a cell has planned itself. */
export function weightAt(weights: readonly Tensor[], index: number): Tensor {
  const weight = weights[index];
  if (weight === undefined) throw new RangeError(`The cell has no weight ${index}.`);
  return weight;
}

/** The settings of a cell, read and checked. */
export interface CellSettings {
  readonly units: number;
  readonly activation: ChosenActivation;
  readonly useBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly recurrentInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRules: WeightRules;
  readonly recurrentRules: WeightRules;
  readonly biasRules: WeightRules;
}

/** @throws ValueError or UnknownNameError */
export function readCellSettings(call: string, units: number, given: RecurrentOptions): CellSettings {
  // null is refused by the layer's own check, which knows its options.
  const options = given ?? {};
  return {
    units: checkedCount(call, "units", units, 1),
    activation: chooseCellActivation(call, options.activation ?? "tanh", "activation", options.alpha),
    useBias: options.useBias ?? true,
    kernelInitializer: resolveInitializer(options.kernelInitializer ?? "glorotUniform", "kernelInitializer"),
    recurrentInitializer: resolveInitializer(options.recurrentInitializer ?? "orthogonal", "recurrentInitializer"),
    biasInitializer: resolveInitializer(options.biasInitializer ?? "zeros", "biasInitializer"),
    kernelRules: readRules(options, "kernel"),
    recurrentRules: readRules(options, "recurrent"),
    biasRules: readRules(options, "bias"),
  };
}

/** The activation of a cell, which must act on each number by itself and have no weights. @throws ValueError or UnknownNameError */
export function chooseCellActivation(
  call: string,
  name: OpenName<ActivationName>,
  option: "activation" | "recurrentActivation",
  alpha?: number,
): ChosenActivation {
  const chosen = chooseActivation(name, alpha, call, option);
  if (chosen.name === "prelu" || !activationInfo(chosen.name).isElementwise)
    throw new ValueError({
      op: call,
      expected: "an activation that acts on each number by itself and learns nothing",
      got: `"${chosen.name}"`,
      hint:
        chosen.name === "prelu"
          ? 'Take "leakyRelu".'
          : `Put layers.activation("${chosen.name}") or a dense layer behind it.`,
    });
  return chosen;
}

/** Kernel `[features, gates · units]`, recurrent kernel `[units, gates · units]` and bias, named as in Keras. */
export function planCellWeights(
  settings: CellSettings,
  features: number,
  { gates, biasRows = null }: { readonly gates: number; readonly biasRows?: number | null },
): readonly WeightPlan[] {
  const { units, useBias, kernelInitializer, recurrentInitializer, biasInitializer } = settings;
  const columns = gates * units;
  const biasShape = biasRows === null ? [columns] : [biasRows, columns];
  return [
    { name: "kernel", shape: [features, columns], initializer: kernelInitializer, ...settings.kernelRules },
    {
      name: "recurrentKernel",
      shape: [units, columns],
      initializer: recurrentInitializer,
      ...settings.recurrentRules,
    },
    ...(useBias ? [{ name: "bias", shape: biasShape, initializer: biasInitializer, ...settings.biasRules }] : []),
  ];
}
