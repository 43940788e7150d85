// When a training of a race takes the help that is offered to it.

import { afterEach, expect, it } from "vitest";
import { mostThreads, setMostThreads } from "../backend/threads.ts";
import { LentThreads } from "./lentThreads.ts";

afterEach(() => setMostThreads(1));

it("an offer is taken when it has stood for 40 ms, and one that was taken back has to stand anew", () => {
  const offered = new Int32Array(new SharedArrayBuffer(4));
  const threads = new LentThreads(offered);
  expect(threads.take(1000)).toBe(false);
  offered[0] = 2;
  expect([1010, 1049, 1050].map((now) => threads.take(now))).toEqual([false, false, true]);
  expect(mostThreads()).toBe(3);
  offered[0] = 0;
  expect(threads.take(1060)).toBe(false);
  expect(mostThreads()).toBe(1);
  offered[0] = 1;
  expect([1070, 1100, 1110].map((now) => threads.take(now))).toEqual([false, false, true]);
  expect(mostThreads()).toBe(2);
});

it("without a clock an offer is taken at once, and where memory is not shared there is none", () => {
  const offered = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  expect(new LentThreads(offered).take(null)).toBe(true);
  expect(new LentThreads(null).take(null)).toBe(false);
  expect(mostThreads()).toBe(1);
});
