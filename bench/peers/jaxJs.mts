// jax-js under a workload: its WebAssembly backend, the whole step under `jit`; --workload=W1 --ms=1500

import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { argument, measureSteps, report } from "../measure.mts";
import {
  epsilon,
  initialWeights,
  makeBatches,
  type OptimizerSpec,
  oneHotRows,
  type WeightPair,
  type Workload,
  workloads,
} from "../workloads.mts";

type Array = np.Array;

interface Weights {
  kernel: Array;
  bias: Array;
}

const activations = {
  relu: (x: Array) => nn.relu(x),
  tanh: (x: Array) => np.tanh(x),
  sigmoid: (x: Array) => nn.sigmoid(x),
  linear: (x: Array) => x,
};

/** Pictures are channels first here. */
function forward({ layers, batch }: Workload, weights: readonly Weights[], x: Array): Array {
  let h = x;
  let next = 0;
  for (const layer of layers) {
    if (layer.kind === "maxPooling") {
      const [count = 1, channels = 1, height = 1, width = 1] = h.shape;
      const { size } = layer;
      h = np.max(h.reshape([count, channels, height / size, size, width / size, size]), [3, 5]);
      continue;
    }
    const { kernel, bias } = weights[next++] as Weights;
    if (layer.kind === "convolution") {
      const sum = lax.convGeneralDilated(h, kernel, [1, 1], "SAME").add(bias.reshape([1, layer.filters, 1, 1]));
      h = activations[layer.activation](sum);
    } else {
      if (h.shape.length > 2) h = np.transpose(h, [0, 2, 3, 1]).reshape([batch, -1]);
      h = activations[layer.activation](np.matmul(h, kernel).add(bias));
    }
  }
  return h;
}

function lossOf(workload: Workload) {
  return (weights: readonly Weights[], x: Array, y: Array): Array => {
    const output = forward(workload, weights, x);
    if (workload.loss === "binary") return np.mean(nn.softplus(output.ref).sub(y.mul(output)));
    return np.mean(np.sum(nn.logSoftmax(output).mul(y), -1)).mul(-1);
  };
}

function startingWeights({ shape, kernel, bias }: WeightPair): Weights {
  const values = np.array(kernel).reshape([...shape]);
  return { kernel: shape.length === 4 ? np.transpose(values, [3, 2, 0, 1]) : values, bias: np.array(bias) };
}

const zerosLike = ({ kernel, bias }: Weights): Weights => ({
  kernel: np.zeros(kernel.shape),
  bias: np.zeros(bias.shape),
});

interface State {
  means: Weights[];
  squares: Weights[];
}

/** One parameter under SGD or Adam; the corrections of Adam come from outside, since they change with every step. */
function makeUpdate(workload: Workload, { kind, learningRate }: OptimizerSpec) {
  const both = valueAndGrad(lossOf(workload));
  return (weights: Weights[], state: State, x: Array, y: Array, rate: Array, correction: Array) => {
    const [loss, grads] = both(
      weights.map(({ kernel, bias }) => ({ kernel: kernel.ref, bias: bias.ref })),
      x,
      y,
    ) as unknown as [Array, Weights[]];
    const next: { weights: Weights[]; means: Weights[]; squares: Weights[] } = { weights: [], means: [], squares: [] };
    const statistics: Array[] = [];
    weights.forEach((each, index) => {
      const changed = {} as Weights;
      const means = {} as Weights;
      const squares = {} as Weights;
      for (const part of ["kernel", "bias"] as const) {
        const gradient = (grads[index] as Weights)[part];
        if (workload.gradientStatistics && part === "kernel")
          statistics.push(np.sqrt(np.sum(np.square(gradient.ref))), np.mean(np.abs(gradient.ref)));
        if (kind === "sgd") {
          changed[part] = each[part].sub(gradient.mul(learningRate));
          continue;
        }
        const mean = (state.means[index] as Weights)[part].mul(0.9).add(gradient.ref.mul(0.1));
        const square = (state.squares[index] as Weights)[part].mul(0.999).add(np.square(gradient).mul(0.001));
        means[part] = mean;
        squares[part] = square;
        const root = np.sqrt(square.ref.mul(correction.ref)).add(epsilon);
        changed[part] = each[part].sub(mean.ref.mul(rate.ref).div(root));
      }
      next.weights.push(changed);
      next.means.push(means);
      next.squares.push(squares);
    });
    const measured = statistics.length > 0 ? np.stack(statistics) : np.zeros([1]);
    return { ...next, loss, measured };
  };
}

function stepsOf(workload: Workload, optimizer: OptimizerSpec): (index: number) => number {
  const isImage = workload.input.length === 3;
  const shape = isImage ? [workload.batch, 1, 28, 28] : [workload.batch, workload.input[0] ?? 1];
  const batches = makeBatches(workload).map(({ x, y }) => ({
    x: np.array(x).reshape(shape),
    y: workload.loss === "binary" ? np.array(y).reshape([-1, 1]) : np.array(oneHotRows(y, 10)).reshape([-1, 10]),
  }));
  let weights = initialWeights(workload).map(startingWeights);
  const isAdam = optimizer.kind === "adam";
  let state: State = { means: isAdam ? weights.map(zerosLike) : [], squares: isAdam ? weights.map(zerosLike) : [] };
  const update = jit(makeUpdate(workload, optimizer));
  let made = 0;
  return (index) => {
    made++;
    const { x, y } = batches[index % batches.length] as (typeof batches)[number];
    const rate = np.array([optimizer.learningRate / (1 - 0.9 ** made)]);
    const correction = np.array([1 / (1 - 0.999 ** made)]);
    const result = update(weights, state, x.ref, y.ref, rate, correction);
    weights = result.weights;
    state = { means: isAdam ? result.means : [], squares: isAdam ? result.squares : [] };
    result.measured.dataSync();
    return result.loss.dataSync()[0] as number;
  };
}

const workload = workloads[argument("workload") ?? ""];
if (workload === undefined) throw new RangeError(`There is no workload ${argument("workload")}.`);
await init("wasm");
defaultDevice("wasm");
const [optimizer, ...others] = workload.optimizers;
if (optimizer === undefined || others.length > 0)
  report({ kind: "cannot", reason: "only SGD and Adam are written here" });
else {
  try {
    report({ kind: "measured", ...(await measureSteps(stepsOf(workload, optimizer), Number(argument("ms") ?? 1500))) });
  } catch (error) {
    report({ kind: "cannot", reason: String(error instanceof Error ? error.message : error).split("\n")[0] ?? "" });
  }
}
process.exit(0);
