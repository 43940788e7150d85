// What makes a plan shorter: arrays that are zeroed only to be added to, and copies whose source nobody needs, fall away. What goes
// over the same numbers does it at once: planFusions.ts.

import { maths } from "../../../intrinsics.ts";
import * as opcodes from "../../opcodes.ts";
import { fusions } from "./planFusions.ts";
import { joinUses, oneAsWord, type PlannedArray, type PlannedEntry, type PlannedRecord } from "./planUses.ts";

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
  [opcodes.POOL2D_GRAD]: { target: 5, overwrite: overwriteFlag(22) },
  [opcodes.ADD_SCALED]: {
    target: 3,
    overwrite(words) {
      words[0] = opcodes.COPY;
    },
  },
};

/** All passes, one after another. */
export function shortenPlan(entries: readonly PlannedEntry[]): readonly PlannedEntry[] {
  for (const pass of [dropFills, dropCopies, ...fusions]) pass(entries);
  return entries.filter(({ isDropped }) => !isDropped);
}

/** A fill with zero right before the array's first sum: the sum is written instead. */
function dropFills(entries: readonly PlannedEntry[]): void {
  for (const entry of entries) {
    if (entry.kind !== "record" || !isFillWithZero(entry)) continue;
    const [filled] = entry.uses;
    const next = filled?.next?.entry;
    if (filled !== undefined && next !== undefined) entry.isDropped = writesInstead(next, filled.array);
  }
}

function isFillWithZero({ words, uses }: PlannedRecord): boolean {
  return words[0] === opcodes.FILL && words[4] === 0 && words[3] === uses[0]?.array.length;
}

/** Changes a record that adds to all of an array into one that writes it, if it can be. */
function writesInstead(entry: PlannedEntry, array: PlannedArray): boolean {
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

/** A product may add to a part of an array: one of a batch. Windows may leave places out, or meet in some. */
function coversAll({ words }: PlannedRecord, array: PlannedArray): boolean {
  if (words[0] === opcodes.POOL2D_GRAD) return areSideBySide(words);
  if (words[0] !== opcodes.MATRIX_PRODUCT) return true;
  return (words[10] ?? 0) * (words[11] ?? 0) === array.length && words[8] === 0;
}

/** Whether every place of the input lies in one window, and one alone. */
function areSideBySide(words: Int32Array): boolean {
  const [, inputHeight, inputWidth, , outputHeight = 0, outputWidth = 0] = words.subarray(7, 13);
  const [height = 0, width = 0, strideHeight, strideWidth, top, left, dilationHeight, dilationWidth] = words.subarray(
    14,
    22,
  );
  const areDense = height === strideHeight && width === strideWidth && dilationHeight === 1 && dilationWidth === 1;
  return (
    areDense && top === 0 && left === 0 && height * outputHeight === inputHeight && width * outputWidth === inputWidth
  );
}

/**
 * A plain copy into an array that has held nothing before: both become one array, where afterwards either nobody writes to
 * them, or nobody uses the source.
 */
function dropCopies(entries: readonly PlannedEntry[]): void {
  const lives: Lives = new Map();
  for (const entry of entries) {
    if (entry.kind !== "record" || !isPlainCopy(entry)) continue;
    for (const { array } of entry.uses) if (!lives.has(array)) lives.set(array, lifeOf(array));
  }
  for (const entry of entries) {
    const [source, target] = entry.uses;
    if (entry.kind === "record" && isPlainCopy(entry) && source !== undefined && target !== undefined)
      entry.isDropped = joinArrays(entry, source.array, target.array, lives);
  }
}

function isPlainCopy({ words, uses }: PlannedRecord): boolean {
  const [source, target] = [uses[0]?.array, uses[1]?.array];
  const length = words[4];
  return (
    words[0] === opcodes.COPY &&
    words[5] === oneAsWord &&
    source?.length === length &&
    target?.length === length &&
    source !== target
  );
}

/** What happens to an array: the places of the first and the last entry that uses it, and of the last that changes it. */
interface Life {
  readonly first: number;
  last: number;
  lastChange: number;
}

type Lives = Map<PlannedArray, Life>;

function lifeOf(array: PlannedArray): Life {
  const { users } = array;
  const isChanged = ({ uses }: PlannedEntry) => uses.some((use) => use.array === array && use.access !== "read");
  return {
    first: users[0]?.place ?? -1,
    last: users.at(-1)?.place ?? -1,
    lastChange: users.findLast(isChanged)?.place ?? -1,
  };
}

function joinArrays({ place }: PlannedEntry, source: PlannedArray, target: PlannedArray, lives: Lives): boolean {
  const [before, after] = [lives.get(source), lives.get(target)];
  if (before === undefined || after === undefined || after.first !== place) return false;
  const isSourceDone = !source.isFixed && before.last === place;
  const isReadOnly = before.lastChange <= place && after.lastChange <= place;
  if (!isSourceDone && (target.isFixed || !isReadOnly)) return false;
  // A fixed array keeps its place, else the one that is used more; the other joins it.
  const isSourceMoved = target.isFixed || (!source.isFixed && source.useCount < target.useCount);
  const [stays, goes] = isSourceMoved ? [target, source] : [source, target];
  joinUses(goes, stays);
  const last = maths.max(before.last, after.last);
  lives.set(stays, { first: before.first, last, lastChange: maths.max(before.lastChange, after.lastChange) });
  return true;
}
