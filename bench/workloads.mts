// The training workloads, as data: layers, batches, initial weights. Every peer computes the same: a bench that does not measures nothing.

export interface DenseSpec {
  readonly kind: "dense";
  readonly units: number;
  readonly activation: "linear" | "tanh" | "relu" | "sigmoid";
}

export interface ConvolutionSpec {
  readonly kind: "convolution";
  readonly size: number;
  readonly filters: number;
  readonly activation: "relu";
}

export interface PoolingSpec {
  readonly kind: "maxPooling";
  readonly size: number;
}

export type LayerSpec = DenseSpec | ConvolutionSpec | PoolingSpec;

export interface OptimizerSpec {
  readonly kind: "sgd" | "momentum" | "nesterov" | "adagrad" | "rmsprop" | "adam";
  readonly learningRate: number;
}

export interface Workload {
  readonly title: string;
  readonly batch: number;
  readonly input: readonly number[];
  /** How many batches there are; they are used in turn. */
  readonly batches: number;
  readonly layers: readonly LayerSpec[];
  readonly loss: "binary" | "categorical";
  /** One: steps are timed. Several: one pass over the batches with each, timed together. */
  readonly optimizers: readonly OptimizerSpec[];
  /** Whether every step leaves each kernel gradient's L2 norm and mean |g| in the host's memory. */
  readonly gradientStatistics: boolean;
}

/** Of all peers alike. */
export const epsilon = 1e-7;
export const momentum = 0.9;
export const rmspropRho = 0.99;

const dense = (units: number, activation: DenseSpec["activation"] = "linear"): DenseSpec => ({
  kind: "dense",
  units,
  activation,
});
const convolution = (size: number, filters: number): ConvolutionSpec => ({
  kind: "convolution",
  size,
  filters,
  activation: "relu",
});
const maxPooling = (size: number): PoolingSpec => ({ kind: "maxPooling", size });
const adam: readonly OptimizerSpec[] = [{ kind: "adam", learningRate: 1e-3 }];
const sgd: readonly OptimizerSpec[] = [{ kind: "sgd", learningRate: 0.1 }];
const mlp = { batch: 128, input: [784], layers: [dense(128, "relu"), dense(64, "relu"), dense(10)] };
const usual = { loss: "categorical", gradientStatistics: false } as const;

export const workloads: Readonly<Record<string, Workload>> = {
  W1: {
    title: "MLP 2-16-16-1 tanh, binary cross-entropy, batch 32, SGD",
    batch: 32,
    input: [2],
    batches: 8,
    layers: [dense(16, "tanh"), dense(16, "tanh"), dense(1)],
    loss: "binary",
    optimizers: sgd,
    gradientStatistics: false,
  },
  W2: { ...usual, ...mlp, title: "MLP 784-128-64-10 ReLU, batch 128, Adam", batches: 8, optimizers: adam },
  W3: {
    ...usual,
    title: "20 × dense 64 sigmoid + dense 10, batch 64, SGD, gradient statistics of every layer at every step",
    batch: 64,
    input: [64],
    batches: 8,
    layers: [...Array.from({ length: 20 }, () => dense(64, "sigmoid")), dense(10)],
    optimizers: sgd,
    gradientStatistics: true,
  },
  W4: {
    ...usual,
    title: "MLP 1024-1024-1024-10 ReLU, batch 256, Adam",
    batch: 256,
    input: [1024],
    batches: 4,
    layers: [dense(1024, "relu"), dense(1024, "relu"), dense(10)],
    optimizers: adam,
  },
  W5: {
    ...usual,
    title: "CNN 28×28×1, conv 3×3×16, pool 2, conv 3×3×32, pool 2, dense 10, batch 64, Adam",
    batch: 64,
    input: [28, 28, 1],
    batches: 4,
    layers: [convolution(3, 16), maxPooling(2), convolution(3, 32), maxPooling(2), dense(10)],
    optimizers: adam,
  },
  W6: {
    ...usual,
    ...mlp,
    title: "W2's net, 8192 examples, one epoch under each of six optimizers in turn",
    batches: 64,
    optimizers: [
      { kind: "sgd", learningRate: 0.05 },
      { kind: "momentum", learningRate: 0.01 },
      { kind: "nesterov", learningRate: 0.01 },
      { kind: "adagrad", learningRate: 0.01 },
      { kind: "rmsprop", learningRate: 1e-3 },
      { kind: "adam", learningRate: 1e-3 },
    ],
  },
};

/** `count` numbers from `min` to `max`: number i depends on the seed and i alone. */
function uniform(seed: number, count: number, min: number, max: number): Float32Array {
  const numbers = new Float32Array(count);
  let state = Math.imul(seed, 0x9e3779b1);
  for (let index = 0; index < count; index++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    numbers[index] = min + (max - min) * (((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296);
  }
  return numbers;
}

export interface WeightPair {
  readonly shape: readonly number[];
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Glorot-uniform kernels, `[in, out]` or `[height, width, in, out]`, and zero biases. */
export function initialWeights(workload: Workload): readonly WeightPair[] {
  const pairs: WeightPair[] = [];
  let shape = [...workload.input];
  let seed = 1000;
  const add = (kernelShape: readonly number[], fans: number) => {
    const limit = Math.sqrt(6 / fans);
    const kernel = uniform(seed++, product(kernelShape), -limit, limit);
    pairs.push({ shape: kernelShape, kernel, bias: new Float32Array(kernelShape.at(-1) ?? 1) });
  };
  for (const layer of workload.layers) {
    if (layer.kind === "dense") {
      const inputs = product(shape);
      add([inputs, layer.units], inputs + layer.units);
      shape = [layer.units];
    } else if (layer.kind === "convolution") {
      const channels = shape[2] ?? 1;
      const { size, filters } = layer;
      add([size, size, channels, filters], size * size * (channels + filters));
      shape = [...shape.slice(0, 2), filters];
    } else shape = shape.map((length, axis) => (axis < 2 ? length / layer.size : length));
  }
  return pairs;
}

export interface BatchData {
  readonly x: Float32Array;
  /** 0 or 1, or class numbers. */
  readonly y: Float32Array;
}

export function makeBatches(workload: Workload): readonly BatchData[] {
  const { batch, input, batches, loss } = workload;
  const width = product(input);
  return Array.from({ length: batches }, (_, index) => {
    if (loss === "categorical") {
      const x = uniform(10 + index, batch * width, 0, 1);
      return { x, y: uniform(5000 + index, batch, 0, 10).map(Math.floor) };
    }
    const x = uniform(10 + index, batch * width, -1, 1);
    return {
      x,
      y: Float32Array.from({ length: batch }, (_, row) => ((x[2 * row] ?? 0) * (x[2 * row + 1] ?? 0) > 0 ? 1 : 0)),
    };
  });
}

/** Class numbers as rows with a single 1. */
export function oneHotRows(classes: Float32Array, count: number): Float32Array {
  const rows = new Float32Array(classes.length * count);
  classes.forEach((each, row) => {
    rows[row * count + each] = 1;
  });
  return rows;
}

/** Floating-point operations of a step: a multiplication and an addition each count one; no gradient of the input. */
export function operationsOfStep({ batch, input, layers }: Workload): number {
  let shape = [...input];
  let sum = 0;
  let isFirst = true;
  for (const layer of layers) {
    const passes = isFirst ? 2 : 3;
    if (layer.kind === "dense") {
      sum += 2 * batch * product(shape) * layer.units * passes;
      shape = [layer.units];
    } else if (layer.kind === "convolution") {
      sum += 2 * batch * product(shape) * layer.size ** 2 * layer.filters * passes;
      shape = [...shape.slice(0, 2), layer.filters];
    } else shape = shape.map((length, axis) => (axis < 2 ? length / layer.size : length));
    if (layer.kind !== "maxPooling") isFirst = false;
  }
  return sum;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
