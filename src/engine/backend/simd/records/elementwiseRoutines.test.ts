// Functions of one number on WebAssembly against the plain backend: accuracy, special values, and no number touched but those meant.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { plainBackend } from "../../plain.ts";
import { type UnaryName, unaryFunctions } from "../../scalarMaths.ts";
import { furthest, GuardedMemory, gradientStepsApart, sizes, specialNumbers } from "../cases/guarded.testing.ts";
import { createSimdBackend } from "../simdBackend.ts";

/** How many float32 steps a result may lie from the plain one; a step is taken as at least `floor`. */
interface Bound {
  readonly steps: number;
  readonly floor?: number;
}

const usual: Bound = { steps: 2 };
// Near the zeros of a function, and far out where it is tiny, what is left of larger numbers counts.
const valueBounds: Partial<Record<UnaryName, Bound>> = {
  logSigmoid: { steps: 3 },
  softplus: { steps: 3 },
  tanhshrink: { steps: 10, floor: 1e-16 },
  gelu: { steps: 5, floor: 2 ** -126 },
  geluTanh: { steps: 5, floor: 3e-9 },
  silu: { steps: 3, floor: 2 ** -126 },
  mish: { steps: 4, floor: 2 ** -126 },
  // Its threshold is rounded to float32.
  softShrink: { steps: 2, floor: 3e-8 },
};
const slopeBounds: Partial<Record<UnaryName, Bound>> = {
  rsqrt: { steps: 3 },
  erf: { steps: 3 },
  softsign: { steps: 3 },
  tanhshrink: { steps: 4 },
  gelu: { steps: 6, floor: 3e-8 },
  geluTanh: { steps: 2, floor: 3e-8 },
  silu: { steps: 3, floor: 3e-8 },
  mish: { steps: 3, floor: 3e-8 },
};

const names = Object.keys(unaryFunctions) as UnaryName[];
/** −20 … 20 evenly, all magnitudes a float32 has, and what is special. */
const grid = new Floats([
  ...Array.from({ length: 4001 }, (_, index) => index / 100 - 20),
  ...Array.from({ length: 2001 }, (_, index) => (index % 2 === 0 ? 1 : -1) * Math.exp((index / 2000) * 192 - 104)),
  ...specialNumbers,
]);

describe.each(["baseline", "relaxed"] as const)("functions of one number in the %s build", (build) => {
  const simd = createSimdBackend(build);
  if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
  const memory = new GuardedMemory(simd.memory);

  it.each(names)("computes %s as the plain backend", (name) => {
    const [x, y] = [memory.place(grid), memory.place(grid)];
    const wanted = new Floats(grid.length);
    const { steps, floor } = valueBounds[name] ?? usual;
    for (const alpha of [1, 0.25, 0.3]) {
      plainBackend.unary(name, grid, wanted, alpha);
      simd.unary(name, x, y, alpha);
      const apart = furthest(y, wanted, floor);
      expect(apart.steps, apart.where).toBeLessThanOrEqual(steps);
    }
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  it.each(names)("adds the gradient of %s as the plain backend", (name) => {
    const y = new Floats(grid.length);
    const { steps, floor } = slopeBounds[name] ?? usual;
    for (const alpha of [1, 0.25, -0.5]) {
      plainBackend.unary(name, grid, y, alpha);
      const before = new Floats(grid.length);
      const outputGrad = before.map((_, index) => (index % 3 === 0 ? 1 : index % 3 === 1 ? -1 : 0.5));
      const wanted = new Floats(before);
      plainBackend.unaryGrad(name, { x: grid, y, outputGrad, xGrad: wanted }, alpha);
      const xGrad = memory.place(before);
      simd.unaryGrad(
        name,
        { x: memory.place(grid), y: memory.place(y), outputGrad: memory.place(outputGrad), xGrad },
        alpha,
      );
      const apart = furthest(xGrad, wanted, floor, gradientStepsApart);
      expect(apart.steps, apart.where).toBeLessThanOrEqual(steps);
    }
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  it.each(sizes)("writes %d numbers and no more", (size) => {
    const x = memory.place(grid.slice(2000, 2000 + size));
    const [y, ones] = [memory.place(x), memory.place(x.map(() => 1))];
    const xGrad = memory.place(ones);
    const [wantedY, wantedGrad] = [new Floats(x), new Floats(ones)];
    for (const name of ["tanh", "gelu", "sin"] as const) {
      plainBackend.unary(name, x, wantedY, 1);
      simd.unary(name, x, y, 1);
      plainBackend.unaryGrad(name, { x, y: wantedY, outputGrad: ones, xGrad: wantedGrad }, 1);
      simd.unaryGrad(name, { x, y, outputGrad: ones, xGrad }, 1);
      expect(furthest(y, wantedY, 1e-7).steps).toBeLessThanOrEqual(4);
      expect(furthest(xGrad, wantedGrad, 1e-7).steps).toBeLessThanOrEqual(8);
    }
    simd.clamp(x, y, 1.5);
    plainBackend.clamp(x, wantedY, 1.5);
    expect([...y]).toEqual([...wantedY]);
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });

  it("clamps special numbers, and keeps a NaN", () => {
    const x = memory.place(specialNumbers);
    const [y, wanted] = [memory.place(specialNumbers), new Floats(x.length)];
    simd.clamp(x, y, 2.5);
    plainBackend.clamp(x, wanted, 2.5);
    expect([...y]).toEqual([...wanted]);
    memory.release();
  });

  it("keeps a NaN whatever its bits", () => {
    const x = memory.place([0, 0, 0, 0, 0]);
    new Int32Array(x.buffer, x.byteOffset, x.length).set([0x7fc00000, 0x7fffffff, 0x7f800001, -1, 0x7f812345]);
    for (const name of names) {
      const wanted = new Floats(1);
      plainBackend.unary(name, new Floats([Number.NaN]), wanted, 1);
      const y = memory.place(x);
      simd.unary(name, x, y, 1);
      expect([...y], name).toEqual(Array.from(y, () => wanted[0]));
    }
    memory.release();
  });

  it("comes to the same bits in a plan, where a gradient is written instead of zeroed and added to", () => {
    const x = memory.place(grid.slice(1900, 2117));
    const y = memory.place(x);
    const outputGrad = memory.place(x.map((value) => Math.sin(value)));
    for (const name of names) {
      const eager = memory.place(new Floats(x.length));
      simd.unary(name, x, y, 0.5);
      simd.unaryGrad(name, { x, y, outputGrad, xGrad: eager }, 0.5);
      const recorder = simd.startRecording();
      const planned = { y: recorder.allocate(x.length), xGrad: recorder.allocate(x.length) };
      recorder.keep(planned.xGrad);
      recorder.backend.unary(name, x, planned.y, 0.5);
      recorder.backend.fill(planned.xGrad, 0);
      recorder.backend.unaryGrad(name, { x, outputGrad, ...planned }, 0.5);
      const calls = recorder.finish();
      calls.run();
      calls.run();
      expect([...calls.locate(planned.xGrad)], name).toEqual([...eager]);
      calls.release();
    }
    expect(memory.brokenGuards()).toBe(0);
    memory.release();
  });
});
