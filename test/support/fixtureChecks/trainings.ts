// Checks whole trainings against fixture files of the schema of `training.json`: step by step, and again by `fit`.

import {
  type Layer,
  type Loss,
  losses,
  metrics,
  Random,
  regularizers,
  sequential,
  type Tensor,
} from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, readTensor, tensorNamed } from "./comparison.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { makeOptimizer } from "./optimizers.ts";
import type { Network, Seen, TrainingCase } from "./trainingCase.ts";
import { layerFields, layerMakers, weightNamesInFile } from "./trainingLayers.ts";
import { compareActivations, compareGradients } from "./trainingStats.ts";

export interface TrainingsFile {
  readonly cases: readonly TrainingCase[];
}

const lossOf: Readonly<Record<string, () => Loss>> = {
  mse: () => losses.mse(),
  bce: () => losses.binaryCrossentropy(),
  cce: () => losses.categoricalCrossentropy(),
  scce: () => losses.sparseCategoricalCrossentropy(),
};

const random = new Random(1);

/** Every training made step by step; those that `fit` can be told of, with one batch an epoch, by `fit` too. */
export async function checkTrainings(file: TrainingsFile): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const each of file.cases) {
    results.push(checkCase(each.name, () => checkSteps(each)));
    if (each.batches === undefined) results.push(await checkFit(each));
  }
  return results;
}

function checkSteps(each: TrainingCase): number {
  const layers = makeLayers(each);
  buildInRow(layers, each);
  const network = startNetwork(each, layers);
  const comparison = new Comparison(each.tolerance_f32);
  const stats = new Comparison(each.tolerance_f32_gradient_stats);
  for (const { step } of [...each.gradient_stats, ...(each.activation_stats ?? [])])
    stats.claim(step < each.steps, `there is a step ${step} of ${each.steps}`);
  const optimizer = makeOptimizerOf(each);
  const [x, y] = [readTensor(each.x), readTensor(each.y)];
  for (let step = 0; step < each.steps; step++) {
    const rows = each.batches?.[step];
    const [inputs, targets] = rows === undefined ? [x, y] : [x.gather([...rows]), y.gather([...rows])];
    const pass = runForward(network, inputs, targets);
    for (const { output } of pass.seen.values()) if (output.needsGradient) output.retainGrad();
    for (const [, weight] of network.weights) weight.zeroGrad();
    const loss = withPenalty(each, network, pass.value);
    loss.backward();
    comparison.numbers([loss.item()], [numberAt(each.loss, step)]);
    if (each.data_loss !== undefined) comparison.numbers([pass.value.item()], [numberAt(each.data_loss, step)]);
    const accuracy = each.accuracy?.[step];
    if (accuracy !== undefined) comparison.numbers([metrics.accuracy.compute(pass.predictions, targets)], [accuracy]);
    if (step === 0)
      for (const [name, weight] of network.weights)
        comparison.numbers(weight.grad?.data ?? [], tensorNamed(each.gradients_step0, name).data);
    compareGradients(stats, each, network, step);
    compareActivations({ values: comparison, gradients: stats }, each, pass.seen, step);
    optimizer.update(
      network.weights.map(([, weight]) => weight),
      each.lr_per_step?.[step],
    );
  }
  const final = runForward(network, x, y, false);
  comparison.tensor(final.predictions, each.final_predictions);
  comparison.numbers([final.value.item()], [each.final_loss]);
  compareFinalWeights(comparison, each, network);
  return Math.max(comparison.worst, stats.worst);
}

function numberAt(list: readonly number[], step: number): number {
  const found = list[step];
  if (found === undefined) throw new Error(`The case lists nothing for step ${step}.`);
  return found;
}

/** The same by `fit`, which lays the step out once and runs it. */
async function checkFit(each: TrainingCase): Promise<CaseResult> {
  const name = `${each.name}, by fit`;
  try {
    const model = sequential(makeLayers(each, each.l2_kernel_regularizer));
    model.build(each.x.shape.slice(1));
    const network = startNetwork(each, model.layers);
    const comparison = new Comparison(each.tolerance_f32);
    const [x, y] = [readTensor(each.x), readTensor(each.y)];
    model.compile({ loss: network.loss, optimizer: makeOptimizerOf(each, each.lr_per_step) });
    const run = await model.fit(x, y, { epochs: each.steps, batchSize: x.shape[0] ?? 1, shuffle: false });
    comparison.numbers(run.loss, each.loss);
    comparison.tensor(model.predict(x), each.final_predictions);
    compareFinalWeights(comparison, each, network);
    return { name, worst: comparison.worst };
  } catch (error) {
    return checkCase(name, () => {
      throw error;
    });
  }
}

function makeOptimizerOf({ optimizer }: TrainingCase, rates?: readonly number[]) {
  const { name, convention, ...config } = optimizer;
  const schedule = rates === undefined ? undefined : (step: number) => rates[step] ?? 0;
  return makeOptimizer(name, convention, config, schedule);
}

/** The layers, with a penalty on each kernel where a factor is given. */
function makeLayers({ model }: TrainingCase, l2?: number): Layer[] {
  const penalty = l2 === undefined ? {} : { kernelRegularizer: regularizers.l2(l2) };
  return model.layers.map((config) => {
    const make = layerMakers[config.type];
    if (make === undefined) throw new Error(`There is no check for a layer of the type ${config.type}.`);
    refuseUnknownFields(`the layer ${config.name}`, config, ["name", "type", ...(layerFields[config.type] ?? [])]);
    return make({ ...config, ...penalty });
  });
}

/** Layers in a row, for examples as the case has them. */
function buildInRow(layers: readonly Layer[], { x }: TrainingCase): void {
  let shape = x.shape.slice(1);
  for (const layer of layers) {
    layer.build(shape, random);
    shape = layer.outputShape?.slice() ?? shape;
  }
}

/** The network of layers that are built, with the weights that the case begins with. */
function startNetwork(each: TrainingCase, layers: readonly Layer[]): Network {
  const named = layers.flatMap((layer) => {
    const names = weightNamesInFile(layer);
    return layer.weights.map((weight, index) => [names[index] ?? weight.name, weight] as const);
  });
  for (const [name, weight] of named) {
    const initial = each.initial_weights[name] ?? each.initial_state?.[name];
    if (initial === undefined) throw new Error(`The case gives no ${name} to start from.`);
    weight.assign(readTensor(initial));
  }
  const loss = lossOf[each.model.loss];
  if (loss === undefined) throw new Error(`There is no check for a training with the loss ${each.model.loss}.`);
  return {
    layers,
    loss: loss(),
    weights: named.filter(([, weight]) => weight.isTrainable),
    state: named.filter(([, weight]) => !weight.isTrainable),
  };
}

/** One pass; cross-entropies are taken from the logits, as the reference does. */
function runForward({ layers, loss }: Network, x: Tensor, y: Tensor, training = true) {
  const seen = new Map<string, { preActivation: Tensor | null; output: Tensor }>();
  const observe = (layer: { name: string }, values: { preActivation: Tensor | null; output: Tensor }) =>
    void seen.set(layer.name, values);
  const predictions = layers.reduce((value, layer) => layer.call(value, { training, random, observe }), x);
  const last = layers.at(-1);
  const fused = last === undefined ? null : loss.fusedWith(last.activation);
  const logits = seen.get(last?.name ?? "")?.preActivation ?? predictions;
  const value = fused === null ? loss.compute(predictions, y) : fused.compute(logits, y);
  return { value, predictions, seen: seen as Seen };
}

function withPenalty({ l2_kernel_regularizer: l2 = 0 }: TrainingCase, { weights }: Network, loss: Tensor): Tensor {
  if (l2 === 0) return loss;
  return weights
    .filter(([name]) => name.endsWith("kernel"))
    .reduce((sum, [, kernel]) => sum.add(kernel.square().sum().mul(l2)), loss);
}

function compareFinalWeights(comparison: Comparison, each: TrainingCase, { weights, state }: Network): void {
  for (const [wanted, got] of [
    [each.final_weights, weights],
    [each.final_state ?? {}, state],
  ] as const)
    for (const [name, weight] of got) comparison.numbers(weight.data, tensorNamed(wanted, name).data);
}
