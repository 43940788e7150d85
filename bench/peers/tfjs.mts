// TensorFlow.js under a workload, in its fastest form: core API, `optimizer.minimize`; --workload=W1 --backend=wasm|cpu --ms=1500

import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { argument, measureRuns, measureSteps, report } from "../measure.mts";
import {
  epsilon,
  initialWeights,
  type LayerSpec,
  makeBatches,
  momentum,
  type OptimizerSpec,
  rmspropRho,
  type Workload,
  workloads,
} from "../workloads.mts";

const activations = {
  tanh: (x: tf.Tensor) => tf.tanh(x),
  relu: (x: tf.Tensor) => tf.relu(x),
  sigmoid: (x: tf.Tensor) => tf.sigmoid(x),
  linear: (x: tf.Tensor) => x,
};

function makeOptimizer({ kind, learningRate }: OptimizerSpec): tf.Optimizer {
  switch (kind) {
    case "sgd":
      return tf.train.sgd(learningRate);
    case "momentum":
      return tf.train.momentum(learningRate, momentum);
    case "nesterov":
      return tf.train.momentum(learningRate, momentum, true);
    case "adagrad":
      return tf.train.adagrad(learningRate, 0);
    case "rmsprop":
      return tf.train.rmsprop(learningRate, rmspropRho, 0, epsilon);
    case "adam":
      return tf.train.adam(learningRate, 0.9, 0.999, epsilon);
  }
}

interface Weights {
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable;
}

function forward(workload: Workload, weights: readonly Weights[], x: tf.Tensor): tf.Tensor {
  let next = 0;
  const apply = (h: tf.Tensor, layer: LayerSpec): tf.Tensor => {
    if (layer.kind === "maxPooling") return tf.maxPool(h as tf.Tensor4D, layer.size, layer.size, "same");
    const { kernel, bias } = weights[next++] as Weights;
    if (layer.kind === "convolution")
      return activations[layer.activation](
        tf.add(tf.conv2d(h as tf.Tensor4D, kernel as unknown as tf.Tensor4D, 1, "same"), bias),
      );
    const rows = h.rank > 2 ? h.reshape([workload.batch, -1]) : h;
    return activations[layer.activation](tf.add(tf.matMul(rows, kernel), bias));
  };
  return workload.layers.reduce(apply, x);
}

function makeTensors(workload: Workload) {
  return makeBatches(workload).map(({ x, y }) => ({
    x: tf.tensor(x, [workload.batch, ...workload.input]),
    y:
      workload.loss === "binary" ? tf.tensor(y, [workload.batch, 1]) : tf.oneHot(tf.tensor1d(y, "int32"), 10).toFloat(),
  }));
}

type Batches = ReturnType<typeof makeTensors>;

function stepsOf(workload: Workload, optimizerSpec: OptimizerSpec, batches: Batches): (index: number) => number {
  const weights = initialWeights(workload).map(({ shape, kernel, bias }) => ({
    kernel: tf.variable(tf.tensor(kernel, [...shape])),
    bias: tf.variable(tf.tensor(bias)),
  }));
  const optimizer = makeOptimizer(optimizerSpec);
  const isBinary = workload.loss === "binary";
  const lossOf = ({ x, y }: Batches[number]): tf.Scalar => {
    const output = forward(workload, weights, x);
    return isBinary ? tf.losses.sigmoidCrossEntropy(y, output) : tf.losses.softmaxCrossEntropy(y, output);
  };
  return (index) => {
    const batch = batches[index % batches.length] as (typeof batches)[number];
    if (!workload.gradientStatistics) {
      const loss = optimizer.minimize(() => lossOf(batch), true) as tf.Scalar;
      const value = loss.dataSync()[0] as number;
      loss.dispose();
      return value;
    }
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => lossOf(batch));
      const statistics = weights.flatMap(({ kernel }) => {
        const gradient = grads[kernel.name] as tf.Tensor;
        return [tf.norm(gradient), tf.mean(tf.abs(gradient))];
      });
      tf.stack(statistics).dataSync();
      optimizer.applyGradients(grads as unknown as tf.NamedTensorMap);
      return value.dataSync()[0] as number;
    });
  };
}

console.warn = () => {};
const backend = argument("backend") ?? "wasm";
const workload = workloads[argument("workload") ?? ""];
if (workload === undefined) throw new RangeError(`There is no workload ${argument("workload")}.`);
const wasmFolder = path.join(import.meta.dirname, "node_modules", "@tensorflow", "tfjs-backend-wasm", "dist");
if (backend === "wasm") setWasmPaths(`${wasmFolder}${path.sep}`);
await tf.setBackend(backend);
await tf.ready();
if (tf.getBackend() !== backend) report({ kind: "cannot", reason: `the backend did not start: ${tf.getBackend()}` });
else {
  try {
    const [first, ...others] = workload.optimizers;
    const batches = makeTensors(workload);
    const runs = async () =>
      workload.optimizers.map((optimizer) => {
        const step = stepsOf(workload, optimizer, batches);
        let loss = Number.NaN;
        for (let index = 0; index < workload.batches; index++) loss = step(index);
        return loss;
      });
    const measured =
      others.length === 0
        ? await measureSteps(stepsOf(workload, first as OptimizerSpec, batches), Number(argument("ms") ?? 1500))
        : await measureRuns(runs, backend === "cpu" ? 1 : 3);
    report({ kind: "measured", ...measured });
  } catch (error) {
    report({ kind: "cannot", reason: String(error instanceof Error ? error.message : error).split("\n")[0] ?? "" });
  }
}
process.exit(0);
