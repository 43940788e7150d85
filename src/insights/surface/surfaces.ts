// Functions of two numbers on which optimizers are known to behave differently, with the range worth seeing and rates that suit it.

import type { Tensor } from "../../engine/index.ts";

export interface KnownSurface {
  /** The name in words. */
  readonly label: string;
  readonly formula: string;
  /** Where it, or why it matters to optimizers, was published. */
  readonly source: string | null;
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  readonly start: readonly [x: number, y: number];
  readonly minima: readonly (readonly [x: number, y: number])[];
  /** Number by number, also for many places at once. */
  readonly f: (x: Tensor, y: Tensor) => Tensor;
  /** Learning rates, by optimizer, with which 400 steps show how it moves here. */
  readonly rates: Readonly<Record<string, number>>;
}

export const knownSurfaces = {
  rosenbrock: {
    label: "Rosenbrock",
    formula: "f = (1 − x)² + 100·(y − x²)²",
    source: "Rosenbrock 1960",
    x: [-1.9, 1.7],
    y: [-0.7, 2.1],
    start: [-1.3, 1.4],
    minima: [[1, 1]],
    f: (x, y) => x.neg().add(1).square().add(y.sub(x.square()).square().mul(100)),
    rates: {
      sgd: 0.001,
      momentum: 0.0003,
      nesterov: 0.0003,
      adagrad: 0.3,
      rmsprop: 0.01,
      adam: 0.06,
      nadam: 0.06,
      rAdam: 0.005,
    },
  },
  beale: {
    label: "Beale",
    formula: "f = (1.5 − x + x·y)² + (2.25 − x + x·y²)² + (2.625 − x + x·y³)²",
    source: "Beale 1958",
    x: [-0.6, 4.2],
    y: [-1.75, 1.9],
    start: [1.1, 1.55],
    minima: [[3, 0.5]],
    f: (x, y) => {
      const part = (constant: number, power: number) => x.mul(y.pow(power).sub(1)).add(constant).square();
      return part(1.5, 1).add(part(2.25, 2)).add(part(2.625, 3));
    },
    rates: {
      sgd: 0.005,
      momentum: 0.0012,
      nesterov: 0.0012,
      adagrad: 0.3,
      rmsprop: 0.01,
      adam: 0.08,
      nadam: 0.08,
      rAdam: 0.005,
    },
  },
  himmelblau: {
    label: "Himmelblau",
    formula: "f = (x² + y − 11)² + (x + y² − 7)²",
    source: "Himmelblau 1972",
    x: [-5.5, 5.5],
    y: [-5, 5],
    start: [-0.4, -1.1],
    minima: [
      [3, 2],
      [-2.805118, 3.131312],
      [-3.77931, -3.283186],
      [3.584428, -1.848126],
    ],
    f: (x, y) => x.square().add(y).sub(11).square().add(y.square().add(x).sub(7).square()),
    rates: {
      sgd: 0.002,
      momentum: 0.0015,
      nesterov: 0.0015,
      adagrad: 0.4,
      rmsprop: 0.02,
      adam: 0.1,
      nadam: 0.1,
      rAdam: 0.04,
    },
  },
  saddle: {
    label: "saddle",
    formula: "f = x² − y²",
    source: "Dauphin et al. 2014",
    x: [-2, 2],
    y: [-1.6, 1.6],
    start: [-1.7, 0.001],
    minima: [],
    f: (x, y) => x.square().sub(y.square()),
    rates: {
      sgd: 0.01,
      momentum: 0.005,
      nesterov: 0.005,
      adagrad: 0.1,
      rmsprop: 0.01,
      adam: 0.02,
      nadam: 0.02,
      rAdam: 0.04,
    },
  },
  ravine: {
    label: "ravine",
    formula: "f = (x² + 40·y²) / 2",
    source: "Polyak 1964",
    x: [-4, 4],
    y: [-1.3, 1.3],
    start: [-3.5, 1],
    minima: [[0, 0]],
    f: (x, y) => x.square().add(y.square().mul(40)).div(2),
    rates: {
      sgd: 0.045,
      momentum: 0.005,
      nesterov: 0.005,
      adagrad: 0.4,
      rmsprop: 0.02,
      adam: 0.05,
      nadam: 0.05,
      rAdam: 0.08,
    },
  },
  plateau: {
    label: "plateau",
    formula: "f = 1 − exp(−(x² + y²) / 4)",
    source: null,
    x: [-5, 5],
    y: [-4, 4],
    start: [-3.6, 2.2],
    minima: [[0, 0]],
    f: (x, y) => x.square().add(y.square()).div(-4).exp().neg().add(1),
    rates: {
      sgd: 0.1,
      momentum: 0.05,
      nesterov: 0.05,
      adagrad: 0.1,
      rmsprop: 0.01,
      adam: 0.03,
      nadam: 0.03,
      rAdam: 0.05,
    },
  },
} as const satisfies Readonly<Record<string, KnownSurface>>;

/** The name of a surface: "rosenbrock", "beale" … */
export type SurfaceName = keyof typeof knownSurfaces;

export const surfaceNames = Object.keys(knownSurfaces) as readonly SurfaceName[];

/**
 * Optimizers that take the rate of another: those of Adam's family make steps of Adam's size, Lion's are all alike as RMSprop's nearly
 * are. Not RAdam: its first five steps are gradient descent's (Liu et al. 2020), and must not leave the picture.
 */
const kin: Readonly<Record<string, string>> = {
  adamW: "adam",
  amsgrad: "adam",
  adamax: "adam",
  lion: "rmsprop",
};
/** Adadelta finds the size of its steps by itself, from steps near 0 on: ten times the rate of 1 that the paper has shows it moving. */
const adadeltaRate = 10;

/** The rate with which an optimizer moves well where these are known to suit; `null` for one that is none of these. */
export function suitingRate(name: string, rates: Readonly<Record<string, number>>): number | null {
  const like = kin[name] ?? name;
  return name === "adadelta" ? adadeltaRate : (rates[like] ?? ratesAnywhere[like] ?? null);
}

/** Rates for a function nobody knows here: small beside a picture a few units wide. */
const ratesAnywhere: Readonly<Record<string, number>> = {
  sgd: 0.01,
  momentum: 0.005,
  nesterov: 0.005,
  adagrad: 0.3,
  rmsprop: 0.02,
  adam: 0.05,
  nadam: 0.05,
  rAdam: 0.02,
};
