// Normalization as operations: means and variances of columns or rows, and numbers shifted and scaled by them.

import type { NormalizationGradSetting } from "../backend/normalization.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { formatShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { inputAt, type NumberBlock, type Op } from "./op.ts";

/**
 * Whose statistics: "columns" takes them of each place of the last axis over all others, `x` `[…, width]` → `[width]`; "rows"
 * of each row along the last axis, `[…, width]` → `[…]`.
 */
export type NormalizedGroup = "columns" | "rows";

export interface StatisticsAttributes {
  readonly group: NormalizedGroup;
}

/** Means. No gradient: it is `normalizeOp` that passes it on to `x`, in one sweep for all that depends on it. */
export const meansOp: Op<StatisticsAttributes> = {
  name: "means",
  outputShape: (inputs, { group }) => statisticsShape(inputAt(inputs, 0), group),
  forward(backend, inputs, output, { group }) {
    const x = inputAt(inputs, 0);
    const { rows, width } = rowsOf(x);
    if (group === "columns") backend.columnMeans(x.data, output.data, rows, width);
    else backend.rowMeans(x.data, output.data, rows, width);
  },
  backward: passNothing,
};

/** Population variances of `x` around the means given as second input; rows may leave these out, for mean squares. */
export const variancesOp: Op<StatisticsAttributes> = {
  name: "variances",
  outputShape: (inputs, { group }) => statisticsShape(inputAt(inputs, 0), group),
  forward(backend, inputs, output, { group }) {
    const x = inputAt(inputs, 0);
    const { rows, width } = rowsOf(x);
    if (group === "columns") backend.columnVariances(x.data, inputAt(inputs, 1).data, output.data, rows, width);
    else backend.rowVariances(x.data, inputs[1]?.data ?? null, output.data, rows, width);
  },
  backward: passNothing,
};

export interface NormalizeAttributes {
  readonly group: NormalizedGroup;
  readonly epsilon: number;
  /** Whether the statistics were taken of this very `x`, so that its gradient flows through them too. */
  readonly areStatisticsOfX: boolean;
  /** Which inputs follow `x` and the variances, in this order. */
  readonly hasMeans: boolean;
  readonly hasScale: boolean;
  readonly hasShift: boolean;
}

/**
 * `y = γ · (x − mean) / √(variance + ε) + β`. Inputs: `x`, variances, then means, γ and β as far as the attributes say.
 *
 * Backward recomputes the normalized numbers from `x`, which is kept anyway, and the statistics.
 */
export const normalizeOp: Op<NormalizeAttributes> = {
  name: "normalize",
  outputShape: (inputs) => inputAt(inputs, 0),
  forward(backend, inputs, output, attributes) {
    const { x, variances, means, scale, shift } = partsOf(inputs, attributes);
    const arrays = {
      x: x.data,
      variances: variances.data,
      means: means?.data ?? null,
      scale: scale?.data ?? null,
      shift: shift?.data ?? null,
      output: output.data,
    };
    const setting = settingOf(x, attributes);
    if (attributes.group === "columns") backend.normalizeColumns(arrays, setting);
    else backend.normalizeRows(arrays, setting);
  },
  backward(backend, { inputs, outputGrad, inputGrads }, attributes) {
    const { x, variances, means, scale } = partsOf(inputs, attributes);
    const grads = partsOf(inputGrads, attributes);
    const arrays = {
      x: x.data,
      variances: variances.data,
      means: means?.data ?? null,
      scale: scale?.data ?? null,
      outputGrad: outputGrad.data,
      xGrad: grads.x?.data ?? null,
      scaleGrad: grads.scale?.data ?? null,
      shiftGrad: grads.shift?.data ?? null,
    };
    const setting = settingOf(x, attributes);
    if (attributes.group === "columns") backend.normalizeColumnsGrad(arrays, setting);
    else backend.normalizeRowsGrad(arrays, setting);
  },
  derive({ inputs, outputGrad }, attributes) {
    const parts = partsOf(inputs, attributes);
    const across = parts.x.shape.slice(1).map((_length, axis) => axis);
    const { normalized, xGrad } = derivedParts(parts, outputGrad, attributes);
    const passed = [
      xGrad,
      null,
      attributes.hasMeans ? null : undefined,
      parts.scale === null ? undefined : () => outputGrad.mul(normalized).sum(across),
      parts.shift === null ? undefined : () => outputGrad.sum(across),
    ];
    return passed.filter((gradient) => gradient !== undefined);
  },
};

/** The normalized numbers and the gradient of `x` in tensor operations; statistics of `x` are taken again, so that they count as part of it. */
function derivedParts(
  { x, variances, means, scale }: { x: Tensor; variances: Tensor; means: Tensor | null; scale: Tensor | null },
  outputGrad: Tensor,
  { group, epsilon, areStatisticsOfX, hasMeans }: NormalizeAttributes,
): { normalized: Tensor; xGrad: () => Tensor } {
  const axes = group === "rows" ? [x.rank - 1] : x.shape.slice(1).map((_length, axis) => axis);
  const meanOf = (values: Tensor) => values.mean(axes, { keepAxes: true });
  const mean = areStatisticsOfX && hasMeans ? meanOf(x) : means;
  const centred = mean === null ? x : x.sub(mean);
  const factor = (areStatisticsOfX ? meanOf(centred.square()) : variances).add(epsilon).rsqrt();
  const normalized = centred.mul(factor);
  const xGrad = () => {
    const scaled = scale === null ? outputGrad : outputGrad.mul(scale);
    if (!areStatisticsOfX) return scaled.mul(factor);
    const withoutMean = hasMeans ? scaled.sub(meanOf(scaled)) : scaled;
    return withoutMean.sub(normalized.mul(meanOf(scaled.mul(normalized)))).mul(factor);
  };
  return { normalized, xGrad };
}

function partsOf<Item>(inputs: readonly Item[], { hasMeans, hasScale, hasShift }: NormalizeAttributes) {
  let next = 2;
  const optional = (isThere: boolean) => (isThere ? inputAt(inputs, next++) : null);
  const means = optional(hasMeans);
  const scale = optional(hasScale);
  const shift = optional(hasShift);
  return { x: inputAt(inputs, 0), variances: inputAt(inputs, 1), means, scale, shift };
}

function settingOf(x: NumberBlock, { epsilon, areStatisticsOfX }: NormalizeAttributes): NormalizationGradSetting {
  return { ...rowsOf(x), epsilon, areStatisticsOfX };
}

function rowsOf({ shape }: NumberBlock): { rows: number; width: number } {
  return { rows: sizeOf(shape.slice(0, -1)), width: shape.at(-1) ?? 1 };
}

function statisticsShape(shape: Shape, group: NormalizedGroup): Shape {
  if (shape.length === 0) throw new ShapeError({ op: "normalize", expected: "[…, features]", got: shape });
  if (sizeOf(shape) === 0)
    throw new ValueError({ op: "normalize", expected: "at least one number", got: `shape ${formatShape(shape)}` });
  return group === "columns" ? shape.slice(-1) : shape.slice(0, -1);
}

function passNothing(): void {
  // Statistics are taken of detached numbers.
}
