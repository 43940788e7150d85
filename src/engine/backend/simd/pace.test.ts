// Whether helpers are used follows from measured times alone; here the times are made up.

import { describe, expect, it } from "vitest";
import { Pace } from "./pace.ts";

/** The total time of runs, and how many were with helpers. */
function runs(pace: Pace, count: number, timeOf: (isTogether: boolean, run: number) => number) {
  let [total, together] = [0, 0];
  for (let run = 0; run < count; run++) {
    const ms = timeOf(pace.isTogether, run);
    if (pace.isTogether) together++;
    total += ms;
    pace.took(ms);
  }
  return { total, together };
}

describe("the pace", () => {
  it("keeps to helpers where they make it faster", () => {
    const { together } = runs(new Pace(), 1000, (isTogether) => (isTogether ? 0.6 : 1));
    expect(together).toBeGreaterThan(900);
  });

  it("loses less than a tenth where helpers make it slower", () => {
    for (const slower of [1.01, 2, 10]) {
      const { total } = runs(new Pace(), 1000, (isTogether) => (isTogether ? slower : 1));
      expect(total).toBeLessThan(1100);
    }
  });

  it("gives helpers up soon after the machine has become busy, and takes them back", () => {
    const pace = new Pace();
    runs(pace, 500, (isTogether) => (isTogether ? 0.6 : 1));
    const busy = runs(pace, 500, (isTogether) => (isTogether ? 3 : 1));
    expect(busy.together).toBeLessThan(60);
    const free = runs(pace, 3000, (isTogether) => (isTogether ? 0.6 : 1));
    expect(free.together).toBeGreaterThan(1500);
  });

  it("starts alone and is not led astray by slow first runs", () => {
    const pace = new Pace();
    expect(pace.isTogether).toBe(false);
    const { together } = runs(pace, 300, (isTogether, run) => (run < 3 ? 50 : isTogether ? 1.2 : 1));
    expect(together).toBeLessThan(40);
  });
});
