// Checks recurrent layers against fixture files of the schemas of `layers/simple_rnn.json`, `lstm.json` and `gru.json`: states, outputs, gradients.

import { layers, type Parameter, Random, type Recurrent, type Tensor, zeros } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, type NamedTensors, readTensor, tensorNamed } from "./comparison.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { type LayerCase, type LayerFile, toleranceOf } from "./layerCase.ts";

export interface RecurrentConfig {
  readonly units: number;
  readonly return_sequences: boolean;
  readonly activation?: string;
  readonly recurrent_activation?: string;
  readonly reset_after?: boolean;
  readonly go_backwards?: boolean;
  readonly bidirectional?: boolean;
  readonly merge_mode?: string;
}

export interface RecurrentCase extends LayerCase {
  readonly config: RecurrentConfig;
}

export type RecurrentFile = LayerFile<RecurrentCase>;

export function checkSimpleRnn(file: RecurrentFile): CaseResult[] {
  return checkCases(file, (config, options) => layers.simpleRnn(config.units, options));
}

export function checkLstm(file: RecurrentFile): CaseResult[] {
  return checkCases(
    file,
    ({ units, recurrent_activation }, options) =>
      layers.lstm(units, { ...options, recurrentActivation: recurrent_activation ?? "sigmoid" }),
    ["recurrent_activation"],
  );
}

export function checkGru(file: RecurrentFile): CaseResult[] {
  return checkCases(
    file,
    ({ units, recurrent_activation, reset_after }, options) =>
      layers.gru(units, {
        ...options,
        recurrentActivation: recurrent_activation ?? "sigmoid",
        resetAfter: reset_after ?? true,
      }),
    ["recurrent_activation", "reset_after"],
  );
}

const recurrentFields = [...["units", "return_sequences", "activation", "go_backwards", "bidirectional", "merge_mode"]];

interface CommonOptions {
  readonly activation: string;
  readonly returnSequences: boolean;
  readonly goBackwards: boolean;
  readonly useBias: boolean;
}

function checkCases(
  file: RecurrentFile,
  make: (config: RecurrentConfig, options: CommonOptions) => Recurrent,
  ownFields: readonly string[] = [],
): CaseResult[] {
  return file.cases.map((each) =>
    checkCase(each.name, () => {
      const { config, inputs } = each;
      refuseUnknownFields("a recurrent layer", config, [...recurrentFields, ...ownFields]);
      const layer = make(config, {
        activation: config.activation ?? "tanh",
        returnSequences: config.return_sequences,
        goBackwards: config.go_backwards ?? false,
        useBias: "bias" in inputs || "fw_bias" in inputs,
      });
      const found =
        config.bidirectional === true
          ? runBothWays(layer, config.merge_mode ?? "concat", each)
          : runOneWay(layer, each);
      return compareCase(each, file, found);
    }),
  );
}

/** What the engine made of a case: outputs by the fixture's names, and the tensors whose gradients it names. */
export interface CaseRun {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly leaves: Readonly<Record<string, Tensor>>;
}

function runOneWay(layer: Recurrent, { inputs }: RecurrentCase): CaseRun {
  const input = readTensor(tensorNamed(inputs, "x"), { requiresGrad: true });
  const h0 = leafNamed(inputs, "h0");
  const c0 = leafNamed(inputs, "c0");
  layer.build(input.shape.slice(1), new Random(1));
  const weights = assignWeights(layer.weights, (name) => fixtureWeightName(name), inputs);
  const initialState = { ...(h0 && { hidden: h0 }), ...(c0 && { cell: c0 }) };
  const { sequence, lastHidden, lastCell } = layer.run(input, { initialState });
  const states = [input, ...(h0 ? [h0] : []), ...(c0 ? [c0] : [])];
  const called = layer.callAll(states, { training: true, random: new Random(1) });
  const calledName = layer.returnSequences ? "sequence" : "last_h";
  return {
    outputs: { sequence, last_h: lastHidden, ...(lastCell && { last_c: lastCell }), [`called:${calledName}`]: called },
    leaves: { x: input, ...(h0 && { h0 }), ...(c0 && { c0 }), ...weights },
  };
}

function runBothWays(layer: Recurrent, mergeMode: string, { inputs }: RecurrentCase): CaseRun {
  const both = layers.bidirectional(layer, { mergeMode });
  const x = readTensor(tensorNamed(inputs, "x"), { requiresGrad: true });
  both.build(x.shape.slice(1), new Random(1));
  const weights = assignWeights(
    both.weights,
    (name) => {
      const direction = name.startsWith("forward") ? "forward" : "backward";
      const rest = name.slice(direction.length);
      return `${direction === "forward" ? "fw" : "bw"}_${fixtureWeightName(rest.charAt(0).toLowerCase() + rest.slice(1))}`;
    },
    inputs,
  );
  const { sequence, lastHidden } = both.run(x);
  const y = both.call(x, { training: true, random: new Random(1) });
  const ran = layer.returnSequences ? sequence : lastHidden;
  return { outputs: { y, "called:y": ran }, leaves: { x, ...weights } };
}

function fixtureWeightName(name: string): string {
  return name === "recurrentKernel" ? "recurrent" : name;
}

/** Gives the weights the fixture's numbers, and returns them by its names. */
export function assignWeights(
  weights: readonly Parameter[],
  nameInFixture: (name: string) => string,
  inputs: NamedTensors,
): Record<string, Tensor> {
  return Object.fromEntries(
    weights.map((weight) => {
      const name = nameInFixture(weight.name);
      weight.assign(readTensor(tensorNamed(inputs, name)));
      return [name, weight];
    }),
  );
}

/** The input of this name, asking for a gradient, if the case has one. */
function leafNamed(inputs: NamedTensors, name: string): Tensor | undefined {
  return inputs[name] === undefined ? undefined : readTensor(inputs[name], { requiresGrad: true });
}

/**
 * Differentiates `Σ upstream · output` and compares every output and gradient the case names. An output "called:y" is
 * another way to the output y.
 */
export function compareCase(each: LayerCase, file: LayerFile<LayerCase>, run: CaseRun): number {
  const comparison = new Comparison(toleranceOf(each, file));
  const objective = Object.entries(each.upstream)
    .map(([name, weights]) => run.outputs[name]?.mul(readTensor(weights)).sum() ?? zeros([]))
    .reduce((sum, part) => sum.add(part));
  objective.backward();
  for (const [name, wanted] of Object.entries(each.outputs)) comparison.tensor(run.outputs[name], wanted);
  for (const [name, got] of Object.entries(run.outputs)) {
    const wanted = each.outputs[name.replace(/^called:/, "")];
    if (wanted !== undefined) comparison.tensor(got, wanted);
  }
  for (const [name, wanted] of Object.entries(each.grads)) comparison.tensor(gradientOf(run.leaves[name]), wanted);
  return comparison.worst;
}

/** A leaf the objective does not depend on has the gradient 0. */
function gradientOf(leaf: Tensor | undefined): Tensor | undefined {
  return leaf === undefined ? undefined : (leaf.grad ?? zeros(leaf.shape));
}
