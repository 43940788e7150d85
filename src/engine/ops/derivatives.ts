// The derivatives of functions of one and of two numbers as tensor operations, so that gradients can be differentiated again.
// Beside the same derivatives as single numbers in backend/scalarMaths.ts, which ordinary gradients are computed by.

import { type BinaryName, seluAlpha, seluScale, type UnaryName } from "../backend/scalarMaths.ts";
import { maths } from "../intrinsics.ts";
import { isSameShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** The derivative at `x`, where `y = f(x)` is known already; `null` where it is 0 everywhere. */
type DerivedSlope = (x: Tensor, y: Tensor, alpha: number) => Tensor | number | null;

const { LN2, LN10 } = { LN2: maths.log(2), LN10: maths.log(10) };
const geluInner = maths.sqrt(2 / maths.PI);
const geluCubic = 0.044715;

// Masks are made of detached numbers: they have no slope of their own, and must not ask for one.
const above = (x: Tensor, limit: number) => x.detach().greater(limit);
const between = (x: Tensor, low: number, high: number) => x.detach().greater(low).mul(x.detach().less(high));
const oneMinus = (x: Tensor) => x.neg().add(1);

/** `a` where the mask is 1, `b` where it is 0. */
function choose(mask: Tensor, a: Tensor, b: Tensor | number): Tensor {
  const other = mask.neg().add(1).mul(b);
  return a.applyBinary("takeWhere", mask).add(other);
}

/** e^x for negative x, 1 for others, so that nothing overflows where it is not needed. */
const expBelow0 = (x: Tensor) => x.minimum(0).exp();

export const unarySlopes: Readonly<Record<UnaryName, DerivedSlope>> = {
  identity: () => 1,
  negate: () => -1,
  abs: (x) => x.detach().sign(),
  sign: () => null,
  square: (x) => x.mul(2),
  sqrt: (_, y) => y.reciprocal().mul(0.5),
  reciprocal: (_, y) => y.square().neg(),
  exp: (_, y) => y,
  log: (x) => x.reciprocal(),
  log1p: (x) => x.add(1).reciprocal(),
  expm1: (_, y) => y.add(1),
  sin: (x) => x.cos(),
  cos: (x) => x.sin().neg(),
  tan: (_, y) => y.square().add(1),
  asin: (x) => oneMinus(x.square()).rsqrt(),
  acos: (x) => oneMinus(x.square()).rsqrt().neg(),
  atan: (x) => x.square().add(1).reciprocal(),
  sinh: (x) => x.cosh(),
  cosh: (x) => x.sinh(),
  asinh: (x) => x.square().add(1).rsqrt(),
  acosh: (x) => x.square().sub(1).rsqrt(),
  atanh: (x) => oneMinus(x.square()).reciprocal(),
  log2: (x) => x.mul(LN2).reciprocal(),
  log10: (x) => x.mul(LN10).reciprocal(),
  rsqrt: (x, y) => y.div(x).mul(-0.5),
  erf: (x) =>
    x
      .square()
      .neg()
      .exp()
      .mul(2 / maths.sqrt(maths.PI)),
  floor: () => null,
  ceil: () => null,
  round: () => null,
  trunc: () => null,
  step: () => null,
  sigmoid: (_, y) => y.mul(oneMinus(y)),
  logSigmoid: (x) => x.neg().sigmoid(),
  hardSigmoid: (x) => between(x, -3, 3).div(6),
  tanh: (_, y) => oneMinus(y.square()),
  hardTanh: (x) => between(x, -1, 1),
  tanhshrink: (x) => x.tanh().square(),
  relu: (x) => above(x, 0),
  relu6: (x) => between(x, 0, 6),
  leakyRelu: (x, _, alpha) =>
    above(x, 0)
      .mul(1 - alpha)
      .add(alpha),
  elu: (x, _, alpha) => {
    const isOn = above(x, 0);
    return expBelow0(x).mul(alpha).mul(oneMinus(isOn)).add(isOn);
  },
  selu: (x) => {
    const isOn = above(x, 0);
    return expBelow0(x).mul(seluAlpha).mul(oneMinus(isOn)).add(isOn).mul(seluScale);
  },
  celu: (x, _, alpha) => x.minimum(0).div(alpha).exp(),
  gelu: (x) => {
    const share = x.mul(maths.sqrt(0.5)).erf().add(1).mul(0.5);
    const density = x
      .square()
      .mul(-0.5)
      .exp()
      .mul(1 / maths.sqrt(2 * maths.PI));
    return share.add(x.mul(density));
  },
  geluTanh: (x) => {
    const square = x.square();
    const share = x
      .mul(square.mul(geluCubic).add(1))
      .mul(2 * geluInner)
      .sigmoid();
    const inner = square
      .mul(3 * geluCubic)
      .add(1)
      .mul(2 * geluInner);
    return share.add(x.mul(share).mul(oneMinus(share)).mul(inner));
  },
  silu: (x) => {
    const share = x.sigmoid();
    return share.mul(x.mul(oneMinus(share)).add(1));
  },
  hardSwish: (x) =>
    x
      .mul(2)
      .add(3)
      .div(6)
      .mul(between(x, -3, 3))
      .add(x.detach().greaterEqual(3)),
  mish: (x) => {
    const inner = x.applyUnary("softplus").tanh();
    return inner.add(x.mul(oneMinus(inner.square())).mul(x.sigmoid()));
  },
  softplus: (x) => x.sigmoid(),
  softsign: (x) => x.abs().add(1).square().reciprocal(),
  hardShrink: (x, _, alpha) => above(x.abs(), alpha),
  softShrink: (x, _, alpha) => above(x.abs(), alpha),
  thresholdedRelu: (x, _, alpha) => above(x, alpha),
};

/** The gradient of one operand, before it is summed over the axes along which that was stretched; `null` where it is 0. */
interface DerivedSlopes {
  a(yGrad: Tensor, a: Tensor, b: Tensor, y: Tensor): Tensor | null;
  b(yGrad: Tensor, a: Tensor, b: Tensor, y: Tensor): Tensor | null;
}

const none = () => null;
const flat: DerivedSlopes = { a: none, b: none };

/** 1 where the first is chosen of two, half where both are equal. */
const chosenShare = (winner: Tensor, loser: Tensor) =>
  winner.detach().greater(loser.detach()).add(winner.detach().equal(loser.detach()).mul(0.5));

/** Below it 1/a is not finite in single precision. */
const leastInvertible = 1e-38;

export const binaryGradients: Readonly<Record<BinaryName, DerivedSlopes>> = {
  add: { a: (yGrad) => yGrad, b: (yGrad) => yGrad },
  subtract: { a: (yGrad) => yGrad, b: (yGrad) => yGrad.neg() },
  multiply: { a: (yGrad, _, b) => yGrad.mul(b), b: (yGrad, a) => yGrad.mul(a) },
  divide: { a: (yGrad, _, b) => yGrad.div(b), b: (yGrad, _, b, y) => yGrad.mul(y.div(b)).neg() },
  power: {
    // Where the exponent is 0 the slope is 0 too, even at a = 0; there an exponent of 1 keeps a^(b − 1) finite.
    a: (yGrad, a, b) => {
      const isAtZero = b.detach().equal(0).mul(a.detach().abs().less(leastInvertible));
      return yGrad.mul(b).mul(a.pow(b.sub(1).add(isAtZero)));
    },
    b: (yGrad, a, _, y) => yGrad.mul(y).mul(choose(a.detach().notEqual(0), a, 1).log()),
  },
  maximum: {
    a: (yGrad, a, b) => yGrad.mul(chosenShare(a, b)),
    b: (yGrad, a, b) => yGrad.mul(chosenShare(b, a)),
  },
  minimum: {
    a: (yGrad, a, b) => yGrad.mul(chosenShare(b, a)),
    b: (yGrad, a, b) => yGrad.mul(chosenShare(a, b)),
  },
  prelu: {
    a: (yGrad, a, b) => yGrad.mul(oneMinus(above(a, 0)).mul(b).add(above(a, 0))),
    b: (yGrad, a) => yGrad.mul(a.minimum(0)),
  },
  takeWhere: { a: (yGrad, _, b) => yGrad.applyBinary("takeWhere", b.detach()), b: none },
  takeUnless: { a: (yGrad, _, b) => yGrad.applyBinary("takeUnless", b.detach()), b: none },
  atLeast: {
    a: (yGrad, a, b) => yGrad.mul(a.detach().greaterEqual(b.detach())),
    b: (yGrad, a, b) => yGrad.mul(a.detach().less(b.detach())),
  },
  atMost: {
    a: (yGrad, a, b) => yGrad.mul(a.detach().lessEqual(b.detach())),
    b: (yGrad, a, b) => yGrad.mul(a.detach().greater(b.detach())),
  },
  remainder: {
    a: (yGrad) => yGrad,
    b: (yGrad, a, b) => yGrad.mul(a.detach().div(b.detach()).floor().neg()),
  },
  greater: flat,
  greaterEqual: flat,
  less: flat,
  lessEqual: flat,
  equal: flat,
  notEqual: flat,
};

/** The sum over all axes along which an operand of this shape was stretched. */
export function summedTo(shape: Shape, gradient: Tensor): Tensor {
  if (isSameShape(gradient.shape, shape)) return gradient;
  const added = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((length, axis) =>
    axis < added || (length !== 1 && shape[axis - added] === 1) ? [axis] : [],
  );
  return gradient.sum(axes, { keepAxes: true }).reshape(shape);
}
