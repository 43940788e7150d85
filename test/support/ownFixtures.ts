// Makes fixture files of shapes and numbers of its own: formulas in double precision, gradients by central differences.

import type { FixtureTensor } from "./fixtures.ts";

/** Numbers with a shape, in double precision. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Computes a layer's output from its inputs by their names. */
export type Formula = (inputs: Readonly<Record<string, Numbers>>) => Numbers;

const step = 1e-5;

/** Numbers on a grid of 1/256, the same for the same seed. */
export function gridNumbers(shape: readonly number[], seed: number): Numbers {
  let state = seed >>> 0;
  const data = Array.from({ length: sizeOf(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.round((state / 2 ** 32 - 0.5) * 512) / 256;
  });
  return { shape, data };
}

/** A case of `layers/*.json`: the gradients are those of `Σ upstream · y`. */
export function makeLayerCase(
  name: string,
  config: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, Numbers>>,
  formula: Formula,
) {
  const y = formula(inputs);
  const upstream = gridNumbers(y.shape, 99);
  const objective = (changed: Readonly<Record<string, Numbers>>) =>
    formula(changed).data.reduce((sum, value, at) => sum + value * (upstream.data[at] ?? 0), 0);
  const grads = Object.fromEntries(
    Object.entries(inputs).map(([key, { shape, data }]) => {
      const moved = (at: number, by: number) =>
        objective({
          ...inputs,
          [key]: { shape, data: data.map((value, place) => (place === at ? value + by : value)) },
        });
      return [key, { shape, data: data.map((_, at) => (moved(at, step) - moved(at, -step)) / (2 * step)) }];
    }),
  );
  return { name, config, inputs, outputs: { y }, upstream: { y: upstream }, grads } satisfies {
    readonly inputs: Readonly<Record<string, FixtureTensor>>;
    readonly [part: string]: unknown;
  };
}

/** A file of such cases. */
export function layerFile(cases: readonly unknown[]) {
  return { tolerance: { f32: { rtol: 2e-5, atol: 1e-5 } }, cases };
}

/** `tanh(x · kernel + bias)` over the last axis. */
export const denseTanh: Formula = ({ x, kernel, bias }) => {
  const [width, units] = pairOf(kernel);
  const rows = partOf(x).data.length / width;
  const data = Array.from({ length: rows * units }, (_, at) => {
    const [row, unit] = [Math.floor(at / units), at % units];
    let sum = partOf(bias).data[unit] ?? 0;
    for (let k = 0; k < width; k++) sum += numberAt(x, row * width + k) * numberAt(kernel, k * units + unit);
    return Math.tanh(sum);
  });
  return { shape: [...partOf(x).shape.slice(0, -1), units], data };
};

/** `gamma · (x − mean) / √(variance + epsilon) + beta` over the last axis. */
export const layerNorm =
  (epsilon: number): Formula =>
  ({ x, gamma, beta }) => {
    const { shape, data } = partOf(x);
    const width = shape.at(-1) ?? 1;
    const normalized = data.map((value, at) => {
      const row = data.slice(at - (at % width), at - (at % width) + width);
      const mean = row.reduce((sum, one) => sum + one, 0) / width;
      const variance = row.reduce((sum, one) => sum + (one - mean) ** 2, 0) / width;
      return (
        numberAt(gamma, at % width) * ((value - mean) / Math.sqrt(variance + epsilon)) + numberAt(beta, at % width)
      );
    });
    return { shape, data: normalized };
  };

/** One-dimensional convolution without padding: `[batch, length, channels]`, kernel `[size, channels, filters]`. */
export const convolution =
  (stride: number): Formula =>
  ({ x, kernel, bias }) => {
    const [batch = 1, length = 1, channels = 1] = partOf(x).shape;
    const [size = 1, , filters = 1] = partOf(kernel).shape;
    const steps = Math.floor((length - size) / stride) + 1;
    const data = Array.from({ length: batch * steps * filters }, (_, at) => {
      const filter = at % filters;
      const place = Math.floor(at / filters) % steps;
      const example = Math.floor(at / filters / steps);
      let sum = numberAt(bias, filter);
      for (let k = 0; k < size; k++)
        for (let c = 0; c < channels; c++)
          sum +=
            numberAt(x, (example * length + place * stride + k) * channels + c) *
            numberAt(kernel, (k * channels + c) * filters + filter);
      return sum;
    });
    return { shape: [batch, steps, filters], data };
  };

function partOf(numbers: Numbers | undefined): Numbers {
  if (numbers === undefined) throw new Error("The formula lacks an input.");
  return numbers;
}

function pairOf(numbers: Numbers | undefined): readonly [number, number] {
  const [rows = 1, columns = 1] = partOf(numbers).shape;
  return [rows, columns];
}

function numberAt(numbers: Numbers | undefined, place: number): number {
  return partOf(numbers).data[place] ?? Number.NaN;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
