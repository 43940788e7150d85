// A random layer of each kind in the catalogue, with random options, for the shape of a sample.

import {
  type ActivationName,
  activationInfo,
  activationNames,
  constraints,
  type Layer,
  layers,
  regularizers,
  type Shape,
  type WindowSize,
  type ZeroPaddingSize,
} from "../../../src/engine/index.ts";
import type { Draw } from "./draw.ts";

/** `null`: there is none for such samples. A layer may still refuse them. */
type MakeLayer = (shape: Shape, draw: Draw) => Layer | null;

type MergeName = "add" | "subtract" | "multiply" | "average" | "maximum" | "minimum" | "concat" | "dot";
/** Layers that join several inputs; graphs are made of them. */
export const mergeNames: readonly MergeName[] = [
  ...(["add", "subtract", "multiply", "average", "maximum", "minimum"] as const),
  ...(["concat", "dot"] as const),
];

const width = (draw: Draw) => draw.pick(1, 2, 3, 4, 5, 7, 9, 17);
/** Through the step function alone nothing is learned, which is refused. */
const learning = activationNames.filter((name) => name !== "step");
const smooth: readonly ActivationName[] = learning.filter((name) => name !== "prelu" && name !== "softmax");
const regularizer = (draw: Draw) => draw.pick(regularizers.l1(0.01), regularizers.l2(0.02), regularizers.l1l2());
const constraint = (draw: Draw) =>
  draw.pick(constraints.maxNorm(1), constraints.unitNorm(), constraints.nonNeg(), constraints.minMaxNorm());

/** Options of every layer. */
const common = (draw: Draw) => ({
  ...(draw.chance(0.1) && { trainable: false }),
  ...(draw.chance(0.1) && { activityRegularizer: regularizer(draw) }),
});

const activated = (draw: Draw) => {
  const activation = draw.pick(...smooth);
  const hasAlpha = activationInfo(activation).defaultAlpha !== null;
  return { activation, ...(hasAlpha && draw.chance(0.5) && { alpha: draw.uniform(0.1, 0.9) }) };
};

const biased = (draw: Draw) => ({
  ...common(draw),
  ...draw.some({ useBias: false, biasInitializer: "randomNormal", biasRegularizer: regularizer(draw) }),
  ...(draw.chance(0.1) && { biasConstraint: "nonNeg" }),
});

const kernelRules = (draw: Draw) => ({
  ...draw.some({
    kernelInitializer: draw.pick("heNormal", "lecunUniform", "orthogonal", "truncatedNormal"),
    kernelRegularizer: regularizer(draw),
  }),
  ...(draw.chance(0.2) && { kernelConstraint: constraint(draw) }),
});

/** Options of layers with a kernel, biases and an activation function. */
const weighted = (draw: Draw) => ({ ...biased(draw), ...kernelRules(draw), ...(draw.chance(0.7) && activated(draw)) });

const windowSize = (draw: Draw, most: number) =>
  draw.chance(0.3) ? ([1 + draw.integer(most), 1 + draw.integer(most)] as const) : 1 + draw.integer(most);

/** Strides or dilation: both at once are refused. */
const moving = <Size>(draw: Draw, size: (most: number) => Size) =>
  draw.chance(0.4) ? { strides: size(3) } : draw.chance(0.3) ? { dilationRate: size(2) } : {};

const picture = (draw: Draw) => ({
  ...moving(draw, (most) => windowSize(draw, most)),
  padding: draw.pick<"valid" | "same" | WindowSize>("valid", "same", "same", 1, [0, 1]),
});

const pooling1d = (draw: Draw) => ({
  ...common(draw),
  ...draw.some({ poolSize: 1 + draw.integer(3), strides: 1 + draw.integer(3), padding: "same" as const }),
});

const pooling2d = (draw: Draw) => ({
  ...common(draw),
  ...draw.some({ poolSize: windowSize(draw, 3), strides: windowSize(draw, 3), padding: "same" as const }),
});

const recurrent = (draw: Draw) => ({
  ...biased(draw),
  ...kernelRules(draw),
  ...draw.some({ returnSequences: true, goBackwards: true, recurrentRegularizer: regularizer(draw) }),
  ...(draw.chance(0.2) && { dropout: 0.3, recurrentDropout: 0.2 }),
  ...(draw.chance(0.5) && { activation: draw.pick<ActivationName>("tanh", "relu", "softsign") }),
});

const gated = (draw: Draw) => ({
  ...recurrent(draw),
  ...draw.some({ recurrentActivation: draw.pick<ActivationName>("hardSigmoid", "sigmoid") }),
});

const depthwise = (draw: Draw) => ({
  ...biased(draw),
  ...(draw.chance(0.7) && activated(draw)),
  ...picture(draw),
  ...draw.some({ depthMultiplier: 2, depthwiseRegularizer: regularizer(draw), depthwiseInitializer: "heNormal" }),
});

/** For samples of so many axes. */
const ofRank =
  (rank: number, make: (draw: Draw, shape: Shape) => Layer): MakeLayer =>
  (shape, draw) =>
    shape.length === rank ? make(draw, shape) : null;

const features = (shape: Shape) => shape.at(-1) ?? 1;
const sizeOf = (shape: Shape) => shape.reduce((size, length) => size * length, 1);

/** Every layer but those that join, by name: one that is new does not compile before it stands here. */
const makers: Readonly<Record<Exclude<keyof typeof layers, MergeName>, MakeLayer>> = {
  dense: (_shape, draw) => layers.dense(width(draw), weighted(draw)),
  activation: (_shape, draw) =>
    draw.chance(0.3)
      ? layers.activation(draw.pick("prelu", "softmax"), common(draw))
      : layers.activation(draw.pick(...smooth), common(draw)),
  reshape: (shape, draw) => {
    const size = sizeOf(shape);
    const rows = draw.pick(1, ...[2, 3, 4, 5, 7, 9].filter((count) => size % count === 0));
    return layers.reshape(draw.pick([-1], [rows, -1], [rows, size / rows], [1, rows, -1]));
  },
  flatten: (_shape, draw) => layers.flatten(common(draw)),
  dropout: (_shape, draw) => layers.dropout(draw.uniform(0.1, 0.7), draw.some({ seed: draw.integer(99) })),
  spatialDropout1d: ofRank(2, (draw) =>
    layers.spatialDropout1d(draw.uniform(0.1, 0.7), draw.some({ seed: draw.integer(99) })),
  ),
  spatialDropout2d: ofRank(3, (draw) =>
    layers.spatialDropout2d(draw.uniform(0.1, 0.7), draw.some({ seed: draw.integer(99) })),
  ),
  gaussianNoise: (_shape, draw) => layers.gaussianNoise(draw.uniform(0.1, 0.7), draw.some({ seed: draw.integer(99) })),
  batchNorm: (_shape, draw) =>
    layers.batchNorm({
      ...common(draw),
      ...draw.some({
        momentum: 0.7,
        center: false,
        scale: false,
        convention: "torch" as const,
        gammaInitializer: "randomNormal",
      }),
    }),
  layerNorm: (_shape, draw) =>
    layers.layerNorm({
      ...common(draw),
      ...draw.some({ epsilon: 0.01, center: false, scale: false, gammaRegularizer: regularizer(draw) }),
    }),
  rmsNorm: (_shape, draw) => layers.rmsNorm({ ...common(draw), ...draw.some({ epsilon: 0.01, scale: false }) }),
  conv1d: ofRank(2, (draw) =>
    layers.conv1d(width(draw), 1 + draw.integer(3), {
      ...weighted(draw),
      ...moving(draw, (most) => 1 + draw.integer(most)),
      padding: draw.pick<"valid" | "same" | "causal" | number>("valid", "same", "causal", 1),
    }),
  ),
  conv2d: ofRank(3, (draw) => layers.conv2d(width(draw), windowSize(draw, 3), { ...weighted(draw), ...picture(draw) })),
  conv2dTranspose: ofRank(3, (draw) =>
    layers.conv2dTranspose(1 + draw.integer(5), windowSize(draw, 3), {
      ...weighted(draw),
      ...draw.some({ strides: windowSize(draw, 2), padding: "same" as const }),
    }),
  ),
  depthwiseConv2d: ofRank(3, (draw) => layers.depthwiseConv2d(windowSize(draw, 3), depthwise(draw))),
  separableConv2d: ofRank(3, (draw) => layers.separableConv2d(width(draw), windowSize(draw, 3), depthwise(draw))),
  maxPooling1d: ofRank(2, (draw) => layers.maxPooling1d(pooling1d(draw))),
  averagePooling1d: ofRank(2, (draw) => layers.averagePooling1d(pooling1d(draw))),
  globalMaxPooling1d: ofRank(2, (draw) => layers.globalMaxPooling1d(common(draw))),
  globalAveragePooling1d: ofRank(2, (draw) => layers.globalAveragePooling1d(common(draw))),
  maxPooling2d: ofRank(3, (draw) => layers.maxPooling2d(pooling2d(draw))),
  averagePooling2d: ofRank(3, (draw) => layers.averagePooling2d(pooling2d(draw))),
  globalMaxPooling2d: ofRank(3, (draw) => layers.globalMaxPooling2d(common(draw))),
  globalAveragePooling2d: ofRank(3, (draw) => layers.globalAveragePooling2d(common(draw))),
  permute: (shape, draw) => {
    const axes = shape.map((_, axis) => axis + 1);
    return layers.permute(draw.pick(axes, axes.toReversed()), common(draw));
  },
  repeatVector: ofRank(1, (draw) => layers.repeatVector(1 + draw.integer(4), common(draw))),
  upSampling1d: ofRank(2, (draw) => layers.upSampling1d(1 + draw.integer(3), common(draw))),
  upSampling2d: ofRank(3, (draw) => layers.upSampling2d(windowSize(draw, 3), common(draw))),
  zeroPadding1d: ofRank(2, (draw) =>
    layers.zeroPadding1d(draw.pick<number | readonly [number, number]>(1, 2, [0, 3]), common(draw)),
  ),
  zeroPadding2d: ofRank(3, (draw) =>
    layers.zeroPadding2d(
      draw.pick<ZeroPaddingSize>(
        1,
        [0, 2],
        [
          [1, 0],
          [2, 1],
        ],
      ),
      common(draw),
    ),
  ),
  // The ids that graphs of ids begin with.
  embedding: () => null,
  simpleRnn: ofRank(2, (draw) => layers.simpleRnn(width(draw), recurrent(draw))),
  lstm: ofRank(2, (draw) => layers.lstm(width(draw), { ...gated(draw), ...draw.some({ unitForgetBias: false }) })),
  gru: ofRank(2, (draw) => layers.gru(width(draw), { ...gated(draw), ...draw.some({ resetAfter: false }) })),
  bidirectional: ofRank(2, (draw) =>
    layers.bidirectional(
      layers[draw.pick("simpleRnn", "lstm", "gru")](1 + draw.integer(5), { returnSequences: draw.chance(0.5) }),
      { ...common(draw), mergeMode: draw.pick("concat", "sum", "mul", "ave") },
    ),
  ),
  multiHeadAttention: ofRank(2, (draw) =>
    layers.multiHeadAttention({
      ...common(draw),
      ...{ numHeads: 1 + draw.integer(3), keyDim: draw.pick(1, 3, 4, 5) },
      ...draw.some({ valueDim: draw.pick(1, 3, 5), useBias: false, causal: true }),
      ...(draw.chance(0.2) && { dropout: 0.3 }),
    }),
  ),
  residual: (shape, draw) => {
    const isProjected = draw.chance(0.4);
    const inner = layers.dense(isProjected ? width(draw) : features(shape), weighted(draw));
    return draw.chance(0.5)
      ? layers.residual([inner], { projection: isProjected })
      : layers.residual([layers.dense(width(draw), activated(draw)), inner], { projection: isProjected });
  },
  custom: (shape, draw) =>
    draw.pick(
      layers.custom({
        weights: { factor: { shape: [features(shape)], initializer: "ones" } },
        forward: (x, { factor }) => x.mul(factor).sin(),
      }),
      layers.custom({
        weights: { matrix: { shape: [features(shape), 3] }, shift: { shape: [3], initializer: "randomNormal" } },
        forward: (x, { matrix, shift }) => x.matmul(matrix).add(shift).tanh(),
      }),
      layers.custom({ forward: (x) => x.sub(x.mean(-1, { keepAxes: true })) }),
    ),
};

/** The layers that take one input. */
export const layerNames = Object.keys(makers) as readonly (keyof typeof makers)[];

/** One of a kind, if there is one for such samples. */
export function randomLayerOf(name: keyof typeof makers, shape: Shape, draw: Draw): Layer | null {
  return makers[name](shape, draw);
}

/** A layer that may take such samples. */
export function randomLayer(shape: Shape, draw: Draw): Layer {
  for (;;) {
    // Dense layers more often: they are in every network, and several of their forms are joined in plans.
    const made = makers[draw.chance(0.15) ? "dense" : draw.pick(...layerNames)](shape, draw);
    if (made !== null) return made;
  }
}
