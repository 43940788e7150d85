// Where activations are flat: the regions against each function's own slope.

import { describe, expect, it } from "vitest";
import { activationInfo, curveRoutine } from "../../activations/activationInfo.ts";
import { activationNames } from "../../activations/catalogue.ts";
import type { FlatRegions } from "../../backend/measurements.ts";
import { unaryFunctions } from "../../backend/scalarMaths.ts";
import { Random } from "../../random.ts";
import { flatRegions, regionsOfValues, saturationShare } from "./traceRegions.ts";

const bending = activationNames.filter((name) => activationInfo(name).isElementwise && name !== "linear");

describe("flat regions", () => {
  it.each(bending)("of %s are where its slope is small", (name) => {
    const info = activationInfo(name);
    const random = new Random(1);
    for (const alpha of info.defaultAlpha === null ? [0] : [info.defaultAlpha, 0.05, 0.5, 2]) {
      const largest = info.largestSlope(alpha);
      if (largest === null) continue;
      const limit = saturationShare * largest;
      const routine = curveRoutine(info.name);
      const { value, slope } = unaryFunctions[routine];
      const { below, above, low, high } = flatRegions(routine, alpha, limit);
      const samples = [...random.uniformFloats(4000, -12, 12), ...random.uniformFloats(500, -200, 200), 0, 1e30, -1e30];
      for (const x of samples) {
        const isFlat = limit === 0 || Math.abs(slope(x, value(x, alpha), alpha)) < limit;
        expect(x <= below || x >= above || (x >= low && x <= high), `${name}(${alpha}) at ${x}`).toBe(isFlat);
      }
    }
  });
});

describe("flat regions of outputs", () => {
  const told = bending.filter((name) => {
    const { largestSlope, defaultAlpha } = activationInfo(name);
    const alpha = defaultAlpha ?? 0;
    return largestSlope(alpha) !== null && regionsOf(name).after !== null;
  });

  it("are known for functions that never fall", () => {
    for (const name of ["sigmoid", "tanh", "relu", "relu6", "elu", "selu", "softplus", "hardTanh"] as const)
      expect(told).toContain(name);
    for (const name of ["gelu", "silu", "mish"] as const) expect(told).not.toContain(name);
  });

  it.each(told)("of %s tell the same as those of what goes in, but at their very edge", (name) => {
    const alpha = activationInfo(name).defaultAlpha ?? 0;
    const { before, after } = regionsOf(name);
    const { value } = unaryFunctions[curveRoutine(name)];
    const isIn = ({ below, above, low, high }: FlatRegions, x: number) =>
      x <= below || x >= above || (x >= low && x <= high);
    const edges = [before.below, before.above, before.low, before.high];
    for (const x of [...new Random(2).uniformFloats(4000, -12, 12), ...new Random(3).uniformFloats(500, -200, 200)]) {
      if (edges.some((edge) => Math.abs(x - edge) < 1e-4)) continue;
      expect(after !== null && isIn(after, Math.fround(value(x, alpha))), `${name} at ${x}`).toBe(isIn(before, x));
    }
  });
});

function regionsOf(name: (typeof bending)[number]): { before: FlatRegions; after: FlatRegions | null } {
  const { defaultAlpha, largestSlope } = activationInfo(name);
  const alpha = defaultAlpha ?? 0;
  const routine = curveRoutine(name);
  const before = flatRegions(routine, alpha, saturationShare * (largestSlope(alpha) ?? 0));
  return { before, after: regionsOfValues(routine, alpha, before) };
}
