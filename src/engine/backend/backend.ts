// What a backend must be able to do: routines over flat float32 arrays that never allocate what they return. The engine calls nothing else.

import type { Floats } from "../intrinsics.ts";
import type { ConstraintRoutines } from "./constraints.ts";
import type { ConvolutionRoutines } from "./convolution.ts";
import type { LookupRoutines } from "./lookup.ts";
import type { LossFunctionName } from "./lossMaths.ts";
import type { MeasurementRoutines } from "./measurements.ts";
import type { NormalizationRoutines } from "./normalization.ts";
import type { PoolingRoutines } from "./pooling.ts";
import type { RandomnessRoutines } from "./randomness.ts";
import type { BackendMemory, Recorder } from "./recording.ts";
import type { BinaryName, UnaryName } from "./scalarMaths.ts";
import type { ScanRoutines } from "./scan.ts";
import type {
  AdadeltaSetting,
  AdadeltaState,
  AdagradSetting,
  AdagradState,
  AdamaxSetting,
  AdamaxState,
  AdamSetting,
  AdamState,
  LionSetting,
  LionState,
  MomentumSetting,
  MomentumState,
  NadamSetting,
  NadamState,
  RmspropSetting,
  RmspropState,
} from "./updates.ts";
import type { WeightedLossRoutines } from "./weightedLosses.ts";

/** A matrix inside a flat array: the element at (row, column) is `data[offset + row·rowStride + column·columnStride]`. */
export interface MatrixView {
  readonly data: Floats;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** A walk over an array seen in another shape: one stride per axis of that shape, 0 where it is stretched. */
export type Strides = readonly number[];

export type Reduction = "sum" | "mean" | "max" | "min" | "product" | "norm" | "logSumExp";

export interface Backend
  extends ConvolutionRoutines,
    WeightedLossRoutines,
    PoolingRoutines,
    LookupRoutines,
    NormalizationRoutines,
    RandomnessRoutines,
    ScanRoutines,
    ConstraintRoutines,
    MeasurementRoutines {
  readonly name: string;
  /** Where arrays that last are best kept: those that stand elsewhere may have to be copied at every call. */
  readonly memory: BackendMemory;

  /** Starts to write calls down instead of running them. */
  startRecording(): Recorder;

  /** Sets every number. */
  fill(output: Floats, value: number): void;
  /** `output = scale · input`. */
  copy(input: Floats, output: Floats, scale: number): void;
  /** `output += scale · input`. */
  addScaled(input: Floats, output: Floats, scale: number): void;

  /** `output = f(x)`, number by number. */
  unary(name: UnaryName, x: Floats, output: Floats, alpha: number): void;
  /** `xGrad += outputGrad · f′(x)`. */
  unaryGrad(name: UnaryName, pass: { x: Floats; y: Floats; outputGrad: Floats; xGrad: Floats }, alpha: number): void;

  /** `output = f(a, b)`; both operands are walked in the output's shape. */
  binary(name: BinaryName, operands: BinaryOperands, output: Floats): void;
  /** Adds `outputGrad · ∂f/∂a` to `aGrad` and the same for `b`; `null` where no gradient is wanted. */
  binaryGrad(
    name: BinaryName,
    operands: BinaryOperands,
    pass: { outputGrad: Floats; aGrad: Floats | null; bGrad: Floats | null },
  ): void;

  /** `output (+)= a · b` with `a` of rows × inner and `b` of inner × columns; sums in double. */
  matmul(product: {
    a: MatrixView;
    b: MatrixView;
    output: MatrixView;
    rows: number;
    inner: number;
    columns: number;
    accumulate: boolean;
  }): void;

  /** Reduces `input` (row-major in `shape`) into `output` walked by `outputStrides`, 0 on the reduced axes. A NaN is kept. */
  reduce(reduction: Reduction, walk: ReductionWalk, input: Floats, output: Floats): void;
  /** Adds each output gradient to the inputs it came from: all of them for sums and means, shared by those equal to the extreme for max and min, by the derivative for the others. */
  reduceGrad(
    reduction: Reduction,
    walk: ReductionWalk,
    pass: { input: Floats; output: Floats; outputGrad: Floats; inputGrad: Floats },
  ): void;
  /** The place of the largest number along the middle axis; the first of equals. */
  argMax(input: Floats, output: Floats, sizes: AxisSizes): void;

  /** `output = input` walked by `inputStrides` in the order of `shape`; `input` may be stretched or turned. */
  gatherStrided(
    input: Floats,
    inputOffset: number,
    inputStrides: Strides,
    shape: readonly number[],
    output: Floats,
  ): void;
  /** The same, added to what `output` holds. */
  addStrided(input: Floats, inputOffset: number, inputStrides: Strides, shape: readonly number[], output: Floats): void;
  /** The reverse: adds `input` (row-major in `shape`) to `output` walked by `outputStrides`. */
  scatterAddStrided(
    input: Floats,
    shape: readonly number[],
    output: Floats,
    outputOffset: number,
    outputStrides: Strides,
  ): void;
  /** `output[row] = table[ids[row]]` for rows of `width` numbers. @throws ValueError for an id that no row has. */
  gatherRows(table: Floats, ids: Floats, output: Floats, width: number): void;
  /** `tableGrad[ids[row]] += outputGrad[row]`. */
  scatterAddRows(outputGrad: Floats, ids: Floats, tableGrad: Floats, width: number): void;

  /** Softmax (or its logarithm) of each row of `width` numbers. */
  softmax(input: Floats, output: Floats, width: number, isLog: boolean): void;
  softmaxGrad(pass: { output: Floats; outputGrad: Floats; inputGrad: Floats }, width: number, isLog: boolean): void;

  /** `output[0]` = the loss of `prediction` against `target`, summed and divided by `divisor`. */
  loss(name: LossFunctionName, pair: LossPair, output: Floats, setting: LossSetting): void;
  /** `predictionGrad += outputGrad[0] · ∂loss/∂prediction`, divisor included. */
  lossGrad(
    name: LossFunctionName,
    pair: LossPair,
    predictionGrad: Floats,
    outputGrad: Floats,
    setting: LossSetting,
  ): void;

  /** `output` = each number of `input`, moved to −limit or limit where it lies beyond. */
  clamp(input: Floats, output: Floats, limit: number): void;
  /** One step of gradient descent with momentum. */
  momentumUpdate(state: MomentumState, setting: MomentumSetting): void;
  /** One step of Adagrad. */
  adagradUpdate(state: AdagradState, setting: AdagradSetting): void;
  /** One step of RMSprop. */
  rmspropUpdate(state: RmspropState, setting: RmspropSetting): void;
  /** One step of Adadelta. */
  adadeltaUpdate(state: AdadeltaState, setting: AdadeltaSetting): void;
  /** One step of Adam. */
  adamUpdate(state: AdamState, setting: AdamSetting): void;
  /** One step of Adamax. */
  adamaxUpdate(state: AdamaxState, setting: AdamaxSetting): void;
  /** One step of Nadam. */
  nadamUpdate(state: NadamState, setting: NadamSetting): void;
  /** One step of Lion. */
  lionUpdate(state: LionState, setting: LionSetting): void;

  /** Whether no number is NaN or infinite. */
  areFinite(values: Floats): boolean;
  /** Adds what is measured of these numbers to what was measured before. */
  addMoments(values: Floats, into: Moments): void;
}

/** Sums over numbers, from which mean, deviation and length follow. A NaN makes `largest` NaN. */
export interface Moments {
  count: number;
  sum: number;
  sumAbs: number;
  sumSquares: number;
  /** The largest |number|. */
  largest: number;
  /** How many are 0. */
  zeros: number;
}

/** The moments of nothing, to add to. */
export function noMoments(): Moments {
  return { count: 0, sum: 0, sumAbs: 0, sumSquares: 0, largest: 0, zeros: 0 };
}

export interface LossPair {
  readonly prediction: Floats;
  readonly target: Floats;
}

export interface LossSetting {
  /** Numbers in a row: the classes of one sample. */
  readonly width: number;
  readonly divisor: number;
  /** The loss's own parameter, where it has one (Huber's delta). */
  readonly parameter: number;
}

export interface BinaryOperands {
  readonly shape: readonly number[];
  readonly a: Floats;
  readonly aStrides: Strides;
  readonly b: Floats;
  readonly bStrides: Strides;
}

/** A reduction's way: the input's shape, and the output's strides over it. */
export interface ReductionWalk {
  readonly shape: readonly number[];
  readonly outputStrides: Strides;
}

/** An array seen around one axis: `[outer, length, inner]`. */
export interface AxisSizes {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}
