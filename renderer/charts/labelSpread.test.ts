// Labels at line ends never overlap and never leave the plot.

import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadLabels } from "./labelSpread.ts";

const plot = { gap: 14, top: 5, bottom: 165 };

test("labels that stand apart already are not moved", () => {
  expect(spreadLabels([20, 100, 60], plot)).toEqual([20, 100, 60]);
});

test("two labels at one place part evenly around it", () => {
  expect(spreadLabels([80, 80], plot)).toEqual([73, 87]);
});

test("labels below the plot come up into it", () => {
  expect(spreadLabels([300, 300], plot)).toEqual([151, 165]);
});

test("no two labels come nearer than the gap, all stay inside, and their order is kept", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 12 }),
      (wanted) => {
        const placed = spreadLabels(wanted, plot);
        const sorted = [...placed].sort((a, b) => a - b);
        for (const [index, value] of sorted.entries()) {
          expect(value).toBeGreaterThanOrEqual(plot.top - 1e-6);
          expect(value).toBeLessThanOrEqual(plot.bottom + 1e-6);
          if (index > 0)
            expect(value - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(
              Math.min(14, 160 / (wanted.length - 1)) - 1e-6,
            );
        }
        for (let one = 0; one < wanted.length; one++) {
          for (let other = 0; other < wanted.length; other++) {
            if ((wanted[one] ?? 0) < (wanted[other] ?? 0))
              expect(placed[one] ?? 0).toBeLessThan((placed[other] ?? 0) + 1e-6);
          }
        }
      },
    ),
  );
});

test("with too many labels for the height the gap shrinks evenly", () => {
  expect(spreadLabels([0, 0, 0], { gap: 14, top: 0, bottom: 10 })).toEqual([0, 5, 10]);
});
