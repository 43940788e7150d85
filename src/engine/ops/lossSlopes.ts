// The derivatives of losses by the prediction as tensor operations, before averaging, so that gradients can be differentiated again.
// Beside the same derivatives as single numbers in backend/lossMaths.ts, which ordinary gradients are computed by.

import { type LossFunctionName, probabilityCeiling, probabilityFloor } from "../backend/lossMaths.ts";
import type { Tensor } from "../tensor.ts";

type LossSlopes = (p: Tensor, t: Tensor, parameter: number) => Tensor;

// Masks are made of detached numbers: they have no slope of their own.
const isUnclipped = (p: Tensor) =>
  p.detach().greaterEqual(probabilityFloor).mul(p.detach().lessEqual(probabilityCeiling));
const oneMinus = (x: Tensor) => x.neg().add(1);

/** `values` where the mask is 1, else 0, whatever the values are there. */
const where1 = (mask: Tensor, values: Tensor) => values.applyBinary("takeWhere", mask);

export const lossSlopes: Readonly<Record<LossFunctionName, LossSlopes>> = {
  mse: (p, t) => p.sub(t).mul(2),
  mae: (p, t) => p.detach().sub(t).sign(),
  huber: (p, t, delta) => p.sub(t).clip(-delta, delta),
  smoothL1: (p, t, beta) => p.sub(t).div(beta).clip(-1, 1),
  logCosh: (p, t) => p.sub(t).tanh(),
  msle: (p, t) => {
    const slope = p.maximum(probabilityFloor).log1p().sub(t.maximum(probabilityFloor).log1p()).mul(2).div(p.add(1));
    return where1(p.detach().greaterEqual(probabilityFloor), slope);
  },
  mape: (p, t) => p.detach().sub(t).sign().mul(100).div(t.abs().maximum(probabilityFloor)),
  hinge: (p, t) => t.neg().mul(p.detach().mul(t).less(1)),
  squaredHinge: (p, t) => oneMinus(t.mul(p)).maximum(0).mul(t).mul(-2),
  binaryCrossentropy: (p, t) => where1(isUnclipped(p), p.sub(t).div(p.mul(oneMinus(p)))),
  binaryCrossentropyTorch: (p, t) => p.sub(t).div(p.mul(oneMinus(p)).clip(1e-12)),
  binaryCrossentropyLogits: (p, t) => p.sigmoid().sub(t),
  weightedBinaryCrossentropy: (p, t, weight) =>
    where1(isUnclipped(p), oneMinus(t).div(oneMinus(p)).sub(t.mul(weight).div(p))),
  weightedBinaryCrossentropyLogits: (p, t, weight) =>
    oneMinus(t).mul(p.sigmoid()).sub(t.mul(weight).mul(p.neg().sigmoid())),
  categoricalCrossentropy: (p, t) => {
    const total = p.sum(-1, { keepAxes: true });
    const q = p.div(total);
    const isOpen = isUnclipped(q);
    const unclippedTarget = t.mul(isOpen).sum(-1, { keepAxes: true });
    return unclippedTarget.sub(where1(isOpen, t.div(q))).div(total);
  },
  categoricalCrossentropyPlain: (p, t) => where1(isUnclipped(p), t.neg().div(p)),
  categoricalCrossentropyLogits: (p, t) =>
    p
      .softmax()
      .mul(t.sum(-1, { keepAxes: true }))
      .sub(t),
  klDivergence: (p, t) => {
    const isOpen = p.detach().greaterEqual(probabilityFloor).mul(p.detach().lessEqual(1));
    return where1(isOpen, t.clip(probabilityFloor, 1).neg().div(p));
  },
  klDivergenceLog: (_, t) => t.neg(),
  poisson: (p, t) => oneMinus(t.div(p.add(probabilityFloor))),
  poissonLog: (p, t) => p.exp().sub(t),
  // With p̂ = p/|p| and t̂ = t/|t|: −(t̂ − p̂·(p̂·t̂)) / |p|. Lengths are at least 1e-6, as in the loss itself.
  cosineSimilarity: (p, t) => {
    const length = p.norm(-1, { keepAxes: true });
    const isFloored = length.detach().less(1e-6);
    const divisor = length.clip(1e-6);
    const direction = p.div(divisor);
    const target = t.div(t.norm(-1, { keepAxes: true }).clip(1e-6));
    const along = direction.mul(direction.mul(target).sum(-1, { keepAxes: true })).mul(oneMinus(isFloored));
    return along.sub(target).div(divisor);
  },
  categoricalHinge: (p, t) => {
    const fixed = p.detach();
    const wrong = fixed.mul(oneMinus(t));
    const right = fixed.mul(t).sum(-1, { keepAxes: true });
    const isOpen = wrong.max(-1, { keepAxes: true }).sub(right).add(1).greater(0);
    return firstLargest(wrong).mul(oneMinus(t)).sub(t).mul(isOpen);
  },
};

/** 1 at the first largest number of each row, else 0. */
function firstLargest(x: Tensor): Tensor {
  const isLargest = x.equal(x.max(-1, { keepAxes: true }));
  return isLargest.mul(isLargest.cumsum(-1).equal(1));
}
