// How matrix products are split: along rows or columns, whichever packs less anew.

import { LARGEST_DIRECT } from "../products/matrixProduct";
import { sparserOperand } from "../products/sparseProduct";
import { word } from "../tape/record";
import { measure, move, setWord, units } from "./parts";

const ROW_UNIT: i32 = 6;

/**
 * Columns go sixteen at a time, what is over with the last: fewer of them could make a product one of a single column, or one
 * whose right operand is not packed, and those add up in another order.
 */
const COLUMN_UNIT: i32 = 16;

/** Into so many parts it should be possible to split a product; a small one into half as many. */
const LEAST_PARTS: i32 = 8;
const FEW_ROWS: i32 = 96;

/** Nanoseconds for a product and its sum. */
const TIME_EACH: f64 = 0.04;

function goesByColumns(record: usize): bool {
  const aColumn = word(record, 4);
  const bColumn = word(record, 7);
  const rows = word(record, 10);
  const columns = word(record, 11);
  const inner = word(record, 12);
  if (columns < 2 * COLUMN_UNIT || inner <= 2) return false;
  if (bColumn === 1 && columns * inner <= LARGEST_DIRECT) return false;
  if (rows < 2 * ROW_UNIT) return true;
  // By rows, each part packs the whole right operand; by columns the whole left one, but where that is read as it stands.
  const packedByColumns = aColumn === 1 && columns <= 2048 ? 0 : rows;
  const leastColumns = (rows <= FEW_ROWS ? LEAST_PARTS / 2 : LEAST_PARTS) * COLUMN_UNIT;
  return packedByColumns < columns && (columns >= leastColumns || rows < LEAST_PARTS * ROW_UNIT);
}

export function measureProduct(record: usize): void {
  const rows = word(record, 10);
  const columns = word(record, 11);
  const count = goesByColumns(record) ? columns / COLUMN_UNIT : (rows + ROW_UNIT - 1) / ROW_UNIT;
  measure(count, <f64>rows * <f64>columns * <f64>word(record, 12) * TIME_EACH);
}

/** `units` is still that of the whole. Which operand is sparse is settled for all parts alike. */
export function narrowProduct(part: usize, first: i32, count: i32): void {
  setWord(part, 16, sparserOperand(part));
  if (goesByColumns(part)) {
    const columns = word(part, 11);
    const isLast = first + count === units;
    move(part, 5, first * COLUMN_UNIT, word(part, 7));
    move(part, 8, first, COLUMN_UNIT);
    move(part, 14, first, COLUMN_UNIT);
    setWord(part, 11, isLast ? columns - first * COLUMN_UNIT : count * COLUMN_UNIT);
  } else {
    move(part, 2, first * ROW_UNIT, word(part, 3));
    move(part, 8, first * ROW_UNIT, word(part, 9));
    setWord(part, 10, min(count * ROW_UNIT, word(part, 10) - first * ROW_UNIT));
  }
}
