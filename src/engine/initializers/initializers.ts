// How weights start: each initializer fills an array of a given shape from a seeded stream.

import { checkedNumber, checkOptions, describeValue, ShapeError, UnknownNameError, ValueError } from "../errors.ts";
import { type Floats, maths } from "../intrinsics.ts";
import { withKnownMembers } from "../members.ts";
import { findName, type OpenName } from "../names.ts";
import type { Random } from "../random.ts";
import { newFloats, type Shape, sizeOf } from "../shape.ts";
import { orthogonalMatrix } from "./orthogonal.ts";

/** A way to start weights. */
export interface Initializer {
  readonly name: string;
  /** The starting values for weights of this shape. */
  make(shape: Shape, random: Random): Floats;
}

/** How many inputs and outputs each unit has. For `[…window, in, out]` the window counts for both; a vector `[n]` has n of each. */
export function fanOf(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const window = sizeOf(shape.slice(0, -2));
  return { fanIn: window * (shape.at(-2) ?? 1), fanOut: window * (shape.at(-1) ?? 1) };
}

// A normal distribution cut at two standard deviations has this share of its standard deviation left.
const truncatedShare = 0.8796256610342398;

type Fan = "fanIn" | "average";

/** Variance `scale / n`, n the number of inputs or the mean of inputs and outputs. */
function scaling(name: string, scale: number, fan: Fan, distribution: "uniform" | "normal"): Initializer {
  return {
    name,
    make(shape, random) {
      const { fanIn, fanOut } = fanOf(shape);
      const deviation = maths.sqrt(scale / maths.max(1, fan === "fanIn" ? fanIn : (fanIn + fanOut) / 2));
      if (distribution === "uniform") {
        const limit = maths.sqrt(3) * deviation;
        return fill(shape, () => random.uniform(-limit, limit));
      }
      return fill(shape, () => random.truncatedNormal(0, deviation / truncatedShare));
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
  readonly mean?: number;
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
  for (const [name, value] of Object.entries(settled)) checkedNumber(op, name, value);
  return settled;
}

/** Ways to start weights: `kernelInitializer: initializers.heNormal()` or just `"heNormal"`. */
export const initializers = withKnownMembers("initializer", {
  /** All 0: the usual start of biases. As a kernel it makes all units the same for ever. */
  zeros: (): Initializer => initializers.constant(0, "zeros"),
  /** All 1. */
  ones: (): Initializer => initializers.constant(1, "ones"),
  /** All the same number. */
  constant: (value = 0, name = "constant"): Initializer => {
    checkedNumber("initializers.constant", "the value", value);
    return { name, make: (shape) => fill(shape, () => value) };
  },
  /** Uniform from `min` to `max`; −0.05 to 0.05 by default. */
  randomUniform: (options: { readonly min?: number; readonly max?: number } = {}): Initializer => {
    const { min, max } = numberOptions("randomUniform", options, { min: -0.05, max: 0.05 });
    return { name: "randomUniform", make: (shape, random) => fill(shape, () => random.uniform(min, max)) };
  },
  /** Normal; mean 0 and standard deviation 0.05 by default. */
  randomNormal: (options: NormalOptions = {}): Initializer => {
    const { mean, standardDeviation } = numberOptions("randomNormal", options, normalDefaults);
    return {
      name: "randomNormal",
      make: (shape, random) => fill(shape, () => random.normal(mean, standardDeviation)),
    };
  },
  /** Normal, cut at two standard deviations; mean 0 and standard deviation 0.05 (before the cut) by default. */
  truncatedNormal: (options: NormalOptions = {}): Initializer => {
    const { mean, standardDeviation } = numberOptions("truncatedNormal", options, normalDefaults);
    return {
      name: "truncatedNormal",
      make: (shape, random) => fill(shape, () => random.truncatedNormal(mean, standardDeviation)),
    };
  },
  /** Uniform within ±√(6 / (in + out)) (Glorot & Bengio 2010, eq. 16): for sigmoid, tanh and softmax. The default of kernels. */
  glorotUniform: (): Initializer => scaling("glorotUniform", 1, "average", "uniform"),
  /** Normal (cut at 2σ) with variance 2 / (in + out): for sigmoid, tanh and softmax. */
  glorotNormal: (): Initializer => scaling("glorotNormal", 1, "average", "normal"),
  /** Uniform within ±√(6 / in) (He et al. 2015): for ReLU and its family. */
  heUniform: (): Initializer => scaling("heUniform", 2, "fanIn", "uniform"),
  /** Normal (cut at 2σ) with variance 2 / in (He et al. 2015): for ReLU and its family. */
  heNormal: (): Initializer => scaling("heNormal", 2, "fanIn", "normal"),
  /** Uniform within ±√(3 / in) (LeCun et al. 1998). */
  lecunUniform: (): Initializer => scaling("lecunUniform", 1, "fanIn", "uniform"),
  /** Normal (cut at 2σ) with variance 1 / in (LeCun et al. 1998): for SELU. */
  lecunNormal: (): Initializer => scaling("lecunNormal", 1, "fanIn", "normal"),
  /** Columns (or rows, whichever are fewer) at right angles and of length `gain` (Saxe et al. 2014). */
  orthogonal: (options: { readonly gain?: number } = {}): Initializer => {
    const { gain } = numberOptions("orthogonal", options, { gain: 1 });
    return {
      name: "orthogonal",
      make(shape, random) {
        if (shape.length < 2)
          throw new ShapeError({ op: "orthogonal", what: "a shape", expected: "of at least two axes", got: shape });
        return orthogonalMatrix(sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1, gain, random);
      },
    };
  },
} as const);

/** The name of an initializer. */
export type InitializerName = keyof typeof initializers;

/** What a layer takes for one: a name or an initializer. */
export type InitializerOption = OpenName<InitializerName> | Initializer;

export const initializerNames = Object.keys(initializers) as readonly InitializerName[];

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
};

/** The initializer an option means. @throws UnknownNameError with the nearest right name. */
export function resolveInitializer(option: InitializerOption): Initializer {
  if (typeof option === "object" && option !== null && typeof option.make === "function") return option;
  if (typeof option !== "string")
    throw new ValueError({
      op: "initializer",
      expected: 'a name such as "heNormal", or initializers.heNormal()',
      got: describeValue(option),
    });
  const known = findName(option, initializerNames, aliases);
  if (known === null)
    throw new UnknownNameError({ what: "initializer", unknown: option, known: initializerNames, aliases });
  return initializers[known]();
}
