// The weights of a small net at the steps of its training. No DOM.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import type { UnitColumn, UnitHistory } from "../../src/shared/views.ts";

/** The columns with the weights and biases of a state, which stand in it one after the other. */
export function columnsAt(columns: readonly UnitColumn[], state: readonly ViewNumber[]): readonly UnitColumn[] {
  let place = 0;
  const take = (count: number) => {
    place += count;
    return state.slice(place - count, place);
  };
  return columns.map((column) => ({
    ...column,
    weights: column.weights.map((row) => take(row.length)),
    biases: take(column.biases.length),
  }));
}

export function largestWeight(newest: readonly UnitColumn[], history: UnitHistory | null): number {
  const states = [newest, ...(history?.numbers ?? []).map((state) => columnsAt(newest, state))];
  let largest = 0;
  for (const columns of states)
    for (const weight of columns.flatMap(({ weights }) => weights.flat())) {
      const size = Math.abs(fromViewNumber(weight) ?? 0);
      if (Number.isFinite(size) && size > largest) largest = size;
    }
  return largest;
}
