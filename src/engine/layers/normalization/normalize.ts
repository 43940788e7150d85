// What the normalization layers share: statistics of a tensor, and the tensor shifted and scaled by them.

import { describeValue, ShapeError, ValueError } from "../../errors.ts";
import { meansOp, type NormalizedGroup, normalizeOp, variancesOp } from "../../ops/normalization.ts";
import { formatShape, type Shape } from "../../shape.ts";
import { runOp, type Tensor } from "../../tensor.ts";

/** Means (`null` where none are subtracted) and variances. */
export interface Statistics {
  readonly means: Tensor | null;
  readonly variances: Tensor;
}

/** The statistics of each column or row of `x`; without the means ("meanSquares") variances are mean squares. */
export function statisticsOf(x: Tensor, group: NormalizedGroup, kind: "centred" | "meanSquares"): Statistics {
  const numbers = x.detach();
  const means = kind === "centred" ? runOp(meansOp, [numbers], { group }) : null;
  const variances = runOp(variancesOp, means === null ? [numbers] : [numbers, means], { group });
  return { means, variances };
}

/** `γ · (x − mean) / √(variance + ε) + β`; without γ or β where these are not given. */
export function normalize(
  x: Tensor,
  { means, variances }: Statistics,
  setting: {
    readonly group: NormalizedGroup;
    readonly epsilon: number;
    readonly areStatisticsOfX: boolean;
    readonly gamma: Tensor | undefined;
    readonly beta: Tensor | undefined;
  },
): Tensor {
  const { gamma, beta, ...rest } = setting;
  const optional = [means ?? undefined, gamma, beta].filter((part) => part !== undefined);
  return runOp(normalizeOp, [x, variances, ...optional], {
    ...rest,
    hasMeans: means !== null,
    hasScale: gamma !== undefined,
    hasShift: beta !== undefined,
  });
}

/** ε must be 0 or more. @throws ValueError */
export function checkedEpsilon(op: string, epsilon: number): number {
  if (Number.isFinite(epsilon) && epsilon >= 0) return epsilon;
  throw new ValueError({ op, expected: "epsilon as a number from 0 on", got: describeValue(epsilon) });
}

/** Samples need an axis whose places are normalized. @throws ShapeError */
export function checkSample(op: string, inputShape: Shape): void {
  if (inputShape.length > 0) return;
  throw new ShapeError({
    op,
    expected: "[batch, features]",
    got: formatShape(inputShape, true),
    hint: "Give each example at least one feature: x.reshape([-1, 1]).",
  });
}

/** Numbers must have the features the layer was built for. @throws ShapeError */
export function checkFeatures(op: string, x: Tensor, inputShape: Shape | null): void {
  const features = inputShape?.at(-1);
  if (features !== undefined && x.rank > 1 && x.shape.at(-1) === features) return;
  throw new ShapeError({
    op,
    expected: features === undefined ? "a layer that was built" : `[batch, …, ${features}]`,
    got: x.shape,
    hint:
      features === undefined ? "Put it into a model, or call build first." : `Give ${features} features per example.`,
  });
}
