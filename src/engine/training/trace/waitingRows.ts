// Rows of measured steps that wait in the routines' memory until somebody wants to see them: to look at each at once costs more
// than to measure it.

import type { Doubles } from "../../intrinsics.ts";

/** Looks at the rows that wait. */
export interface RowTaker {
  /** Takes them all. */
  takeRows(): void;
}

/** So many bytes of rows may wait: more would drive what a small model computes with out of the nearest cache. */
const mostBytes = 2 ** 14;
const mostRows = 16;

/** How many rows of so many numbers may wait. */
export function waitingRoom(rowSize: number): number {
  const room = mostBytes / (8 * rowSize);
  return room < 2 ? 2 : room > mostRows ? mostRows : room | 0;
}

/** The rows of one meter. The routines write the next one behind those that wait. */
export class WaitingRows {
  readonly room: number;
  /** How many wait: they stand in `numbers`, one behind the other. */
  count = 0;
  readonly #rowSize: number;
  readonly #place: Doubles<ArrayBufferLike>;
  #numbers: Doubles<ArrayBufferLike>;
  #taker: RowTaker | null = null;

  /** @param place Tells the routines which row to write. */
  constructor(numbers: Doubles<ArrayBufferLike>, place: Doubles<ArrayBufferLike>, rowSize: number) {
    this.room = numbers.length / rowSize;
    this.#rowSize = rowSize;
    this.#place = place;
    this.#numbers = numbers;
  }

  get numbers(): Doubles<ArrayBufferLike> {
    return this.#numbers;
  }

  /** Before the routines write a row. */
  begin(): void {
    // Code may be ended from outside between any two lines: what is full stays so then.
    if (this.count >= this.room) this.#taker?.takeRows();
    this.#place[0] = this.count;
  }

  /** The row that was written, behind those that wait, is one of `taker`. Another one, whose training was given up, takes its own first. */
  claim(taker: RowTaker): void {
    if (this.#taker === taker) return;
    const newest = this.count * this.#rowSize;
    if (this.count > 0) this.#taker?.takeRows();
    if (newest > 0) this.#numbers.copyWithin(0, newest, newest + this.#rowSize);
    this.#taker = taker;
  }

  /** The memory they stand in is given back. */
  leave(): void {
    if (this.count > 0) this.#numbers = this.#numbers.slice();
  }
}
