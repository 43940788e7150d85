// How weights start: each initializer fills an array of a given shape from a seeded stream.

import { makingChecked } from "../checkedMakers.ts";
import { checkedNumber, checkOptions, describeValue, ShapeError, ValueError, withoutOptions } from "../errors.ts";
import { type Floats, maths } from "../intrinsics.ts";
import { withKnownMembers } from "../members.ts";
import { namedOption } from "../namedOption.ts";
import type { OpenName } from "../names.ts";
import type { Random } from "../random.ts";
import { remembering } from "../remake.ts";
import { newFloats, type Shape, sizeOf } from "../shape.ts";
import { checkedInitializer } from "./checkedInitializer.ts";
import { orthogonalMatrix } from "./orthogonal.ts";

/** A way to start weights. */
export interface Initializer {
  /** "glorotUniform", "constant" … */
  readonly name: string;
  /** The starting values for weights of this shape. */
  make(shape: Shape, random: Random): Floats;
}

/** How many inputs and outputs each unit has. For `[…window, in, out]` the window counts for both; a vector `[n]` has n of each. */
function fanOf(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const window = sizeOf(shape.slice(0, -2));
  return { fanIn: window * (shape.at(-2) ?? 1), fanOut: window * (shape.at(-1) ?? 1) };
}

// A normal distribution cut at two standard deviations has this share of its standard deviation left.
const truncatedShare = 0.8796256610342398;

/** What the variance is divided by: inputs, outputs, or the mean of both. */
type FanMode = "fanIn" | "fanOut" | "fanAvg";

/** How the numbers are drawn: evenly, or normally, cut at two standard deviations or not. */
type ScalingDistribution = "uniform" | "truncatedNormal" | "untruncatedNormal";

/** Options of `initializers.varianceScaling`. */
export interface VarianceScalingOptions {
  /** The variance is `scale / n`; 1 by default. */
  readonly scale?: number;
  /** What n counts: inputs (by default), outputs, or the mean of both. */
  readonly mode?: FanMode;
  /** `"truncatedNormal"` by default. The variance is that after the cut. */
  readonly distribution?: ScalingDistribution;
}

/** Variance `scale / n`, n the number of inputs, of outputs, or the mean of both. */
function scaling(name: string, scale: number, mode: FanMode, distribution: ScalingDistribution): Initializer {
  return {
    name,
    make(shape, random) {
      const { fanIn, fanOut } = fanOf(shape);
      const count = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
      const deviation = maths.sqrt(scale / maths.max(1, count));
      switch (distribution) {
        case "uniform": {
          const limit = maths.sqrt(3) * deviation;
          return random.fillUniform(newFloats(shape, "weights"), -limit, limit);
        }
        case "truncatedNormal":
          return fill(shape, () => random.truncatedNormal(0, deviation / truncatedShare));
        case "untruncatedNormal":
          return fill(shape, () => random.normal(0, deviation));
      }
    },
  };
}

function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const op = "initializers.varianceScaling";
  checkOptions(op, options, ["scale", "mode", "distribution"]);
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal" } = options;
  if (!(checkedNumber(op, "scale", scale) > 0))
    throw new ValueError({ op, expected: "scale above 0", got: String(scale) });
  const isMode = mode === "fanIn" || mode === "fanOut" || mode === "fanAvg";
  if (!isMode) throw new ValueError({ op, expected: 'mode "fanIn", "fanOut" or "fanAvg"', got: describeValue(mode) });
  if (distribution !== "uniform" && distribution !== "truncatedNormal" && distribution !== "untruncatedNormal")
    throw new ValueError({
      op,
      expected: 'distribution "uniform", "truncatedNormal" or "untruncatedNormal"',
      got: describeValue(distribution),
    });
  return scaling("varianceScaling", scale, mode, distribution);
}

function identityMatrix(options: { readonly gain?: number } = {}): Initializer {
  const { gain } = numberOptions("identity", options, { gain: 1 });
  return {
    name: "identity",
    make(shape) {
      const [rows = 0, columns = 0] = shape;
      if (shape.length !== 2)
        throw new ShapeError({ op: "identity", what: "a shape", expected: "of two axes", got: shape });
      const values = newFloats(shape, "weights");
      for (let index = 0; index < maths.min(rows, columns); index++) values[index * columns + index] = gain;
      return values;
    },
  };
}

function fill(shape: Shape, next: () => number): Floats {
  const values = newFloats(shape, "weights");
  for (let index = 0; index < values.length; index++) values[index] = next();
  return values;
}

/** Options of the normal initializers. */
interface NormalOptions {
  /** The middle of the distribution; 0 by default. */
  readonly mean?: number;
  /** How far the numbers spread, 0 or more; 0.05 by default. */
  readonly standardDeviation?: number;
}

const normalDefaults = { mean: 0, standardDeviation: 0.05 };

/** Numbers with their defaults. @throws ValueError or UnknownNameError */
function numberOptions<Name extends string>(
  initializer: string,
  options: Readonly<Partial<Record<Name, number>>>,
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const op = `initializers.${initializer}`;
  checkOptions(op, options, Object.keys(defaults));
  const settled = { ...defaults, ...options };
  for (const [name, value] of Object.entries<number>(settled)) {
    checkedNumber(op, name, value);
    if (name === "standardDeviation" && value < 0)
      throw new ValueError({ op, expected: "standardDeviation of 0 or more", got: String(value) });
  }
  return settled;
}

/** Ways to start weights: `kernelInitializer: initializers.heNormal()` or just `"heNormal"`. */
export const initializers = withKnownMembers(
  "initializer",
  remembering(
    "initializers",
    makingChecked(
      {
        /** All 0: the usual start of biases. As a kernel it makes all units the same for ever. */
        zeros: withoutOptions("initializers.zeros", (): Initializer => initializers.constant(0, "zeros")),
        /** All 1. */
        ones: withoutOptions("initializers.ones", (): Initializer => initializers.constant(1, "ones")),
        /**
         * All the same number; 0 by default.
         *
         * @example initializers.constant(0.1)
         */
        constant: (value = 0, name = "constant"): Initializer => {
          checkedNumber("initializers.constant", "the value", value);
          return { name, make: (shape) => fill(shape, () => value) };
        },
        /**
         * Uniform from `min` to `max`; −0.05 to 0.05 by default.
         *
         * @throws ValueError when `min` is above `max`.
         * @example initializers.randomUniform({ min: -1, max: 1 })
         */
        randomUniform: (options: { readonly min?: number; readonly max?: number } = {}): Initializer => {
          const { min, max } = numberOptions("randomUniform", options, { min: -0.05, max: 0.05 });
          if (min > max)
            throw new ValueError({
              op: "initializers.randomUniform",
              expected: "min up to max",
              got: `${min} and ${max}`,
            });
          return {
            name: "randomUniform",
            make: (shape, random) => random.fillUniform(newFloats(shape, "weights"), min, max),
          };
        },
        /**
         * Normal; mean 0 and standard deviation 0.05 by default.
         *
         * @throws ValueError for a standard deviation below 0.
         * @example initializers.randomNormal({ standardDeviation: 1 })
         */
        randomNormal: (options: NormalOptions = {}): Initializer => {
          const { mean, standardDeviation } = numberOptions("randomNormal", options, normalDefaults);
          return {
            name: "randomNormal",
            make: (shape, random) => fill(shape, () => random.normal(mean, standardDeviation)),
          };
        },
        /**
         * Normal, cut at two standard deviations; mean 0 and standard deviation 0.05 (before the cut) by default.
         *
         * @throws ValueError for a standard deviation below 0.
         * @example initializers.truncatedNormal({ standardDeviation: 0.1 })
         */
        truncatedNormal: (options: NormalOptions = {}): Initializer => {
          const { mean, standardDeviation } = numberOptions("truncatedNormal", options, normalDefaults);
          return {
            name: "truncatedNormal",
            make: (shape, random) => fill(shape, () => random.truncatedNormal(mean, standardDeviation)),
          };
        },
        /** Uniform within ±√(6 / (in + out)) (Glorot & Bengio 2010, eq. 16): for sigmoid, tanh and softmax. The default of kernels. */
        glorotUniform: withoutOptions(
          "initializers.glorotUniform",
          (): Initializer => scaling("glorotUniform", 1, "fanAvg", "uniform"),
        ),
        /** Normal (cut at 2σ) with variance 2 / (in + out): for sigmoid, tanh and softmax. */
        glorotNormal: withoutOptions(
          "initializers.glorotNormal",
          (): Initializer => scaling("glorotNormal", 1, "fanAvg", "truncatedNormal"),
        ),
        /** Uniform within ±√(6 / in) (He et al. 2015): for ReLU and its family. */
        heUniform: withoutOptions(
          "initializers.heUniform",
          (): Initializer => scaling("heUniform", 2, "fanIn", "uniform"),
        ),
        /** Normal (cut at 2σ) with variance 2 / in (He et al. 2015): for ReLU and its family. */
        heNormal: withoutOptions(
          "initializers.heNormal",
          (): Initializer => scaling("heNormal", 2, "fanIn", "truncatedNormal"),
        ),
        /** Uniform within ±√(3 / in) (LeCun et al. 1998). */
        lecunUniform: withoutOptions(
          "initializers.lecunUniform",
          (): Initializer => scaling("lecunUniform", 1, "fanIn", "uniform"),
        ),
        /** Normal (cut at 2σ) with variance 1 / in (LeCun et al. 1998): for SELU. */
        lecunNormal: withoutOptions(
          "initializers.lecunNormal",
          (): Initializer => scaling("lecunNormal", 1, "fanIn", "truncatedNormal"),
        ),
        /**
         * Any variance that follows the number of inputs or outputs: `scale / n`. Glorot, He and LeCun are cases of it.
         *
         * @example initializers.varianceScaling({ scale: 2, mode: "fanOut", distribution: "untruncatedNormal" })
         */
        varianceScaling,
        /**
         * 1 (or `gain`) on the diagonal, else 0: each unit starts by passing its own input on (Le, Jaitly & Hinton 2015).
         *
         * @throws ShapeError for weights of more or fewer than two axes, when the layer is built.
         * @example layers.simpleRnn(16, { activation: "relu", recurrentInitializer: initializers.identity({ gain: 0.9 }) })
         */
        identity: identityMatrix,
        /**
         * Columns (or rows, whichever are fewer) at right angles and of length `gain`, 1 by default (Saxe et al. 2014).
         *
         * @throws ShapeError for weights of one axis, when the layer is built.
         * @example initializers.orthogonal({ gain: 0.5 })
         */
        orthogonal: (options: { readonly gain?: number } = {}): Initializer => {
          const { gain } = numberOptions("orthogonal", options, { gain: 1 });
          return {
            name: "orthogonal",
            make(shape, random) {
              if (shape.length < 2)
                throw new ShapeError({
                  op: "orthogonal",
                  what: "a shape",
                  expected: "of at least two axes",
                  got: shape,
                });
              return orthogonalMatrix(sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1, gain, random);
            },
          };
        },
      } as const,
      checkedInitializer,
    ),
    { constant: 2 },
  ),
);

/** The name of an initializer. */
export type InitializerName = keyof typeof initializers;

/** What a layer takes for one: a name or an initializer. */
export type InitializerOption = OpenName<InitializerName> | Initializer;

const initializerNames = Object.keys(initializers) as readonly InitializerName[];

const aliases: Readonly<Record<string, InitializerName>> = {
  xavier: "glorotUniform",
  xavierUniform: "glorotUniform",
  xavierNormal: "glorotNormal",
  kaiming: "heNormal",
  kaimingUniform: "heUniform",
  kaimingNormal: "heNormal",
  uniform: "randomUniform",
  normal: "randomNormal",
  zero: "zeros",
  one: "ones",
  eye: "identity",
  he: "heNormal",
  glorot: "glorotUniform",
  lecun: "lecunNormal",
};

/** The initializer an option means. `name` is what errors call the option. @throws UnknownNameError with the nearest right name. */
export function resolveInitializer(option: InitializerOption, name = "initializer"): Initializer {
  if (typeof option === "object" && option !== null && typeof option.make === "function") return option;
  const expected = 'a name such as "heNormal", or initializers.heNormal()';
  return initializers[namedOption(option, { what: name, known: initializerNames, aliases, expected })]();
}
