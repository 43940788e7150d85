// The layers of the trainings in `training.json`: ours for each kind the file has, and what the file calls their weights.

import {
  type CallContext,
  Layer,
  layers,
  type Parameter,
  type Random,
  type Regularizer,
  type Shape,
  type Tensor,
} from "../../../src/engine/index.ts";

/** A layer as the file describes it; which fields there are depends on the kind. */
export interface LayerConfig {
  readonly name: string;
  readonly type: string;
  readonly activation?: string;
  readonly units?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
  readonly vocab?: number;
  readonly dim?: number;
  readonly filters?: number;
  readonly kernel_size?: [number, number];
  readonly strides?: [number, number];
  readonly padding?: "same" | "valid";
  readonly pool_size?: number;
  readonly return_sequences?: boolean;
  readonly reset_after?: boolean;
  readonly use_bias?: boolean;
  readonly dilation?: [number, number];
  readonly heads?: number;
  readonly ff?: number;
  /** Not of the file: the penalty on the kernel, which the file has beside the layers. */
  readonly kernelRegularizer?: Regularizer;
}

/** Makes our layer of each kind; a training with another kind is skipped. */
export const layerMakers: Readonly<Record<string, (config: LayerConfig) => Layer>> = {
  dense: ({ name, units = 0, activation = "linear", use_bias: useBias = true, ...config }) =>
    layers.dense(units, { name, activation, useBias, ...penaltyOf(config) }),
  activation: ({ name, activation = "linear" }) => layers.activation(activation, { name }),
  flatten: ({ name }) => layers.flatten({ name }),
  batchnorm: ({ name, momentum = 0.99, epsilon = 1e-3 }) => layers.batchNorm({ name, momentum, epsilon }),
  embedding: ({ name, vocab = 0, dim = 0 }) => layers.embedding(vocab, dim, { name }),
  conv2d: ({
    name,
    filters = 0,
    kernel_size = [1, 1],
    strides = [1, 1],
    dilation: dilationRate = [1, 1],
    padding = "valid",
    activation = "linear",
    use_bias: useBias = true,
    ...config
  }) =>
    layers.conv2d(filters, kernel_size, {
      name,
      strides,
      dilationRate,
      padding,
      activation,
      useBias,
      ...penaltyOf(config),
    }),
  max_pool2d: ({ name, pool_size = 2 }) => layers.maxPooling2d(pool_size, { name }),
  global_avg_pool1d: ({ name }) => layers.globalAveragePooling1d({ name }),
  lstm: ({ name, units = 0, return_sequences = false, use_bias: useBias = true, ...config }) =>
    layers.lstm(units, { name, useBias, returnSequences: return_sequences, ...penaltyOf(config) }),
  gru: ({
    name,
    units = 0,
    return_sequences = false,
    reset_after: resetAfter = true,
    use_bias: useBias = true,
    ...config
  }) => layers.gru(units, { name, resetAfter, useBias, returnSequences: return_sequences, ...penaltyOf(config) }),
  transformer_block: (config) => new TransformerBlock(config),
};

/** What each maker reads, beside the name and the type. */
export const layerFields: Readonly<Record<string, readonly string[]>> = {
  dense: ["units", "activation", "use_bias"],
  activation: ["activation"],
  flatten: [],
  batchnorm: ["momentum", "epsilon"],
  embedding: ["vocab", "dim"],
  conv2d: ["filters", "kernel_size", "strides", "dilation", "padding", "activation", "use_bias"],
  max_pool2d: ["pool_size"],
  global_avg_pool1d: [],
  lstm: ["units", "return_sequences", "use_bias"],
  gru: ["units", "return_sequences", "reset_after", "use_bias"],
  transformer_block: ["heads", "ff", "activation", "epsilon"],
};

function penaltyOf({ kernelRegularizer }: Omit<LayerConfig, "name" | "type">) {
  return kernelRegularizer === undefined ? {} : { kernelRegularizer };
}

/** What the file calls our weights, where that differs. */
const weightNames: Readonly<Record<string, string>> = {
  movingMean: "moving_mean",
  movingVariance: "moving_variance",
  embeddings: "table",
  recurrentKernel: "recurrent",
};

/** The names in the file of a layer's weights, in their order. */
export function weightNamesInFile(layer: Layer): string[] {
  const own =
    layer instanceof TransformerBlock ? blockNames : layer.weights.map(({ name }) => weightNames[name] ?? name);
  return own.map((name) => `${layer.name}/${name}`);
}

const blockNames = [
  ...["ln1_gamma", "ln1_beta", "wq", "bq", "wk", "bk", "wv", "bv", "wo", "bo"],
  ...["ln2_gamma", "ln2_beta", "w1", "b1", "w2", "b2"],
];

/** `a = x + attention(norm(x))`, `y = a + dense(f(dense(norm(a))))`, as one layer, since the file counts it as one. */
class TransformerBlock extends Layer {
  override readonly type = "transformerBlock";
  readonly #config: LayerConfig;
  #parts: readonly Layer[] = [];

  constructor(config: LayerConfig) {
    super({ name: config.name });
    this.#config = config;
  }

  override get weights(): readonly Parameter[] {
    return this.#parts.flatMap(({ weights }) => weights);
  }

  override get trainableWeights(): readonly Parameter[] {
    return this.weights;
  }

  override build(inputShape: Shape, random: Random): void {
    super.build(inputShape, random);
    const { heads = 1, ff = 1, activation = "gelu", epsilon = 1e-5 } = this.#config;
    const features = inputShape.at(-1) ?? 1;
    this.#parts = [
      layers.layerNorm({ epsilon }),
      layers.multiHeadAttention(heads, { keyDim: features / heads }),
      layers.layerNorm({ epsilon }),
      layers.dense(ff, { activation }),
      layers.dense(features),
    ];
    let shape = inputShape;
    for (const part of this.#parts) {
      part.build(shape, random);
      shape = part.outputShape ?? shape;
    }
  }

  override outputShapeFor(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(x: Tensor, { training, random, observe }: CallContext): Tensor {
    const through = (parts: readonly Layer[], from: Tensor) =>
      parts.reduce((value, part) => part.call(value, { training, random }), from);
    const attended = x.add(through(this.#parts.slice(0, 2), x));
    const output = attended.add(through(this.#parts.slice(2), attended));
    observe?.(this, { preActivation: null, output });
    return output;
  }
}
