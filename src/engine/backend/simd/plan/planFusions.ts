// Records of a plan that go over the same numbers become one.

import * as opcodes from "../../opcodes.ts";
import {
  addUse,
  isTouchedBetween,
  joinUses,
  oneAsWord,
  type PlannedArray,
  type PlannedEntry,
  type PlannedRecord,
} from "./planUses.ts";

/** All of it, one kind after another. */
export const fusions = [fuseBiases, fuseRectifiers, fusePoolSlopes, fuseSlopeSums, fuseLosses] as const;

/** A row added to each row of a product, or each pixel of a convolution, that nobody else looks at: the product adds it itself. */
function fuseBiases(entries: readonly PlannedEntry[]): void {
  for (const addition of entries) {
    if (addition.isDropped || addition.kind !== "record" || !isAddition(addition)) continue;
    const [sum, row, output] = addition.uses;
    if (sum === undefined || row === undefined || output === undefined || sum.array.isFixed) continue;
    const makers = sum.array.users;
    const [product] = makers;
    if (makers.length !== 2 || makers[1] !== addition || product?.kind !== "record") continue;
    const takes = biasRoutines[product.words[0] ?? -1];
    if (takes === undefined) continue;
    // The product writes the output while it still reads its operands and the row.
    const isReadByProduct = product.uses.some(({ word, array }) => word !== takes.target && array === output.array);
    if (row.array === sum.array || row.array === output.array || isReadByProduct) continue;
    if (!takesBias(product, takes, sum.array) || !isRowOf(addition, product, row.array)) continue;
    if (isTouchedBetween(entries, product, addition, [row.array, output.array])) continue;
    joinUses(sum.array, output.array);
    addUse(product, takes.bias, row.array, "read");
    addition.isDropped = true;
  }
}

/** Routines that can add a row: the words of their output and of the row. In both, word 11 says how long its rows are. */
const biasRoutines: Readonly<Record<number, { readonly target: number; readonly bias: number }>> = {
  [opcodes.MATRIX_PRODUCT]: { target: 8, bias: 14 },
  [opcodes.CONV2D]: { target: 4, bias: 22 },
};

function isAddition({ words }: PlannedRecord): boolean {
  return words[0] === opcodes.BINARY && words[2] === opcodes.BINARY_ADD && words[12] === 0;
}

/** Whether a product writes all of an array, row after row, and has no bias yet; a convolution always writes all. */
function takesBias({ words, uses }: PlannedRecord, { bias }: { readonly bias: number }, array: PlannedArray): boolean {
  if (uses.some(({ word }) => word === bias)) return false;
  if (words[0] === opcodes.CONV2D) return true;
  return isWhole(words, array);
}

/** Whether a product writes all of an array, row after row. */
function isWhole(words: Int32Array, array: PlannedArray): boolean {
  const columns = words[11] ?? 0;
  return (words[10] ?? 0) * columns === array.length && words[9] === columns && words[8] === 0 && words[13] === 0;
}

/** Whether an addition stretches a row as long as the product's rows; a row of one number is stretched everywhere. */
function isRowOf({ words }: PlannedRecord, product: PlannedRecord, row: PlannedArray): boolean {
  const columns = product.words[11] ?? 0;
  if (row.length !== columns) return false;
  const [rows, length, sumRow, sumColumn, rowRow, rowColumn] = words.slice(6, 12);
  if (columns === 1) return rows === 1 && sumColumn === 1 && rowColumn === 0;
  const isStretched = rows === 1 || rowRow === 0;
  return length === columns && sumColumn === 1 && rowColumn === 1 && isStretched && (rows === 1 || sumRow === columns);
}

/** A ReLU of a product or a convolution that nobody else looks at: what is below zero becomes zero as it is written. */
function fuseRectifiers(entries: readonly PlannedEntry[]): void {
  for (const relu of entries) {
    if (
      relu.isDropped ||
      relu.kind !== "record" ||
      relu.words[0] !== opcodes.UNARY ||
      relu.words[2] !== opcodes.UNARY_RELU
    )
      continue;
    const [input, output] = relu.uses;
    if (input === undefined || output === undefined || input.array.isFixed) continue;
    const makers = input.array.users;
    const [product] = makers;
    if (makers.length !== 2 || makers[1] !== relu || product?.kind !== "record") continue;
    const takes = biasRoutines[product.words[0] ?? -1];
    if (takes === undefined || !isRectifiable(product, input.array)) continue;
    if (product.uses.some(({ word, array }) => word !== takes.target && array === output.array)) continue;
    if (isTouchedBetween(entries, product, relu, [output.array, output.array])) continue;
    joinUses(input.array, output.array);
    product.words[takes.bias + 1] = 1;
    relu.isDropped = true;
  }
}

/** Whether a product writes all of an array, and is not made by one of the ways for narrow ones. */
function isRectifiable({ words }: PlannedRecord, array: PlannedArray): boolean {
  if (words[0] === opcodes.CONV2D) return words[23] === 0;
  const columns = words[11] ?? 0;
  const isWide = columns > 1 && (words[12] ?? 0) > 2;
  return isWide && isWhole(words, array) && words[15] === 0;
}

/** The slopes of a ReLU whose largest numbers are pooled: they are those of the numbers that were taken. */
function fusePoolSlopes(entries: readonly PlannedEntry[]): void {
  for (const slopes of entries) {
    if (slopes.isDropped || slopes.kind !== "record" || !isPlainRectifierGrad(slopes)) continue;
    const [output, outputGrad, target] = slopes.uses;
    if (output === undefined || outputGrad === undefined || target === undefined) continue;
    const makers = outputGrad.array.users;
    const [pool] = makers;
    if (outputGrad.array.isFixed) continue;
    if (makers.length !== 2 || makers[1] !== slopes || pool?.kind !== "record") continue;
    const [pooled] = pool.uses;
    if (!isPlainPoolGrad(pool) || pooled?.array !== output.array) continue;
    if (pool.uses.some(({ word, array }) => word !== 5 && array === target.array)) continue;
    if (isTouchedBetween(entries, pool, slopes, [output.array, target.array])) continue;
    joinUses(outputGrad.array, target.array);
    pool.words[23] = 1;
    slopes.isDropped = true;
  }
}

function isPlainRectifierGrad({ words }: PlannedRecord): boolean {
  return words[0] === opcodes.UNARY_GRAD && words[2] === opcodes.UNARY_RELU && words[8] === 0;
}

/** The largest numbers', which is written. */
function isPlainPoolGrad({ words }: PlannedRecord): boolean {
  return words[0] === opcodes.POOL2D_GRAD && words[6] === 0 && words[22] === 0 && words[23] === 0;
}

/** Activations whose slopes are quickly found. */
const summedSlopes: ReadonlySet<number | undefined> = new Set([
  opcodes.UNARY_RELU,
  opcodes.UNARY_LEAKY_RELU,
  opcodes.UNARY_SIGMOID,
  opcodes.UNARY_TANH,
]);

/** Of more numbers both are better done in the order in which they stand, and by several threads. */
const mostSummedSlopes = 2 ** 14;

/** Slopes times a gradient, and the sums of their columns, a bias' gradient: in one pass. */
function fuseSlopeSums(entries: readonly PlannedEntry[]): void {
  for (const slopes of entries) {
    if (slopes.isDropped || slopes.kind !== "record" || !isSummable(slopes)) continue;
    const grad = slopes.uses.find(({ word }) => word === slopesTarget)?.array;
    const after = grad?.users ?? [];
    const sum = after.find((entry) => entry.place > slopes.place && entry.kind === "record" && isColumnSum(entry));
    if (grad === undefined || sum?.kind !== "record") continue;
    const [input, output] = sum.uses;
    const columns = sum.words[6] ?? 0;
    if (input?.array !== grad || output === undefined || sum.words[2] !== 0 || grad.length < 2 * columns) continue;
    if ((sum.words[8] ?? 0) * columns !== grad.length) continue;
    // The sums come sooner than they did, from numbers that are not changed in between.
    if (slopes.uses.some(({ array }) => array === output.array)) continue;
    if (isTouchedBetween(entries, slopes, sum, [grad, output.array])) continue;
    const words = new Int32Array(11);
    words.set(slopes.words);
    words.set([opcodes.UNARY_GRAD_SUM, words.length]);
    words.set([columns, sum.words[3] ?? 0], 9);
    slopes.words = words;
    addUse(slopes, 10, output.array, output.access);
    sum.isDropped = true;
  }
}

const slopesTarget = 5;

/** Slopes that are written, not added to others. */
function isSummable({ words }: PlannedRecord): boolean {
  const isSmall = (words[6] ?? 0) <= mostSummedSlopes;
  return words[0] === opcodes.UNARY_GRAD && words[8] === 0 && isSmall && summedSlopes.has(words[2]);
}

/** The plain sum of all rows of a matrix, which is written. */
function isColumnSum({ words }: PlannedRecord): boolean {
  const [columns, outputStep, rows, rowStep, kept, reduced] = words.slice(6, 12);
  const isPlain = words[4] === oneAsWord && words[5] === 0 && kept === 0 && reduced === 0;
  return words[0] === opcodes.SUM && isPlain && outputStep === 1 && rowStep === columns && rows !== 0;
}

/** Of more numbers the gradient is better found by several threads. */
const mostJudged = 2 ** 14;

/** A categorical cross-entropy of logits, and its gradient later on: both need the same sums of exponentials. */
function fuseLosses(entries: readonly PlannedEntry[]): void {
  for (const loss of entries) {
    if (loss.isDropped || loss.kind !== "record" || loss.words[0] !== opcodes.LOSS) continue;
    const [prediction, target, output] = loss.uses;
    if (loss.words[5] !== opcodes.CATEGORICAL_CROSSENTROPY_LOGITS || (loss.words[6] ?? 0) > mostJudged) continue;
    if (prediction === undefined || target === undefined || output === undefined) continue;
    const gradient = prediction.array.users.find((entry) => isGradientOf(loss, entry));
    if (gradient === undefined || gradient.uses.some(({ array }) => array === output.array)) continue;
    if (isTouchedBetween(entries, loss, gradient, [prediction.array, output.array, target.array])) continue;
    addUse(gradient, 12, output.array, "write");
    loss.isDropped = true;
  }
}

/** Later on, of the same numbers, with the same settings. */
function isGradientOf(loss: PlannedRecord, entry: PlannedEntry): boolean {
  if (entry.kind !== "record" || entry.words[0] !== opcodes.LOSS_GRAD || entry.place < loss.place) return false;
  const isSameArray = (index: number) => entry.uses[index]?.array === loss.uses[index]?.array;
  const areSameSettings = entry.words.slice(5, 11).every((word, index) => word === loss.words[5 + index]);
  const isFree = entry.uses.every(({ word }) => word !== 12);
  return isSameArray(0) && isSameArray(1) && areSameSettings && isFree;
}
