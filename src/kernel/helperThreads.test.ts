// The setting nnbook.threads comes from a file that anybody may write: whatever stands there gives a number of threads that can be.

import { describe, expect, it } from "vitest";
import { threadCount } from "./helperThreads.ts";

describe("the number of threads", () => {
  it("is what the setting says, as many as there are places for at most", () => {
    expect([1, 2, 33, 99].map((setting) => threadCount(setting, 8))).toEqual([1, 2, 33, 33]);
    expect(threadCount(2.7, 8)).toBe(2);
    expect(threadCount(Number.POSITIVE_INFINITY, 8)).toBe(33);
  });

  it("follows from the cores where the setting says 0 or nothing that is a number of threads", () => {
    for (const setting of [0, -1, 0.5, Number.NaN, "abc" as unknown as number]) {
      expect([1, 2, 4, 64].map((cores) => threadCount(setting, cores))).toEqual([1, 2, 4, 4]);
    }
  });

  it("is 1 where not even the cores are known", () => {
    expect(threadCount(0, 0)).toBe(1);
  });
});
