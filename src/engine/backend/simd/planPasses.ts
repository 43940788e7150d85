// What makes a plan shorter: arrays that are zeroed only to be added to, and copies whose source nobody needs, fall away; what goes
// over the same numbers does it at once.

import { Floats } from "../../intrinsics.ts";
import * as opcodes from "../opcodes.ts";
import type { ArrayUse, PlannedEntry, PlannedRecord } from "./planWriter.ts";

/** How a routine that adds to an array is told to write it instead. */
interface Adding {
  /** The word that holds the array it adds to. */
  readonly target: number;
  /** Turns the record into one that writes. */
  readonly overwrite: (words: Int32Array) => void;
}

const overwriteFlag = (word: number) => (words: Int32Array) => {
  words[word] = 0;
};

/** Routines that can add or write. */
const addingRoutines: Readonly<Record<number, Adding>> = {
  [opcodes.MATRIX_PRODUCT]: { target: 8, overwrite: overwriteFlag(13) },
  [opcodes.UNARY_GRAD]: { target: 5, overwrite: overwriteFlag(8) },
  [opcodes.BINARY_GRAD]: { target: 7, overwrite: overwriteFlag(8) },
  [opcodes.SUM]: { target: 3, overwrite: overwriteFlag(5) },
  [opcodes.ADD_STRIDED]: { target: 3, overwrite: overwriteFlag(9) },
  [opcodes.SOFTMAX_GRAD]: { target: 4, overwrite: overwriteFlag(8) },
  [opcodes.NORM_GRAD]: { target: 5, overwrite: overwriteFlag(6) },
  [opcodes.LOG_SUM_EXP_GRAD]: { target: 5, overwrite: overwriteFlag(6) },
  [opcodes.ADD_SCALED]: {
    target: 3,
    overwrite(words) {
      words[0] = opcodes.COPY;
    },
  },
};

/** The arrays somebody outside the plan reads or writes between runs, or that stand elsewhere. */
export type IsFixed = (array: Floats) => boolean;

/** All passes, one after another. */
export function shortenPlan(entries: readonly PlannedEntry[], isFixed: IsFixed): readonly PlannedEntry[] {
  return fuseSlopeSums(fuseBiases(dropCopies(dropFills(entries), isFixed), isFixed));
}

/** A fill with zero right before the array's first sum: the sum is written instead. */
function dropFills(entries: readonly PlannedEntry[]): readonly PlannedEntry[] {
  const dropped = new Set<PlannedEntry>();
  const users = usersOf(entries);
  for (const entry of entries) {
    if (entry.kind !== "record" || !isFillWithZero(entry)) continue;
    const array = entry.uses[0]?.array;
    const all = array === undefined ? [] : (users.get(array) ?? []);
    const next = all[all.indexOf(entry) + 1];
    if (array === undefined || next === undefined || !writesInstead(next, array)) continue;
    dropped.add(entry);
  }
  return entries.filter((entry) => !dropped.has(entry));
}

function isFillWithZero({ words, uses }: PlannedRecord): boolean {
  return words[0] === opcodes.FILL && words[4] === 0 && words[3] === uses[0]?.array.length;
}

/** Changes a record that adds to all of an array into one that writes it, if it can be. */
function writesInstead(entry: PlannedEntry, array: Floats): boolean {
  if (entry.kind !== "record") return false;
  const adding = addingRoutines[entry.words[0] ?? -1];
  const uses = entry.uses.filter((use) => use.array === array);
  const use = uses[0];
  if (adding === undefined || use === undefined || uses.length !== 1 || use.word !== adding.target) return false;
  if (use.access !== "update" || !coversAll(entry, array)) return false;
  adding.overwrite(entry.words);
  use.access = "write";
  return true;
}

/** A product may add to a part of an array: one of a batch. */
function coversAll({ words }: PlannedRecord, array: Floats): boolean {
  if (words[0] !== opcodes.MATRIX_PRODUCT) return true;
  return (words[10] ?? 0) * (words[11] ?? 0) === array.length && words[8] === 0;
}

/**
 * A plain copy into an array that has held nothing before: both become one array, where afterwards either nobody writes to
 * them, or nobody uses the source.
 */
function dropCopies(entries: readonly PlannedEntry[], isFixed: IsFixed): readonly PlannedEntry[] {
  const kept: PlannedEntry[] = [];
  const users = usersOf(entries);
  const places = new Map(entries.map((entry, index) => [entry, index]));
  for (const entry of entries) {
    if (entry.kind === "record" && isPlainCopy(entry)) {
      const [source, target] = [entry.uses[0]?.array, entry.uses[1]?.array];
      if (source !== undefined && target !== undefined && joinArrays(entry, { source, target, users, places, isFixed }))
        continue;
    }
    kept.push(entry);
  }
  return kept;
}

const oneAsWord = new Int32Array(new Floats([1]).buffer)[0];

function isPlainCopy({ words, uses }: PlannedRecord): boolean {
  const [source, target] = uses;
  const length = words[4];
  return (
    words[0] === opcodes.COPY &&
    words[5] === oneAsWord &&
    source?.array.length === length &&
    target?.array.length === length &&
    source !== target
  );
}

interface Joining {
  readonly source: Floats;
  readonly target: Floats;
  readonly users: Map<Floats, PlannedEntry[]>;
  readonly places: ReadonlyMap<PlannedEntry, number>;
  readonly isFixed: IsFixed;
}

function joinArrays(copy: PlannedEntry, { source, target, users, places, isFixed }: Joining): boolean {
  const at = places.get(copy) ?? 0;
  const isAfter = (entry: PlannedEntry) => (places.get(entry) ?? 0) > at;
  const sourceUsers = users.get(source) ?? [];
  const targetUsers = users.get(target) ?? [];
  const isTargetNew = targetUsers[0] === copy;
  const isSourceDone = !isFixed(source) && !sourceUsers.some(isAfter);
  const writesLater = (array: Floats, of: readonly PlannedEntry[]) =>
    of.filter(isAfter).some((entry) => entry.uses.some((use) => use.array === array && use.access !== "read"));
  const isReadOnly = !writesLater(source, sourceUsers) && !writesLater(target, targetUsers);
  if (!isTargetNew || !(isSourceDone || (isReadOnly && !isFixed(target)))) return false;
  // A fixed array keeps its place; the other joins it.
  const [stays, goes] = isFixed(target) ? [target, source] : [source, target];
  if (isFixed(goes)) return false;
  const movers = users.get(goes) ?? [];
  for (const entry of movers) {
    if (entry.kind === "host") return false;
  }
  for (const entry of movers) for (const use of entry.uses) if (use.array === goes) use.array = stays;
  const all = [...new Set([...(users.get(stays) ?? []), ...movers])].filter((entry) => entry !== copy);
  users.set(
    stays,
    all.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)),
  );
  users.delete(goes);
  return true;
}

/** A row added to each row of a product, or each pixel of a convolution, that nobody else looks at: the product adds it itself. */
function fuseBiases(entries: readonly PlannedEntry[], isFixed: IsFixed): readonly PlannedEntry[] {
  const users = usersOf(entries);
  const fused = new Set<PlannedEntry>();
  for (const addition of entries) {
    if (addition.kind !== "record" || !isAddition(addition)) continue;
    const [sum, row, output] = addition.uses;
    const makers = sum === undefined ? [] : (users.get(sum.array) ?? []);
    const [product] = makers;
    if (sum === undefined || row === undefined || output === undefined || isFixed(sum.array)) continue;
    if (makers.length !== 2 || makers[1] !== addition || product?.kind !== "record") continue;
    const takes = biasRoutines[product.words[0] ?? -1];
    if (takes === undefined) continue;
    // The product writes the output while it still reads its operands and the row.
    const isReadByProduct = product.uses.some(({ word, array }) => word !== takes.target && array === output.array);
    if (row.array === sum.array || row.array === output.array || isReadByProduct) continue;
    const target = product.uses.find(({ word }) => word === takes.target);
    if (!takesBias(product, takes, sum.array) || target === undefined || !isRowOf(addition, product, row.array))
      continue;
    if (isTouchedBetween(entries, product, addition, [row.array, output.array])) continue;
    target.array = output.array;
    product.uses.push({ word: takes.bias, array: row.array, access: "read" });
    fused.add(addition);
  }
  return entries.filter((entry) => !fused.has(entry));
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
function takesBias({ words, uses }: PlannedRecord, { bias }: { readonly bias: number }, array: Floats): boolean {
  if (uses.some(({ word }) => word === bias)) return false;
  if (words[0] === opcodes.CONV2D) return true;
  const columns = words[11] ?? 0;
  const isWhole = (words[10] ?? 0) * columns === array.length && words[9] === columns && words[8] === 0;
  return isWhole && words[13] === 0;
}

/** Whether an addition stretches a row as long as the product's rows; a row of one number is stretched everywhere. */
function isRowOf({ words }: PlannedRecord, product: PlannedRecord, row: Floats): boolean {
  const columns = product.words[11] ?? 0;
  if (row.length !== columns) return false;
  const [rows, length, sumRow, sumColumn, rowRow, rowColumn] = words.slice(6, 12);
  if (columns === 1) return rows === 1 && sumColumn === 1 && rowColumn === 0;
  const isStretched = rows === 1 || rowRow === 0;
  return length === columns && sumColumn === 1 && rowColumn === 1 && isStretched && (rows === 1 || sumRow === columns);
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
function fuseSlopeSums(entries: readonly PlannedEntry[]): readonly PlannedEntry[] {
  const users = usersOf(entries);
  const fused = new Map<PlannedEntry, PlannedRecord>();
  const dropped = new Set<PlannedEntry>();
  for (const slopes of entries) {
    if (slopes.kind !== "record" || !isSummable(slopes)) continue;
    const grad = slopes.uses.find(({ word }) => word === slopesTarget)?.array;
    const after = grad === undefined ? [] : (users.get(grad) ?? []);
    const sum = after.slice(after.indexOf(slopes) + 1).find((entry) => entry.kind === "record" && isColumnSum(entry));
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
    fused.set(slopes, { ...slopes, words, uses: [...slopes.uses, { ...output, word: 10 }] });
    dropped.add(sum);
  }
  return entries.filter((entry) => !dropped.has(entry)).map((entry) => fused.get(entry) ?? entry);
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

/** Whether something between two entries uses one of the arrays. */
function isTouchedBetween(
  entries: readonly PlannedEntry[],
  first: PlannedEntry,
  last: PlannedEntry,
  arrays: readonly Floats[],
): boolean {
  return entries
    .slice(entries.indexOf(first) + 1, entries.indexOf(last))
    .some((entry) =>
      entry.uses.some(({ array, access }) => arrays.includes(array) && (access !== "read" || array === arrays[1])),
    );
}

/** Every array with the entries that use it, in order. */
function usersOf(entries: readonly PlannedEntry[]): Map<Floats, PlannedEntry[]> {
  const users = new Map<Floats, PlannedEntry[]>();
  for (const entry of entries) {
    for (const array of new Set(entry.uses.map((use: ArrayUse) => use.array))) {
      const list = users.get(array) ?? [];
      list.push(entry);
      users.set(array, list);
    }
  }
  return users;
}
