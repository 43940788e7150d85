// Slopes of an activation with the sums of their columns, in one pass: what a dense layer's signal and its bias are given.

import { UNARY_LEAKY_RELU, UNARY_RELU, UNARY_SIGMOID, UNARY_TANH } from "../../opcodes";
import { address, real, word } from "../tape/record";
import { addHigh, addLow, narrowed } from "../vectors/doubleSums";
import { multiplyAdd, storePart } from "../vectors/vector";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import { LeakyRelu, Relu, SigmoidSlope, TanhSlope } from "./activationFunctions";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import { SlopeFunction } from "./unaryFunctions";

export function sumSlopes(record: usize): void {
  switch (word(record, 2)) {
    case UNARY_RELU:
      slopesWithSums<Relu>(record);
      break;
    case UNARY_LEAKY_RELU:
      slopesWithSums<LeakyRelu>(record);
      break;
    case UNARY_SIGMOID:
      slopesWithSums<SigmoidSlope>(record);
      break;
    case UNARY_TANH:
      slopesWithSums<TanhSlope>(record);
      break;
    default:
      abort();
  }
}

/** function, source, outputGrad, xGrad, length, alpha, 0, columns, sums: `xGrad = outputGrad · slope(source)`, and its columns' sums */
function slopesWithSums<F extends SlopeFunction>(record: usize): void {
  const f = changetype<F>(0);
  const source = address(record, 3);
  // From the source to the other two.
  const toGrad = address(record, 4) - source;
  const toTarget = address(record, 5) - source;
  const alpha = f32x4.splat(real(record, 7));
  const columns = word(record, 9);
  const sums = address(record, 10);
  const rows = columns === 0 ? 0 : word(record, 6) / columns;
  const step = (<usize>columns) << 2;
  const zero = f32x4.splat(0);
  let column = 0;
  // Whole cache lines: sixteen numbers of each row.
  for (; column + 16 <= columns; column += 16) {
    let at = source + ((<usize>column) << 2);
    let low0 = zero;
    let high0 = zero;
    let low1 = zero;
    let high1 = zero;
    let low2 = zero;
    let high2 = zero;
    let low3 = zero;
    let high3 = zero;
    for (let row = 0; row < rows; row++, at += step) {
      const grad = at + toGrad;
      const target = at + toTarget;
      let value = multiplyAdd(v128.load(grad), f.slope(v128.load(at), alpha), zero);
      v128.store(target, value);
      low0 = addLow(low0, value);
      high0 = addHigh(high0, value);
      value = multiplyAdd(v128.load(grad, 16), f.slope(v128.load(at, 16), alpha), zero);
      v128.store(target, value, 16);
      low1 = addLow(low1, value);
      high1 = addHigh(high1, value);
      value = multiplyAdd(v128.load(grad, 32), f.slope(v128.load(at, 32), alpha), zero);
      v128.store(target, value, 32);
      low2 = addLow(low2, value);
      high2 = addHigh(high2, value);
      value = multiplyAdd(v128.load(grad, 48), f.slope(v128.load(at, 48), alpha), zero);
      v128.store(target, value, 48);
      low3 = addLow(low3, value);
      high3 = addHigh(high3, value);
    }
    const place = sums + ((<usize>column) << 2);
    v128.store(place, narrowed(low0, high0));
    v128.store(place, narrowed(low1, high1), 16);
    v128.store(place, narrowed(low2, high2), 32);
    v128.store(place, narrowed(low3, high3), 48);
  }
  for (; column < columns; column += 4) {
    const left = columns - column;
    let at = source + ((<usize>column) << 2);
    let low = zero;
    let high = zero;
    for (let row = 0; row < rows; row++, at += step) {
      const value = multiplyAdd(v128.load(at + toGrad), f.slope(v128.load(at), alpha), zero);
      storePart(at + toTarget, value, left);
      low = addLow(low, value);
      high = addHigh(high, value);
    }
    storePart(sums + ((<usize>column) << 2), narrowed(low, high), left);
  }
}
