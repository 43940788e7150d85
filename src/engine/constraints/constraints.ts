// Constraints: where weights may be, kept to after each update.

import { backend } from "../backend/current.ts";
import { stretchedStrides } from "../backend/walk.ts";
import { checkedNumber, checkOptions, describeValue, ShapeError, ValueError, withoutOptions } from "../errors.ts";
import { Floats } from "../intrinsics.ts";
import { withKnownMembers } from "../members.ts";
import { namedOption } from "../namedOption.ts";
import type { OpenName } from "../names.ts";
import { type Axes, reducedAxes } from "../ops/reduce.ts";
import { remembering } from "../remake.ts";
import { checkShape, formatShape, reducedShape, type Shape, sizeOf } from "../shape.ts";

/** A set of weights that are allowed, and the way to the nearest of them. */
export interface Constraint {
  /** Tells it from a name. */
  readonly kind: "constraint";
  /** "maxNorm", "nonNeg" … */
  readonly name: string;
  /** In words: "length of at most 2". */
  readonly rule: string;
  /** Moves weights of this shape, in place, to where they are allowed. */
  apply(weights: Floats, shape: Shape): void;
  /** Refuses a shape it cannot work with, when a layer makes its weights. @throws ShapeError or ValueError */
  check?(shape: Shape): void;
}

/** Options of the constraints on lengths. */
export interface LengthOptions {
  /**
   * The axes along which numbers form one vector; 0 by default: the incoming weights of each unit of a dense layer. For
   * the filters of a 2-D convolution give `[0, 1, 2]`.
   */
  readonly axis?: Axes;
}

/** Options of `constraints.maxNorm`. */
export interface MaxNormOptions extends LengthOptions {
  /** The largest length allowed; 2 by default. */
  readonly maxValue?: number;
}

/** Options of `constraints.minMaxNorm`. */
export interface MinMaxNormOptions extends LengthOptions {
  /** The smallest length allowed; 0 by default. */
  readonly minValue?: number;
  /** The largest length allowed; 1 by default. */
  readonly maxValue?: number;
  /** How far lengths are moved each time, from 0 (not at all) to 1 (all the way, by default). */
  readonly rate?: number;
}

interface Limits {
  readonly smallest: number;
  readonly largest: number;
  readonly rate: number;
}

function lengthConstraint(name: string, rule: string, axis: Axes, { smallest, largest, rate }: Limits): Constraint {
  const listed: readonly unknown[] = Array.isArray(axis) ? axis : [axis];
  if (listed.length === 0 || !listed.every(Number.isInteger))
    throw new ValueError({
      op: `constraints.${name}`,
      expected: "axis as a whole number, or a list of at least one",
      got: describeValue(axis),
      hint: "For the filters of a 2-D convolution give [0, 1, 2].",
    });
  return {
    kind: "constraint",
    name,
    rule,
    check(shape) {
      checkShape(shape, `constraints.${name}`);
      reducedAxes(axis, shape.length, `constraints.${name}`);
    },
    apply(weights, shape) {
      checkWeights(`constraints.${name}`, weights, shape);
      const kept = reducedShape(shape, reducedAxes(axis, shape.length, `constraints.${name}`), true);
      const walk = { shape, outputStrides: stretchedStrides(kept, shape) };
      backend().limitLengths(weights, walk, { count: sizeOf(kept), smallest, largest, rate });
    },
  };
}

/** Numbers are changed in place, as many as the shape says. @throws ShapeError or ValueError */
function checkWeights(op: string, weights: Floats, shape: Shape): void {
  checkShape(shape, op);
  if (!(weights instanceof Floats))
    throw new ValueError({ op, expected: "the numbers of weights as a Float32Array", got: describeValue(weights) });
  if (weights.length !== sizeOf(shape))
    throw new ShapeError({
      ...{ op, what: "weights", expected: `${formatShape(shape)}, ${sizeOf(shape)} numbers` },
      got: String(weights.length),
    });
}

function checkLimit(op: string, name: string, value: unknown): number {
  const limit = checkedNumber(op, name, value);
  if (limit < 0) throw new ValueError({ op, expected: `${name} of 0 or more`, got: String(limit) });
  return limit;
}

/**
 * Where weights may be. Definitions as in Keras.
 *
 * Layers take them for their kernels and biases; they are kept to after each update.
 *
 * @example layers.dense(64, { kernelConstraint: constraints.maxNorm(3) })
 */
export const constraints = withKnownMembers(
  "constraint",
  remembering(
    "constraints",
    {
      /** Each unit's incoming weights have at most this length (2 by default): longer ones are scaled down (Srebro & Shraibman 2005). */
      maxNorm: (first: number | MaxNormOptions = {}, more: LengthOptions = {}): Constraint => {
        const op = "constraints.maxNorm";
        const options: MaxNormOptions = typeof first === "number" ? { ...more, maxValue: first } : first;
        if (typeof first === "number") checkOptions(op, more, ["maxValue", "axis"], { maxValue: first });
        checkOptions(op, options, ["maxValue", "axis"]);
        const largest = checkLimit(op, "maxValue", options.maxValue ?? 2);
        const limits = { smallest: 0, largest, rate: 1 };
        return lengthConstraint("maxNorm", `length of at most ${largest}`, options.axis ?? 0, limits);
      },
      /**
       * No weight is negative: those that are become 0.
       *
       * @example layers.dense(8, { kernelConstraint: "nonNeg" })
       */
      nonNeg: withoutOptions(
        "constraints.nonNeg",
        (): Constraint => ({
          kind: "constraint",
          name: "nonNeg",
          rule: "0 or more",
          apply(weights, shape) {
            checkWeights("constraints.nonNeg", weights, shape);
            backend().clipNegative(weights);
          },
        }),
      ),
      /**
       * Each unit's incoming weights have the length 1.
       *
       * @example layers.conv2d(8, 3, { kernelConstraint: constraints.unitNorm({ axis: [0, 1, 2] }) })
       */
      unitNorm: (options: LengthOptions = {}): Constraint => {
        checkOptions("constraints.unitNorm", options, ["axis"]);
        return lengthConstraint("unitNorm", "length of 1", options.axis ?? 0, { smallest: 1, largest: 1, rate: 1 });
      },
      /**
       * Each unit's incoming weights have a length from `minValue` to `maxValue` (0 to 1 by default), or move there by `rate`.
       *
       * @throws ValueError when `minValue` is above `maxValue`, or `rate` lies outside 0 to 1.
       * @example layers.dense(8, { kernelConstraint: constraints.minMaxNorm({ minValue: 0.5, maxValue: 2 }) })
       */
      minMaxNorm: (options: MinMaxNormOptions = {}): Constraint => {
        const op = "constraints.minMaxNorm";
        checkOptions(op, options, ["minValue", "maxValue", "rate", "axis"]);
        const smallest = checkLimit(op, "minValue", options.minValue ?? 0);
        const largest = checkLimit(op, "maxValue", options.maxValue ?? 1);
        const rate = checkedNumber(op, "rate", options.rate ?? 1);
        if (smallest > largest)
          throw new ValueError({ op, expected: "minValue of at most maxValue", got: `${smallest} and ${largest}` });
        if (rate < 0 || rate > 1) throw new ValueError({ op, expected: "rate from 0 to 1", got: String(rate) });
        const limits = { smallest, largest, rate };
        return lengthConstraint("minMaxNorm", `length from ${smallest} to ${largest}`, options.axis ?? 0, limits);
      },
    } as const,
    { maxNorm: 2 },
  ),
);

/** The name of a constraint. */
export type ConstraintName = keyof typeof constraints;

/** What takes a constraint: a name for the defaults, or one with its limits. */
export type ConstraintOption = OpenName<ConstraintName> | Constraint;

const names = Object.keys(constraints) as readonly ConstraintName[];
const aliases: Readonly<Record<string, ConstraintName>> = { nonNegative: "nonNeg", unitLength: "unitNorm" };

/** The constraint an option means. `name` is what errors call the option. @throws UnknownNameError with the nearest right name. */
export function resolveConstraint(option: ConstraintOption, name = "constraint"): Constraint {
  if (typeof option === "object" && option !== null && option.kind === "constraint") return option;
  const expected = 'a name such as "maxNorm", or constraints.maxNorm(3)';
  return constraints[namedOption(option, { what: name, known: names, aliases, expected })]();
}
