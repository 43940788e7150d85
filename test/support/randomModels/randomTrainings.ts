// Random models with a loss, an optimizer and data that go with them, made again and again from one seed.

import {
  type ActivationName,
  type Layer,
  type Loss,
  layers,
  losses,
  lossNames,
  type Model,
  type Optimizer,
  optimizers,
  Random,
  type Tensor,
  tensor,
} from "../../../src/engine/index.ts";
import { Draw } from "./draw.ts";
import { type GivenInput, modelOf, randomGraph } from "./randomGraphs.ts";

/** Everything of a training but how it is carried out. */
export interface RandomTraining {
  /** For the message of a failed test. */
  readonly name: string;
  /** The model, compiled, as it is before the first step. */
  readonly make: () => Model<Tensor[]>;
  readonly modelSeed: number;
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  /** How much each example counts, or `null`. */
  readonly weights: Tensor | null;
  readonly batchSize: number;
}

const batchSizes = [1, 3, 5, 7, 9, 17] as const;

interface LossForm {
  readonly make: () => Loss;
  readonly activation: ActivationName;
  /** Targets of examples with so many features. */
  readonly targets: (draw: Draw, features: number) => number[];
}

const someValues = (draw: Draw, features: number) => Array.from({ length: features }, () => draw.uniform(0.1, 0.9));
const someBits = (draw: Draw, features: number) => Array.from({ length: features }, () => draw.integer(2));
const oneOfAll = (draw: Draw, features: number) => {
  const right = draw.integer(features);
  return Array.from({ length: features }, (_, index) => (index === right ? 1 : 0));
};
const shares = (draw: Draw, features: number) => {
  const values = someValues(draw, features);
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
};

/** A form of each loss: one that is new is missed by a test. */
export const lossForms: Readonly<Record<string, readonly LossForm[]>> = {
  mse: [{ make: () => losses.mse(), activation: "linear", targets: someValues }],
  mae: [{ make: () => losses.mae(), activation: "linear", targets: someValues }],
  huber: [{ make: () => losses.huber({ delta: 0.4 }), activation: "tanh", targets: someValues }],
  smoothL1: [{ make: () => losses.smoothL1({ beta: 0.3 }), activation: "linear", targets: someValues }],
  logCosh: [{ make: () => losses.logCosh(), activation: "linear", targets: someValues }],
  msle: [{ make: () => losses.msle(), activation: "sigmoid", targets: someValues }],
  mape: [{ make: () => losses.mape(), activation: "sigmoid", targets: someValues }],
  hinge: [{ make: () => losses.hinge(), activation: "tanh", targets: someBits }],
  squaredHinge: [{ make: () => losses.squaredHinge(), activation: "linear", targets: someBits }],
  categoricalHinge: [{ make: () => losses.categoricalHinge(), activation: "linear", targets: oneOfAll }],
  binaryCrossentropy: [
    { make: () => losses.binaryCrossentropy({ labelSmoothing: 0.1 }), activation: "sigmoid", targets: someBits },
    { make: () => losses.binaryCrossentropy({ fromLogits: true }), activation: "linear", targets: someBits },
    { make: () => losses.binaryCrossentropy({ positiveWeight: 3 }), activation: "sigmoid", targets: someBits },
  ],
  binaryFocalCrossentropy: [{ make: () => losses.binaryFocalCrossentropy(), activation: "sigmoid", targets: someBits }],
  categoricalCrossentropy: [
    { make: () => losses.categoricalCrossentropy(), activation: "softmax", targets: oneOfAll },
    { make: () => losses.categoricalCrossentropy({ normalize: false }), activation: "softmax", targets: oneOfAll },
    { make: () => losses.categoricalCrossentropy({ fromLogits: true }), activation: "linear", targets: shares },
  ],
  sparseCategoricalCrossentropy: [
    {
      make: () => losses.sparseCategoricalCrossentropy(),
      activation: "softmax",
      targets: (draw, features) => [draw.integer(features)],
    },
  ],
  klDivergence: [{ make: () => losses.klDivergence(), activation: "softmax", targets: shares }],
  poisson: [{ make: () => losses.poisson(), activation: "softplus", targets: someValues }],
  cosineSimilarity: [{ make: () => losses.cosineSimilarity(), activation: "linear", targets: someValues }],
  custom: [
    {
      make: () => losses.custom((predictions, targets) => predictions.sub(targets).pow(4).mean()),
      activation: "sigmoid",
      targets: someValues,
    },
  ],
};

/** A rule with random options: all of the catalogue come up. */
function randomOptimizer(draw: Draw): Optimizer {
  const name = draw.pick(...(Object.keys(optimizers) as (keyof typeof optimizers)[]));
  const common = {
    learningRate: draw.chance(0.3) ? (step: number) => 0.02 / (1 + step) : 0.01,
    ...draw.some({ weightDecay: 0.01, convention: "torch" as const }),
    ...(draw.chance(0.3) && draw.pick({ clipValue: 0.02 }, { clipNorm: 0.1 }, { globalClipNorm: 0.1 })),
  };
  if (name === "sgd")
    return optimizers.sgd({ ...common, ...(draw.chance(0.7) && { momentum: 0.9, nesterov: draw.chance(0.5) }) });
  if (name === "rmsprop") return optimizers.rmsprop({ ...common, ...draw.some({ momentum: 0.5, centered: true }) });
  if (name === "adam") return optimizers.adam({ ...common, ...draw.some({ amsgrad: true, beta1: 0.5 }) });
  return optimizers[name](common);
}

export function randomTraining(seed: number): RandomTraining {
  const draw = new Draw(seed);
  const { given } = randomGraph(new Draw(seed));
  const batchSize = draw.pick(...batchSizes);
  const count = batchSize * (1 + draw.integer(2)) + draw.integer(batchSize + 1);
  const heads = Array.from({ length: draw.chance(0.2) ? 2 : 1 }, () => ({
    form: draw.pick(...(lossForms[draw.pick(...lossNames, "custom")] ?? [])),
    units: draw.pick(2, 3, 5),
  }));
  const lossWeights = heads.map(() => draw.pick(1, 0.3));
  const optimizerSeed = draw.integer(1000);
  const random = new Random(seed);
  const columns = heads.map(({ form, units }) => rows(count, () => form.targets(draw, units)));
  const weights = draw.chance(0.2) ? rows(count, () => draw.uniform(0, 2)) : null;
  const make = () => {
    const { inputs, end } = randomGraph(new Draw(seed));
    const outputs = heads.map(({ form, units }) => lastLayer(form, units).apply(end));
    const net = modelOf(inputs, outputs, seed);
    const optimizer = randomOptimizer(new Draw(optimizerSeed));
    const made = heads.map(({ form }) => form.make());
    const metrics = made.map(({ targetKind }) => (targetKind === "classNumbers" ? ["accuracy"] : ["mae"]));
    net.compile({ loss: made, lossWeights, optimizer, metrics });
    return net;
  };
  return {
    name: `seed ${seed}: ${make()
      .layers.map(({ type }) => type)
      .join(", ")}; ${make().compiled?.lossName}; ${make().compiled?.optimizer.name}`,
    make,
    modelSeed: seed,
    xs: given.map((each) => inputOf(each, count, random)),
    ys: columns.map((values) => tensor(values)),
    weights: weights === null ? null : tensor(weights),
    batchSize,
  };
}

function rows<Row>(count: number, make: () => Row): Row[] {
  return Array.from({ length: count }, make);
}

function lastLayer({ activation }: LossForm, units: number): Layer {
  return layers.dense(units, { activation });
}

function inputOf({ shape, ids }: GivenInput, count: number, random: Random): Tensor {
  const size = shape.reduce((product, length) => product * length, count);
  const numbers =
    ids === null ? random.uniformFloats(size, -1, 1) : Float32Array.from({ length: size }, () => random.integer(ids));
  return tensor(numbers, { shape: [count, ...shape] });
}
