// Rows that wait: where the next one is written, who takes them, and what stays when their memory is given back.

import { describe, expect, it } from "vitest";
import { type RowTaker, WaitingRows } from "./waitingRows.ts";

const rowSize = 3;

function madeOf(room: number) {
  const place = new Float64Array(1);
  const numbers = new Float64Array(room * rowSize);
  const rows = new WaitingRows(numbers, place, rowSize);
  const taken: string[] = [];
  const takerOf = (name: string): RowTaker => ({
    takeRows: () => {
      for (let row = 0; row < rows.count; row++) taken.push(`${name} ${rows.numbers[row * rowSize]}`);
      rows.count = 0;
    },
  });
  const write = (value: number, taker: RowTaker) => {
    rows.begin();
    numbers.fill(value, (place[0] ?? 0) * rowSize, ((place[0] ?? 0) + 1) * rowSize);
    rows.claim(taker);
    rows.count++;
  };
  return { rows, numbers, place, taken, takerOf, write };
}

describe("rows that wait", () => {
  it("are taken before one more would stand behind the last", () => {
    const { rows, place, taken, takerOf, write } = madeOf(2);
    const taker = takerOf("one");
    for (const value of [1, 2, 3]) write(value, taker);
    expect(taken).toEqual(["one 1", "one 2"]);
    expect([rows.count, place[0]]).toEqual([1, 0]);
  });

  it("of a training that was given up are taken by that one alone", () => {
    const { rows, taken, takerOf, write } = madeOf(4);
    const [one, other] = [takerOf("one"), takerOf("other")];
    for (const value of [1, 2]) write(value, one);
    write(3, other);
    expect(taken).toEqual(["one 1", "one 2"]);
    other.takeRows();
    expect(taken.slice(2)).toEqual(["other 3"]);
    expect(rows.count).toBe(0);
  });

  it("stay as they are when other numbers stand in their memory", () => {
    const { rows, numbers, taken, takerOf, write } = madeOf(4);
    const taker = takerOf("one");
    write(7, taker);
    rows.leave();
    numbers.fill(-1);
    taker.takeRows();
    expect(taken).toEqual(["one 7"]);
  });
});
