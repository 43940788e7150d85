// A layer's weights before they exist: what it plans for the shapes of its inputs, and making them so.

import type { Initializer } from "../initializers/initializers.ts";
import type { Floats } from "../intrinsics.ts";
import { Random } from "../random.ts";
import { newFloats, type Shape, sizeOf } from "../shape.ts";
import { Parameter } from "../tensor.ts";
import type { WeightRules } from "./weightRules.ts";

/** A weight before it exists: its name, its shape, how its numbers start, and what is asked of them (nothing by default). */
export interface WeightPlan extends Partial<WeightRules> {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** `false` for what the layer keeps account of by itself (moving means); `true` by default. */
  readonly trainable?: boolean;
}

/** What a layer makes of its inputs' shapes, known before its weights exist. */
export interface LayerPlan {
  /** The shape of one output sample. */
  readonly outputShape: Shape;
  /** How many numbers its weights hold. */
  readonly parameterCount: number;
}

/** For weights that are given the numbers of others at once: nothing is drawn for them. */
class NothingDrawn extends Random {
  override child(): Random {
    return this;
  }
}

/** What a layer is built with that takes its numbers over from another one. */
export const nothingDrawn: Random = new NothingDrawn(0);

/** Each with its initial numbers, from a stream of its own. @throws ShapeError where a constraint does not fit */
export function makeWeights(plans: readonly WeightPlan[], random: Random): readonly Parameter[] {
  for (const { shape, constraint } of plans) constraint?.check?.(shape);
  return plans.map(
    ({ name, shape, initializer, trainable = true, regularizer = null, constraint = null }) =>
      new Parameter(name, shape, initialNumbers(shape, initializer, random.child(name)), {
        isTrainable: trainable,
        regularizer,
        constraint,
      }),
  );
}

function initialNumbers(shape: Shape, initializer: Initializer, random: Random): Floats {
  return random instanceof NothingDrawn ? newFloats(shape, "weights") : initializer.make(shape, random);
}

/** How many numbers they hold. */
export function numberCount(plans: readonly WeightPlan[]): number {
  return plans.reduce((count, { shape }) => count + sizeOf(shape), 0);
}
