// What makes a plan shorter: arrays that are zeroed only to be added to, and copies whose source nobody needs, fall away. What goes
// over the same numbers does it at once: planFusions.ts.

import type { Floats } from "../../intrinsics.ts";
import * as opcodes from "../opcodes.ts";
import { fuse } from "./planFusions.ts";
import { type IsFixed, oneAsWord, usersOf } from "./planUses.ts";
import type { PlannedEntry, PlannedRecord } from "./planWriter.ts";

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
export function shortenPlan(entries: readonly PlannedEntry[], isFixed: IsFixed): readonly PlannedEntry[] {
  return fuse(dropCopies(dropFills(entries), isFixed), isFixed);
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

/** A product may add to a part of an array: one of a batch. Windows may leave places out, or meet in some. */
function coversAll({ words }: PlannedRecord, array: Floats): boolean {
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
