// Whether helpers are used follows from measured times alone; here the times are made up.

import { describe, expect, it } from "vitest";
import { Random } from "../../../random.ts";
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

  it("goes by the mean, not by the usual run: helpers that are kept from their part now and then gain nothing", () => {
    for (const scale of [1, 50]) {
      const random = new Random(7);
      const stall = (share: number) => (random.chance(share) ? 3 : 0);
      const timeOf = (isTogether: boolean) => scale * (isTogether ? 0.7 + stall(0.35) : 1 + stall(0.15));
      const { total } = runs(new Pace(), 2000, timeOf);
      expect(total / (2000 * scale * 1.45)).toBeLessThan(1.1);
    }
  });

  it("remembers what helpers lost: long waits that come seldom are paid once, not again and again", () => {
    for (const alone of [0.8, 5, 50]) {
      const shares = [1, 2, 3, 4, 5, 6].map((seed) => {
        const random = new Random(seed);
        const count = 20_000 / alone;
        const timeOf = (isTogether: boolean) => (isTogether ? 0.6 * alone + (random.chance(0.03) ? 500 : 0) : alone);
        return runs(new Pace(), count, timeOf).total / (count * alone);
      });
      expect(shares.reduce((sum, share) => sum + share) / shares.length).toBeLessThan(1.1);
      expect(Math.max(...shares)).toBeLessThan(1.15);
    }
  });

  it("keeps to helpers where everything is kept waiting now and then", () => {
    const random = new Random(7);
    const timeOf = (isTogether: boolean) => (isTogether ? 0.6 : 1) + (random.chance(0.1) ? 3 : 0);
    expect(runs(new Pace(), 2000, timeOf).together).toBeGreaterThan(1200);
  });

  it("tries helpers seldom where a single run with them is dear", () => {
    const { total } = runs(new Pace(), 2000, (isTogether) => (isTogether ? 1000 : 10));
    expect(total).toBeLessThan(1.1 * 20_000);
  });

  it("starts alone and is not led astray by slow first runs", () => {
    const pace = new Pace();
    expect(pace.isTogether).toBe(false);
    const { together } = runs(pace, 300, (isTogether, run) => (run < 3 ? 50 : isTogether ? 1.2 : 1));
    expect(together).toBeLessThan(40);
  });
});
