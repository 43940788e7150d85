// Which weights are measured in one pass: those of a layer between which nothing stands, for each pass costs something of its own.

import { Floats } from "../../intrinsics.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Parameter } from "../../tensor.ts";
import { paddedSize } from "../../weightRange.ts";

/** Weights that are measured together, in the order in which they stand, and where their layers' parts of the table begin. */
export interface MeasuredWeights {
  readonly weights: readonly Parameter[];
  readonly starts: readonly number[];
}

/** The weights that training changes, layer by layer. `areJoined`: neighbours of one layer alone are measured together. */
export function measuredWeights(
  startOf: ReadonlyMap<Pick<Layer, "weights">, number>,
  areJoined: boolean,
): MeasuredWeights[] {
  const startsOf = new Map<Parameter, number[]>();
  for (const [layer, start] of startOf)
    for (const weight of layer.weights)
      if (weight.isTrainable) startsOf.set(weight, [...(startsOf.get(weight) ?? []), start]);
  const found: { weights: Parameter[]; starts: readonly number[] }[] = [];
  for (const [weight, starts] of startsOf) {
    const last = found.at(-1);
    const before = last?.weights.at(-1);
    const isOfSameLayer = starts.length === 1 && last?.starts.length === 1 && last.starts[0] === starts[0];
    if (areJoined && isOfSameLayer && before !== undefined && areNeighbours(before, weight)) last.weights.push(weight);
    else found.push({ weights: [weight], starts });
  }
  return found;
}

/** Whether nothing stands between two weights of a layer, or would in a range, where they have no place yet: an eager step sums like a planned one. */
function areNeighbours(first: Parameter, second: Parameter): boolean {
  if (paddedSize(first) !== first.size) return false;
  if (first.place === null || second.place === null) return first.place === second.place;
  return first.place.range === second.place.range && first.place.start + first.size === second.place.start;
}

/** All of these numbers as one array: a view where they stand side by side, else a copy. */
export function joinedNumbers(arrays: readonly Floats[]): Floats {
  const [first] = arrays;
  if (first === undefined) return new Floats(0);
  if (arrays.length === 1) return first;
  const length = arrays.reduce((sum, each) => sum + each.length, 0);
  let end = first.byteOffset;
  const areSideBySide = arrays.every(({ buffer, byteOffset, byteLength }) => {
    const isNext = buffer === first.buffer && byteOffset === end;
    end += byteLength;
    return isNext;
  });
  if (areSideBySide) return new Floats(first.buffer, first.byteOffset, length);
  const joined = new Floats(length);
  let start = 0;
  for (const each of arrays) {
    joined.set(each, start);
    start += each.length;
  }
  return joined;
}
