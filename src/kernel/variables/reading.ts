// What is read of a value, and its parts: few fixed ones, and lists that are looked into page by page.

import type { VariableKind } from "../../shared/peekProtocol.ts";
import type { TableView, TensorView, TensorWindow, Tone } from "../../shared/views.ts";

/** A value as it is listed. */
export interface Reading {
  readonly kind: VariableKind;
  readonly type: string;
  readonly value: string;
  readonly shape?: readonly (number | null)[] | null;
  readonly note?: string | null;
  readonly tone?: Tone | null;
  readonly parts?: Parts | null;
  /** The value as text to be copied; written as any value is when absent. */
  readonly copy?: () => string;
  /** Draws it as a grid; of a tensor a part of it, where one is named. */
  readonly grid?: ((name: string, window: TensorWindow | null) => TensorView | TableView) | null;
}

/** One part of a value. */
export interface Part {
  /** Names it within its whole: see `VariablePath`. */
  readonly step: string;
  readonly name: string;
  readonly read: () => Reading;
  readonly cellId?: string | null;
}

export interface Parts {
  readonly fixed: readonly Part[];
  readonly list: PartList | null;
  /** Which stretch of the list is meant; all of it when absent. */
  readonly range?: Range;
}

/** From a place up to, not including, another. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Parts in a row, of which there may be very many. */
export interface PartList {
  readonly count: number;
  /** Those from `from` up to, not including, `to`. */
  readonly slice: (from: number, to: number) => readonly Part[];
  /** The part of a step that `slice` gives. */
  readonly find: (step: string) => Part | null;
}

/** A page holds so many parts; longer lists are shown as ranges, and ranges of ranges. */
const pageSize = 100;

/** All parts of a value as they are listed. */
export function listedParts({ fixed, list, range }: Parts): readonly Part[] {
  return list === null ? fixed : [...fixed, ...pagedList(list, range ?? { from: 0, to: list.count })];
}

/** The part that a step names. */
export function findPart({ fixed, list }: Parts, step: string): Part | null {
  const known = fixed.find((part) => part.step === step);
  if (known !== undefined || list === null) return known ?? null;
  const [, from, last] = /^(\d+)…(\d+)$/.exec(step) ?? [];
  if (from === undefined || last === undefined) return list.find(step);
  const range = { from: Number(from), to: Math.min(list.count, Number(last) + 1) };
  return range.from < range.to ? rangePart(list, range) : null;
}

function pagedList(list: PartList, { from, to }: Range): readonly Part[] {
  const count = to - from;
  if (count <= pageSize) return list.slice(from, to);
  let size = pageSize;
  while (count > size * pageSize) size *= pageSize;
  return Array.from({ length: Math.ceil(count / size) }, (_, page) =>
    rangePart(list, { from: from + page * size, to: Math.min(to, from + (page + 1) * size) }),
  );
}

function rangePart(list: PartList, range: Range): Part {
  const [first, last] = [range.from, range.to - 1];
  const parts: Parts = { fixed: [], list, range };
  return {
    step: `${first}…${last}`,
    name: `[${first} … ${last}]`,
    read: () => ({ kind: "range", type: "", value: "", parts }),
  };
}

/** A list whose parts are told by their places. */
export function placedList(count: number, at: (place: number) => Part): PartList {
  return {
    count,
    slice: (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, index) => at(from + index)),
    find: (step) => {
      const place = Number(step.slice(1));
      return /^#\d+$/.test(step) && place < count ? at(place) : null;
    },
  };
}

/** The step of the element at a place. */
export function placeStep(place: number): string {
  return `#${place}`;
}
