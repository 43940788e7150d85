// Losses on WebAssembly against the plain backend.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import { elementLosses, type LossFunctionName, rowLosses } from "../../lossMaths.ts";
import { plainBackend } from "../../plain.ts";
import { createSimdBackend } from "../simdBackend.ts";

const names = [...Object.keys(elementLosses), ...Object.keys(rowLosses)] as LossFunctionName[];
const widths = [1, 3, 4, 5, 10, 17];

/** Predictions and targets that suit any loss: shares from 0 to 1, or numbers around 0. */
function makePair(length: number, isShares: boolean) {
  const random = new Random(length);
  const draw = () => (isShares ? random.uniformFloats(length, 0, 1) : random.normalFloats(length, 0, 3));
  return { prediction: draw(), target: isShares ? draw().map(Math.round) : draw() };
}

describe.each(["baseline", "relaxed"] as const)("the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");

  it.each(names)("%s and its gradient are those of the plain backend", (name) => {
    for (const width of widths) {
      for (const isShares of [true, false]) {
        const pair = makePair(7 * width, isShares);
        const setting = { width, divisor: 7, parameter: 1 };
        const [got, want] = [new Floats(1), new Floats(1)];
        simd.loss(name, pair, got, setting);
        plainBackend.loss(name, pair, want, setting);
        expectClose(got, want);
        const start = new Random(9).normalFloats(7 * width);
        const [gotGrad, wantGrad] = [new Floats(start), new Floats(start)];
        const outputGrad = new Floats([0.5]);
        simd.lossGrad(name, pair, gotGrad, outputGrad, setting);
        plainBackend.lossGrad(name, pair, wantGrad, outputGrad, setting);
        expectClose(gotGrad, wantGrad);
      }
    }
  });

  it.each(names)("%s keeps a NaN", (name) => {
    const pair = { prediction: new Floats([Number.NaN, 0.5, 0.2]), target: new Floats([1, 0, 0]) };
    const [got, want] = [new Floats(1), new Floats(1)];
    const setting = { width: 3, divisor: 1, parameter: 1 };
    simd.loss(name, pair, got, setting);
    plainBackend.loss(name, pair, want, setting);
    expect(got).toEqual(want);
  });

  it("logits of a masked class, and very large ones, cost nothing and break nothing", () => {
    const pair = { prediction: new Floats([1e4, Number.NEGATIVE_INFINITY, 0]), target: new Floats([1, 0, 0]) };
    const setting = { width: 3, divisor: 1, parameter: 0 };
    const output = new Floats(1);
    simd.loss("categoricalCrossentropyLogits", pair, output, setting);
    expect(output[0]).toBe(0);
    const grad = new Floats(3);
    simd.lossGrad("categoricalCrossentropyLogits", pair, grad, new Floats([1]), setting);
    expect([...grad].map((value) => value + 0)).toEqual([0, 0, 0]);
  });
});

function expectClose(got: Floats, want: Floats): void {
  got.forEach((value, index) => {
    const expected = want[index] ?? Number.NaN;
    const isClose = Object.is(value, expected) || Math.abs(value - expected) <= 3e-6 * (1 + Math.abs(expected));
    if (!isClose) expect.fail(`place ${index}: ${value}, not ${expected}`);
  });
}
