// The self-test of the SIMD routines: the same computations on them and on the plain backend, and how fast a product is.
// It changes which backend computes, so it runs in a process that is started for it alone.

import {
  type ActivationName,
  activationNames,
  activations,
  layers,
  Random,
  sequential,
  type Tensor,
  tensor,
  useBackend,
} from "../engine/index.ts";
import type { VectorReport } from "../shared/kernelProtocol.ts";

/** Results may differ by this much of their own size, and by a tenth of it of the largest beside them (sums are made in another order). */
const tolerance = 1e-4;
/** A product of this size stays in the caches, and takes much longer than the calls around it. */
const speedSize = 512;
const speedMs = 250;

/** What one computation gave. */
interface Outcome {
  readonly what: string;
  readonly numbers: readonly number[];
}

/** Runs it: takes about half a second. `now` in milliseconds. */
export async function testVectors(now: () => number): Promise<VectorReport> {
  useBackend("plain");
  const wanted = await outcomes();
  const backend = useBackend("simd");
  const got = await outcomes();
  return {
    backend,
    compared: wanted.reduce((sum, { numbers }) => sum + numbers.length, 0),
    mismatch: firstMismatch(wanted, got),
    gigaflops: productSpeed(now),
  };
}

/** The first number that is out of tolerance; `null` when all agree. */
export function firstMismatch(wanted: readonly Outcome[], got: readonly Outcome[]): VectorReport["mismatch"] {
  for (const [index, { what, numbers }] of wanted.entries()) {
    const others = got[index]?.numbers ?? [];
    const largest = numbers.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const room = (tolerance / 10) * largest;
    for (const [place, want] of numbers.entries()) {
      const value = others[place] ?? Number.NaN;
      const isSame = Object.is(value, want) || Math.abs(value - want) <= tolerance * Math.abs(want) + room;
      if (!isSame) return { what, wanted: want, got: value };
    }
  }
  return null;
}

async function outcomes(): Promise<readonly Outcome[]> {
  return [...products(), ...functions(), ...(await trainings())];
}

/** Odd sizes, sizes of a tile, and one that is cut into blocks. */
const productSizes = [
  [1, 1, 1],
  [3, 5, 7],
  [17, 9, 33],
  [6, 256, 8],
  [64, 64, 64],
  [100, 801, 40],
] as const;

/** Products with their gradients, which are products with one side turned. */
function products(): readonly Outcome[] {
  return productSizes.flatMap(([rows, inner, columns]) => {
    const random = new Random(rows);
    const a = tensor(random.normalFloats(rows * inner), { shape: [rows, inner], requiresGrad: true });
    const b = tensor(random.normalFloats(inner * columns), { shape: [inner, columns], requiresGrad: true });
    const product = a.matmul(b);
    product.square().mean().backward();
    const what = `${rows} × ${inner} × ${columns}`;
    return [
      { what: `matmul ${what}`, numbers: numbersOf(product) },
      { what: `gradients of matmul ${what}`, numbers: [...numbersOf(a.grad), ...numbersOf(b.grad)] },
    ];
  });
}

/** Every activation function and its slope, over an odd number of values. */
function functions(): readonly Outcome[] {
  const values = Array.from({ length: 1001 }, (_, index) => (index - 500) / 40);
  return activationNames.map((name: ActivationName) => {
    const x = tensor(values, { shape: [7, 143], requiresGrad: true });
    const y = name === "prelu" ? activations.prelu(x, 0.25) : activations[name](x);
    // The step function has no slope to go back by.
    if (name !== "step") y.square().sum().backward();
    return { what: name, numbers: [...numbersOf(y), ...numbersOf(x.grad)] };
  });
}

/** A few planned steps of a small network of each kind. */
async function trainings(): Promise<readonly Outcome[]> {
  const random = new Random(5);
  const images = tensor(random.normalFloats(24 * 9 * 9), { shape: [24, 9, 9, 1] });
  const series = tensor(random.normalFloats(24 * 6 * 3), { shape: [24, 6, 3] });
  const classes = tensor(Array.from({ length: 24 }, (_, index) => index % 3));
  const dense = () => layers.dense(3, { activation: "softmax" });
  return [
    await training("dense layers", series, classes, [
      layers.flatten(),
      layers.dense(33, { activation: "tanh" }),
      dense(),
    ]),
    await training("a convolution", images, classes, [
      layers.conv2d(5, 3, { activation: "sigmoid" }),
      layers.averagePooling2d(2),
      layers.flatten(),
      dense(),
    ]),
    await training("an LSTM", series, classes, [layers.lstm(9), layers.layerNorm(), dense()]),
  ];
}

async function training(
  what: string,
  xs: Tensor,
  ys: Tensor,
  parts: Parameters<typeof sequential>[0],
): Promise<Outcome> {
  const model = sequential(parts);
  // Without momentum: Adam would make much of gradients that are nearly 0.
  model.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
  const run = await model.fit(xs, ys, { epochs: 3, batchSize: 8, seed: 3 });
  return { what, numbers: [...run.loss, ...numbersOf(model.predict(xs))] };
}

function numbersOf(values: Tensor | null): readonly number[] {
  return values === null ? [] : [...values.data];
}

/** Billions of multiplications and additions in a second, in the best of some products. */
function productSpeed(now: () => number): number {
  const square = tensor(new Random(1).normalFloats(speedSize ** 2), [speedSize, speedSize]);
  const start = now();
  let best = Number.POSITIVE_INFINITY;
  while (now() - start < speedMs) {
    const before = now();
    square.matmul(square);
    best = Math.min(best, now() - before);
  }
  return (2 * speedSize ** 3) / (best * 1e6);
}
