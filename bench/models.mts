// The workloads' models and batches as our engine's own.

import {
  type Layer,
  layers,
  losses,
  type Model,
  type Optimizer,
  optimizers,
  sequential,
  tensor,
} from "../src/engine/index.ts";
import {
  epsilon,
  initialWeights,
  type LayerSpec,
  makeBatches,
  momentum,
  type OptimizerSpec,
  oneHotRows,
  rmspropRho,
  type Workload,
} from "./workloads.mts";

function makeLayer(spec: LayerSpec): Layer {
  if (spec.kind === "dense") return layers.dense(spec.units, { activation: spec.activation });
  if (spec.kind === "maxPooling") return layers.maxPooling2d({ poolSize: spec.size });
  return layers.conv2d(spec.filters, spec.size, { padding: "same", activation: spec.activation });
}

function makeOptimizer({ kind, learningRate }: OptimizerSpec): Optimizer {
  switch (kind) {
    case "sgd":
      return optimizers.sgd({ learningRate });
    case "momentum":
      return optimizers.sgd({ learningRate, momentum });
    case "nesterov":
      return optimizers.sgd({ learningRate, momentum, nesterov: true });
    case "adagrad":
      return optimizers.adagrad({ learningRate, initialAccumulatorValue: 0, epsilon, convention: "torch" });
    case "rmsprop":
      return optimizers.rmsprop({ learningRate, rho: rmspropRho, epsilon, convention: "torch" });
    case "adam":
      return optimizers.adam({ learningRate, epsilon, convention: "torch" });
  }
}

export function makeModel(workload: Workload, optimizer: OptimizerSpec): Model {
  const stack = workload.layers.map(makeLayer);
  const isImage = workload.input.length > 1;
  const model = sequential(isImage ? [...stack.slice(0, -1), layers.flatten(), ...stack.slice(-1)] : stack);
  model.build(workload.input);
  model.setWeights(
    initialWeights(workload).flatMap(({ shape, kernel, bias }) => [tensor(kernel, { shape }), tensor(bias)]),
  );
  const fromLogits = { fromLogits: true };
  const loss =
    workload.loss === "binary" ? losses.binaryCrossentropy(fromLogits) : losses.categoricalCrossentropy(fromLogits);
  model.compile({ loss, optimizer: makeOptimizer(optimizer) });
  return model;
}

export function makeTensors(workload: Workload) {
  return makeBatches(workload).map((batch) => tensorsOf(workload, [batch]));
}

export type Batches = ReturnType<typeof makeTensors>;

/** All batches one behind the other, for `fit`. */
export function joinedTensors(workload: Workload) {
  return tensorsOf(workload, makeBatches(workload));
}

function tensorsOf(workload: Workload, batches: ReturnType<typeof makeBatches>) {
  const count = workload.batch * batches.length;
  const targets = batches.map(({ y }) => (workload.loss === "binary" ? y : oneHotRows(y, 10)));
  return {
    x: tensor(joined(batches.map(({ x }) => x)), { shape: [count, ...workload.input] }),
    y: tensor(joined(targets), { shape: [count, workload.loss === "binary" ? 1 : 10] }),
  };
}

function joined(arrays: readonly ArrayLike<number>[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
