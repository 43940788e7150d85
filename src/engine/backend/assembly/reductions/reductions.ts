// Reductions over any axes: sums, means, products, lengths and log-sums, in double precision.
//
// A record sees the input as columns (its last axis, kept or reduced), reduced rows, kept axes and further reduced axes.
// Along a sum the order is always the same, so any number of threads comes to the same bits.

import * as opcodes from "../../opcodes";
import { fourFloats } from "../elementwise/rareFunctions";
import { afterAxes, byteStep, loadSteps, outerOffset, outerPlaces, storeSteps } from "../tape/outerAxes";
import { address, real, word } from "../tape/record";
import { keepFirst } from "../vectors/vector";
import { expOfNegative } from "../vectors/vectorMaths";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import { argMax, findExtreme, Largest, Smallest, spreadExtremeGrad } from "./extremes";
// biome-ignore lint/style/useImportType: AssemblyScript knows no imports of types.
import { addProductGrad, addReductionSlopes, LogSumExpSlope, NormSlope } from "./reductionSlopes";
import { softmax, softmaxGrad } from "./softmax";

export function runReductionRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case opcodes.SUM:
      gatherInto<Sum>(record, address(record, 2), address(record, 3));
      break;
    case opcodes.PRODUCT:
      gatherInto<Product>(record, address(record, 2), address(record, 3));
      break;
    case opcodes.NORM:
      gatherInto<Norm>(record, address(record, 2), address(record, 3));
      break;
    case opcodes.LOG_SUM_EXP:
      gatherInto<LogSumExp>(record, address(record, 2), address(record, 3));
      break;
    case opcodes.NORM_GRAD:
      addReductionSlopes<NormSlope>(record);
      break;
    case opcodes.LOG_SUM_EXP_GRAD:
      addReductionSlopes<LogSumExpSlope>(record);
      break;
    case opcodes.PRODUCT_GRAD:
      addProductGrad(record);
      break;
    case opcodes.EXTREME:
      if (word(record, 4) === 0) findExtreme<Largest>(record);
      else findExtreme<Smallest>(record);
      break;
    case opcodes.EXTREME_GRAD:
      spreadExtremeGrad(record);
      break;
    case opcodes.ARG_MAX:
      argMax(record);
      break;
    case opcodes.SOFTMAX:
      softmax(record);
      break;
    case opcodes.SOFTMAX_GRAD:
      softmaxGrad(record);
      break;
    default:
      abort();
  }
}

/** A sum for other files: of numbers at `source`, into `target`. */
export function sumInto(record: usize, source: usize, target: usize): void {
  gatherInto<Sum>(record, source, target);
}

/**
 * How numbers become one, in double precision. `top` is what the output held before. All methods are abstract: one that a class
 * overrides would be looked up in an object, and there is none.
 */
abstract class Gathering {
  abstract start(): f64;
  /** What is gathered of four numbers. */
  abstract term(values: v128, top: v128): v128;
  /** Two doubles more. */
  abstract add(gathered: v128, terms: v128): v128;
  /** Both halves together. */
  abstract join(a: f64, b: f64): f64;
  abstract finish(gathered: f64, divisor: f64, top: f32): f64;
}

class Sum extends Gathering {
  start(): f64 {
    return 0;
  }
  term(values: v128, _top: v128): v128 {
    return values;
  }
  add(gathered: v128, terms: v128): v128 {
    return f64x2.add(gathered, terms);
  }
  join(a: f64, b: f64): f64 {
    return a + b;
  }
  finish(gathered: f64, divisor: f64, _top: f32): f64 {
    return gathered / divisor;
  }
}

class Product extends Gathering {
  start(): f64 {
    return 1;
  }
  term(values: v128, _top: v128): v128 {
    return values;
  }
  add(gathered: v128, terms: v128): v128 {
    return f64x2.mul(gathered, terms);
  }
  join(a: f64, b: f64): f64 {
    return a * b;
  }
  finish(gathered: f64, _divisor: f64, _top: f32): f64 {
    return gathered;
  }
}

class Norm extends Gathering {
  start(): f64 {
    return 0;
  }
  term(values: v128, _top: v128): v128 {
    return values;
  }
  add(gathered: v128, terms: v128): v128 {
    return f64x2.add(gathered, f64x2.mul(terms, terms));
  }
  join(a: f64, b: f64): f64 {
    return a + b;
  }
  finish(gathered: f64, _divisor: f64, _top: f32): f64 {
    return sqrt(gathered);
  }
}

/** The output holds the largest numbers: they are taken out first, so that no exponential overflows. */
class LogSumExp extends Gathering {
  start(): f64 {
    return 0;
  }
  term(values: v128, top: v128): v128 {
    return expOfNegative(f32x4.sub(values, top));
  }
  add(gathered: v128, terms: v128): v128 {
    return f64x2.add(gathered, terms);
  }
  join(a: f64, b: f64): f64 {
    return a + b;
  }
  finish(gathered: f64, _divisor: f64, top: f32): f64 {
    return abs(top) === Infinity ? <f64>top : <f64>top + NativeMath.log(gathered);
  }
}

/** The first and the second of four numbers as doubles. */
function lowDoubles(values: v128): v128 {
  return f64x2.promote_low_f32x4(values);
}

/** The third and the fourth. */
function highDoubles(values: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(values, values, 1, 1));
}

/**
 * input, output, divisor, whether to add to the output, columns, their step in the output (0 where they are reduced), reduced
 * rows, their step in the input, kept axes with steps in input and output, further reduced axes with steps in the input.
 */
function gatherInto<G extends Gathering>(record: usize, source: usize, target: usize): void {
  const places = outerPlaces(record, 10, 2);
  const columns = word(record, 6);
  const outputStep = byteStep(record, 7);
  for (let place = 0; place < places; place++) {
    const input = source + outerOffset(record, 10, 2, place, 0);
    const output = target + outerOffset(record, 10, 2, place, 1);
    if (outputStep === 0) {
      gatherBlocks<G>(record, input, output);
      continue;
    }
    let column = 0;
    for (; column + 16 <= columns; column += 16)
      gatherSixteen<G>(record, input + ((<usize>column) << 2), output + <usize>column * outputStep);
    for (; column < columns; column += 4)
      gatherColumns<G>(record, columns - column, input + ((<usize>column) << 2), output + <usize>column * outputStep);
  }
}

/** All columns, rows and reduced axes into one number. */
function gatherBlocks<G extends Gathering>(record: usize, input: usize, output: usize): void {
  const g = changetype<G>(0);
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  const columns = word(record, 6);
  const rows = word(record, 8);
  const whole = (<usize>(columns & ~3)) << 2;
  const top = v128.load32_splat(output);
  let low = f64x2.splat(g.start());
  let high = f64x2.splat(g.start());
  for (let place = 0; place < places; place++) {
    let start = input + outerOffset(record, reduced, 1, place, 0);
    for (let row = 0; row < rows; row++, start += byteStep(record, 9)) {
      let at = start;
      for (const end = start + whole; at < end; at += 16) {
        const terms = g.term(v128.load(at), top);
        low = g.add(low, lowDoubles(terms));
        high = g.add(high, highDoubles(terms));
      }
      if (columns & 3) {
        const isInside = keepFirst(i32x4.splat(-1), columns & 3);
        const terms = v128.bitselect(g.term(v128.load(at), top), f32x4.splat(<f32>g.start()), isInside);
        low = g.add(low, lowDoubles(terms));
        high = g.add(high, highDoubles(terms));
      }
    }
  }
  const gathered = g.join(joinDoubles<G>(low), joinDoubles<G>(high));
  const before = load<f32>(output);
  const result = g.finish(gathered, real(record, 4), before);
  store<f32>(output, <f32>(word(record, 5) ? <f64>before + result : result));
}

function joinDoubles<G extends Gathering>(doubles: v128): f64 {
  const g = changetype<G>(0);
  return g.join(f64x2.extract_lane(doubles, 0), f64x2.extract_lane(doubles, 1));
}

/** Sixteen columns, each into a number of its own: so one addition need not wait for the last. */
function gatherSixteen<G extends Gathering>(record: usize, input: usize, output: usize): void {
  const g = changetype<G>(0);
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  const rows = word(record, 8);
  const rowStep = byteStep(record, 9);
  const outputStep = byteStep(record, 7);
  const before0 = loadSteps(output, outputStep, 4);
  const before1 = loadSteps(output + 4 * outputStep, outputStep, 4);
  const before2 = loadSteps(output + 8 * outputStep, outputStep, 4);
  const before3 = loadSteps(output + 12 * outputStep, outputStep, 4);
  let low0 = f64x2.splat(g.start());
  let high0 = low0;
  let low1 = low0;
  let high1 = low0;
  let low2 = low0;
  let high2 = low0;
  let low3 = low0;
  let high3 = low0;
  for (let place = 0; place < places; place++) {
    let at = input + outerOffset(record, reduced, 1, place, 0);
    for (let row = 0; row < rows; row++, at += rowStep) {
      let terms = g.term(v128.load(at), before0);
      low0 = g.add(low0, lowDoubles(terms));
      high0 = g.add(high0, highDoubles(terms));
      terms = g.term(v128.load(at, 16), before1);
      low1 = g.add(low1, lowDoubles(terms));
      high1 = g.add(high1, highDoubles(terms));
      terms = g.term(v128.load(at, 32), before2);
      low2 = g.add(low2, lowDoubles(terms));
      high2 = g.add(high2, highDoubles(terms));
      terms = g.term(v128.load(at, 48), before3);
      low3 = g.add(low3, lowDoubles(terms));
      high3 = g.add(high3, highDoubles(terms));
    }
  }
  storeGathered<G>(record, output, before0, low0, high0, 4);
  storeGathered<G>(record, output + 4 * outputStep, before1, low1, high1, 4);
  storeGathered<G>(record, output + 8 * outputStep, before2, low2, high2, 4);
  storeGathered<G>(record, output + 12 * outputStep, before3, low3, high3, 4);
}

/** Up to four columns, `left` of which are still to do, each into a number of its own. */
function gatherColumns<G extends Gathering>(record: usize, left: i32, input: usize, output: usize): void {
  const g = changetype<G>(0);
  const reduced = afterAxes(record, 10, 2);
  const places = outerPlaces(record, reduced, 1);
  const rows = word(record, 8);
  const outputStep = byteStep(record, 7);
  const before = loadSteps(output, outputStep, left);
  let low = f64x2.splat(g.start());
  let high = f64x2.splat(g.start());
  for (let place = 0; place < places; place++) {
    let at = input + outerOffset(record, reduced, 1, place, 0);
    for (let row = 0; row < rows; row++, at += byteStep(record, 9)) {
      const terms = g.term(v128.load(at), before);
      low = g.add(low, lowDoubles(terms));
      high = g.add(high, highDoubles(terms));
    }
  }
  storeGathered<G>(record, output, before, low, high, left);
}

/** What was gathered of up to four columns, over what the output held before. */
function storeGathered<G extends Gathering>(
  record: usize,
  output: usize,
  before: v128,
  low: v128,
  high: v128,
  left: i32,
): void {
  const g = changetype<G>(0);
  const divisor = <f64>real(record, 4);
  // Adding −0 changes nothing, not even another −0.
  const added = word(record, 5) ? before : f32x4.splat(-0.0);
  const results = fourFloats(
    <f64>f32x4.extract_lane(added, 0) + g.finish(f64x2.extract_lane(low, 0), divisor, f32x4.extract_lane(before, 0)),
    <f64>f32x4.extract_lane(added, 1) + g.finish(f64x2.extract_lane(low, 1), divisor, f32x4.extract_lane(before, 1)),
    <f64>f32x4.extract_lane(added, 2) + g.finish(f64x2.extract_lane(high, 0), divisor, f32x4.extract_lane(before, 2)),
    <f64>f32x4.extract_lane(added, 3) + g.finish(f64x2.extract_lane(high, 1), divisor, f32x4.extract_lane(before, 3)),
  );
  storeSteps(output, byteStep(record, 7), results, left);
}
