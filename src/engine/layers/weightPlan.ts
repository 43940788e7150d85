// A layer's weights before they exist: what it plans for the shapes of its inputs, and making them so.

import type { Initializer } from "../initializers/initializers.ts";
import type { Random } from "../random.ts";
import { type Shape, sizeOf } from "../shape.ts";
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

/** Each with its initial numbers, from a stream of its own. @throws ShapeError where a constraint does not fit */
export function makeWeights(plans: readonly WeightPlan[], random: Random): readonly Parameter[] {
  for (const { shape, constraint } of plans) constraint?.check?.(shape);
  return plans.map(
    ({ name, shape, initializer, trainable = true, regularizer = null, constraint = null }) =>
      new Parameter(name, shape, initializer.make(shape, random.child(name)), {
        isTrainable: trainable,
        regularizer,
        constraint,
      }),
  );
}

/** How many numbers they hold. */
export function numberCount(plans: readonly WeightPlan[]): number {
  return plans.reduce((count, { shape }) => count + sizeOf(shape), 0);
}
