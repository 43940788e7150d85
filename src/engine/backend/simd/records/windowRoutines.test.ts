// Convolution and pooling on WebAssembly against the plain backend, over random sizes, strides, borders and dilations.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import { plainBackend } from "../../plain.ts";
import { randomGeometry, sizesOf } from "../cases/windowCases.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

const cases = 150;

describe.each(["baseline", "relaxed"] as const)("the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

  /** Both backends write into copies of the same numbers; more numbers stand around each array and must stay. */
  function compare(target: Floats, run: (backend: typeof plainBackend, target: Floats) => void, what: string): void {
    const guarded = new Floats(target.length + 16).fill(12345);
    const got = guarded.subarray(8, 8 + target.length);
    got.set(target);
    const want = new Floats(target);
    run(simd as typeof plainBackend, got);
    run(plainBackend, want);
    got.forEach((value, index) => {
      const expected = want[index] ?? 0;
      const isClose = Object.is(value, expected) || Math.abs(value - expected) <= 1e-5 * (1 + Math.abs(expected));
      if (!isClose) expect.fail(`${what}, place ${index}: ${value}, not ${expected}`);
    });
    expect([...guarded.slice(0, 8), ...guarded.slice(-8)].every((value) => value === 12345)).toBe(true);
  }

  it("convolves as the plain backend does", () => {
    const random = new Random(5);
    for (let each = 0; each < cases; each++) {
      const geometry = randomGeometry(random, () => 1 + random.integer(18));
      const { input, output, taps } = sizesOf(geometry);
      const x = random.normalFloats(input);
      const kernel = random.normalFloats(taps * geometry.inputChannels * geometry.outputChannels);
      const outputGrad = random.normalFloats(output);
      const what = JSON.stringify(geometry);
      compare(new Floats(output), (backend, target) => backend.conv2d(geometry, { x, kernel, output: target }), what);
      compare(
        random.normalFloats(input),
        (backend, inputGrad) => backend.conv2dInputGrad(geometry, { outputGrad, kernel, inputGrad }),
        what,
      );
      compare(
        random.normalFloats(kernel.length),
        (backend, kernelGrad) => backend.conv2dKernelGrad(geometry, { x, outputGrad, kernelGrad }),
        what,
      );
    }
  });

  it("convolves each channel by itself as the plain backend does", () => {
    const random = new Random(6);
    for (let each = 0; each < cases; each++) {
      const multiplier = 1 + (each % 3);
      const geometry = randomGeometry(random, (channels) => channels * multiplier);
      const { input, output, taps } = sizesOf(geometry);
      const x = random.normalFloats(input);
      const kernel = random.normalFloats(taps * geometry.outputChannels);
      const outputGrad = random.normalFloats(output);
      const what = JSON.stringify(geometry);
      compare(
        random.normalFloats(output),
        (backend, target) => backend.depthwiseConv2d(geometry, { x, kernel, output: target }),
        what,
      );
      compare(
        random.normalFloats(input),
        (backend, inputGrad) => backend.depthwiseConv2dInputGrad(geometry, { outputGrad, kernel, inputGrad }),
        what,
      );
      compare(
        random.normalFloats(kernel.length),
        (backend, kernelGrad) => backend.depthwiseConv2dKernelGrad(geometry, { x, outputGrad, kernelGrad }),
        what,
      );
    }
  });

  it.each(["max", "mean"] as const)("pools by %s as the plain backend does, equal numbers and NaN included", (kind) => {
    const random = new Random(7);
    for (let each = 0; each < cases; each++) {
      const geometry = randomGeometry(random, (channels) => channels);
      const { input, output } = sizesOf(geometry);
      const x = random.normalFloats(input).map((value) => Math.round(2 * value));
      if (each % 5 === 0) x[random.integer(input)] = Number.NaN;
      const outputs = new Floats(output);
      plainBackend.pool2d(kind, geometry, { x, output: outputs });
      const outputGrad = random.normalFloats(output);
      const what = JSON.stringify(geometry);
      compare(
        random.normalFloats(output),
        (backend, target) => backend.pool2d(kind, geometry, { x, output: target }),
        what,
      );
      compare(
        random.normalFloats(input),
        (backend, inputGrad) => backend.pool2dGrad(kind, geometry, { x, output: outputs, outputGrad, inputGrad }),
        what,
      );
    }
  });
});
