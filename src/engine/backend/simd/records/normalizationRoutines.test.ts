// Normalization and random numbers on WebAssembly against the plain backend.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import { plainBackend } from "../../plain.ts";
import { createSimdBackend } from "../simdBackend.ts";

const sizes = [
  [1, 1],
  [3, 5],
  [7, 9],
  [17, 4],
  [100, 17],
] as const;

describe.each(["baseline", "relaxed"] as const)("the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
  const backends = [simd, plainBackend];

  describe.each(sizes)("%d rows of %d", (rows, width) => {
    const random = new Random(rows);
    const x = random.normalFloats(rows * width, 3, 2);
    const outputGrad = random.normalFloats(rows * width);
    const scale = random.normalFloats(width);
    const shift = random.normalFloats(width);

    it("has the statistics of columns and rows", () => {
      const [got, want] = backends.map((backend) => {
        const columns = [new Floats(width), new Floats(width)] as const;
        backend.columnMeans(x, columns[0], rows, width);
        backend.columnVariances(x, columns[0], columns[1], rows, width);
        const lines = [new Floats(rows), new Floats(rows), new Floats(rows)] as const;
        backend.rowMeans(x, lines[0], rows, width);
        backend.rowVariances(x, lines[0], lines[1], rows, width);
        backend.rowVariances(x, null, lines[2], rows, width);
        return [...columns, ...lines];
      });
      expectAllClose(got, want);
    });

    it.each([true, false])("normalizes columns and rows, and their gradients (scaled: %s)", (isScaled) => {
      const [got, want] = backends.map((backend) => {
        const outputs = [];
        for (const isOfRows of [true, false]) {
          const count = isOfRows ? rows : width;
          const draw = new Random(7);
          const means = isOfRows && !isScaled ? null : draw.normalFloats(count, 3, 0.1);
          const variances = draw.uniformFloats(count, 0.5, 2);
          const given = { x, means, variances, scale: isScaled ? scale : null };
          const output = new Floats(x.length);
          const setting = { rows, width, epsilon: 1e-3, areStatisticsOfX: isScaled };
          const grads = {
            xGrad: draw.normalFloats(x.length),
            scaleGrad: isScaled ? draw.normalFloats(width) : null,
            shiftGrad: isScaled ? draw.normalFloats(width) : null,
          };
          const arrays = { ...given, shift: isScaled ? shift : null, output };
          const gradArrays = { ...given, outputGrad, ...grads };
          if (isOfRows) {
            backend.normalizeRows(arrays, setting);
            backend.normalizeRowsGrad(gradArrays, setting);
          } else {
            backend.normalizeColumns(arrays, setting);
            backend.normalizeColumnsGrad(gradArrays, setting);
          }
          outputs.push(output, grads.xGrad, grads.scaleGrad ?? new Floats(0), grads.shiftGrad ?? new Floats(0));
        }
        return outputs;
      });
      expectAllClose(got, want);
    });

    it("lets moving statistics follow", () => {
      const [got, want] = backends.map((backend) => {
        const moving = new Floats(scale);
        backend.followStatistics(moving, shift, 0.99, 0.01);
        return [moving];
      });
      expectAllClose(got, want);
    });
  });

  it.each([1, 3, 17, 1000])("makes the same %d random bits", (length) => {
    for (const seed of [0, 1, 0xffffffff, 123456789]) {
      const [got, want] = backends.map((backend) => {
        const mask = new Floats(length);
        const noise = new Floats(length);
        backend.dropoutMask(mask, 0.3, () => seed);
        backend.normalNoise(noise, 0.7, () => seed);
        return [...mask, ...noise];
      });
      expect(got).toEqual(want);
    }
  });
});

function expectAllClose(got: readonly Floats[] | undefined, want: readonly Floats[] | undefined): void {
  expect(got?.length).toBe(want?.length);
  got?.forEach((array, which) => {
    array.forEach((value, index) => {
      const expected = want?.[which]?.[index] ?? Number.NaN;
      expect(
        Math.abs(value - expected),
        `array ${which}, place ${index}: ${value}, not ${expected}`,
      ).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(expected)));
    });
  });
}
