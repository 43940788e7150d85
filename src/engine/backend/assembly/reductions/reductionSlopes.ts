// Gradients of lengths, log-sums and products over any axes.

import { afterAxes, byteStep, loadSteps, outerOffset, outerPlaces } from "../tape/outerAxes";
import { address, word } from "../tape/record";
import { multiplyAdd, storePart } from "../vectors/vector";
import { constant, expOfNegative, ONE, ZERO } from "../vectors/vectorMaths";

/** ∂y/∂x for numbers x that were reduced into y. */
export abstract class ReductionSlope {
  abstract slope(x: v128, y: v128): v128;
}

export class NormSlope extends ReductionSlope {
  slope(x: v128, y: v128): v128 {
    // At the origin, where the length has a kink, 0.
    return v128.andnot(f32x4.div(x, y), f32x4.eq(y, constant(ZERO)));
  }
}

export class LogSumExpSlope extends ReductionSlope {
  slope(x: v128, y: v128): v128 {
    return v128.bitselect(constant(ONE), expOfNegative(f32x4.sub(x, y)), f32x4.eq(x, y));
  }
}

/**
 * input, output, outputGrad, inputGrad, whether to add, rows, columns, the output's row step and column step, outer axes with
 * steps in the output: `inputGrad (+)= outputGrad · slope`
 */
export function addReductionSlopes<F extends ReductionSlope>(record: usize): void {
  const f = changetype<F>(0);
  let input = address(record, 2);
  let inputGrad = address(record, 5);
  const kept = i32x4.splat(-word(record, 6));
  const columnStep = byteStep(record, 10);
  const blocks = outerPlaces(record, 11, 1);
  for (let block = 0; block < blocks; block++) {
    let offset = outerOffset(record, 11, 1, block, 0);
    for (let row = 0; row < word(record, 7); row++, offset += byteStep(record, 9)) {
      let at = offset;
      for (let rest = word(record, 8); rest > 0; rest -= 4, at += 4 * columnStep) {
        const y = loadSteps(address(record, 3) + at, columnStep, rest);
        const grad = loadSteps(address(record, 4) + at, columnStep, rest);
        const slope = f.slope(v128.load(input), y);
        storePart(inputGrad, multiplyAdd(grad, slope, v128.and(v128.load(inputGrad), kept)), rest);
        input += (<usize>min(rest, 4)) << 2;
        inputGrad += (<usize>min(rest, 4)) << 2;
      }
    }
  }
}

/**
 * input, output, outputGrad, inputGrad, columns, their step in the output, reduced rows, their step in the input, kept axes,
 * reduced axes as in reductions.ts: each number's slope is the product of all the others, also where some of them are 0.
 */
export function addProductGrad(record: usize): void {
  const places = outerPlaces(record, 10, 2);
  const columns = word(record, 6);
  const outputStep = byteStep(record, 7);
  for (let place = 0; place < places; place++) {
    const inputOffset = outerOffset(record, 10, 2, place, 0);
    const outputOffset = outerOffset(record, 10, 2, place, 1);
    if (outputStep === 0) spreadProduct(record, inputOffset, columns, load<f32>(address(record, 4) + outputOffset));
    else
      for (let column = 0; column < columns; column++) {
        const grad = load<f32>(address(record, 4) + outputOffset + <usize>column * outputStep);
        spreadProduct(record, inputOffset + ((<usize>column) << 2), 1, grad);
      }
  }
}

/** One product over columns, rows and reduced axes. */
function spreadProduct(record: usize, offset: usize, columns: i32, grad: f32): void {
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  let zeros = 0;
  let others: f64 = 1;
  for (let place = 0; place < places; place++) {
    let row = address(record, 2) + offset + outerOffset(record, reduced, 1, place, 0);
    for (let index = 0; index < word(record, 8); index++, row += byteStep(record, 9))
      for (let column = 0; column < columns; column++) {
        const value = load<f32>(row + ((<usize>column) << 2));
        if (value === 0) zeros++;
        else others *= <f64>value;
      }
  }
  for (let place = 0; place < places; place++) {
    let row = offset + outerOffset(record, reduced, 1, place, 0);
    for (let index = 0; index < word(record, 8); index++, row += byteStep(record, 9))
      for (let column = 0; column < columns; column++) {
        const at = row + ((<usize>column) << 2);
        const target = address(record, 5) + at;
        const slope = productSlope(load<f32>(address(record, 2) + at), zeros, others);
        store<f32>(target, <f32>(<f64>load<f32>(target) + <f64>grad * slope));
      }
  }
}

/** The product of the others for a number, from how many zeros there are and the product of all that are not. */
function productSlope(x: f32, zeros: i32, others: f64): f64 {
  if (zeros > 1 || (zeros === 1 && x !== 0)) return 0;
  return x === 0 ? others : others / <f64>x;
}
