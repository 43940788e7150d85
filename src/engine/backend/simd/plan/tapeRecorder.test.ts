// Plans on WebAssembly: they give what the same calls give at once, in less memory and fewer records.

import { describe, expect, it } from "vitest";
import { Floats } from "../../../intrinsics.ts";
import { Random } from "../../../random.ts";
import type { Backend } from "../../backend.ts";
import { createSimdBackend } from "../simdBackend.ts";

const simd = createSimdBackend();
if (simd === null) throw new Error("There is no WebAssembly SIMD here.");
const matrix = (data: Floats, columns: number) => ({ data, offset: 0, rowStride: columns, columnStride: 1 });
const drawn = (length: number, seed: number) => new Random(seed).uniformFloats(length, -2, 2);

describe("a plan", () => {
  it("runs again and again on what its arrays hold then", () => {
    const recorder = simd.startRecording();
    const x = recorder.allocate(4);
    const y = recorder.allocate(4);
    recorder.keep(x);
    recorder.keep(y);
    recorder.backend.fill(y, 0);
    recorder.backend.addScaled(x, y, 2);
    const plan = recorder.finish();
    for (const value of [1, 3]) {
      plan.locate(x).fill(value);
      plan.run();
      expect([...plan.locate(y)]).toEqual(new Array(4).fill(2 * value));
    }
    plan.release();
  });

  it("writes a sum that begins with zero at once, and keeps one that does not", () => {
    const recorder = simd.startRecording();
    const product = recorder.allocate(4);
    recorder.keep(product);
    const [a, b] = [new Floats([1, 2, 3, 4]), new Floats([1, 0, 0, 1])];
    recorder.backend.fill(product, 0);
    for (let each = 0; each < 2; each++)
      recorder.backend.matmul({
        ...{ a: matrix(a, 2), b: matrix(b, 2), output: matrix(product, 2) },
        ...{ rows: 2, inner: 2, columns: 2, accumulate: true },
      });
    const plan = recorder.finish();
    plan.run();
    plan.run();
    expect([...plan.locate(product)]).toEqual([2, 4, 6, 8]);
  });

  it("joins an array with its copy only where nobody can tell", () => {
    const recorder = simd.startRecording();
    const [source, copied, result] = [recorder.allocate(3), recorder.allocate(3), recorder.allocate(3)];
    for (const array of [source, result]) recorder.keep(array);
    recorder.backend.copy(source, copied, 1);
    recorder.backend.addScaled(source, copied, 1);
    recorder.backend.copy(copied, result, 1);
    const plan = recorder.finish();
    plan.locate(source).set([1, 2, 3]);
    plan.run();
    plan.run();
    expect([...plan.locate(source)]).toEqual([1, 2, 3]);
    expect([...plan.locate(result)]).toEqual([2, 4, 6]);
  });

  it("adds a product to itself, and a sum into its own operand, as it was said", () => {
    const recorder = simd.startRecording();
    const [x, w, row] = [new Floats([1, 2]), new Floats([3, 4, 5, 6]), new Floats([0.5, 0.25])];
    const [product, doubled, other, operand] = [0, 1, 2, 3].map(() => recorder.allocate(2));
    if (product === undefined || doubled === undefined || other === undefined || operand === undefined) return;
    for (const array of [doubled, operand]) recorder.keep(array);
    const sizes = { rows: 1, inner: 2, columns: 2, accumulate: false };
    const add = (a: Floats, b: Floats, output: Floats) =>
      recorder.backend.binary("add", { shape: [1, 2], a, aStrides: [2, 1], b, bStrides: [0, 1] }, output);
    recorder.backend.matmul({ a: matrix(x, 2), b: matrix(w, 2), output: matrix(product, 2), ...sizes });
    add(product, product, doubled);
    recorder.backend.matmul({ a: matrix(operand, 2), b: matrix(w, 2), output: matrix(other, 2), ...sizes });
    add(other, row, operand);
    const plan = recorder.finish();
    plan.locate(operand).set(x);
    plan.run();
    expect([...plan.locate(doubled)]).toEqual([26, 32]);
    expect([...plan.locate(operand)]).toEqual([13.5, 16.25]);
    plan.release();
  });

  it.each(
    (["relu", "leakyRelu", "sigmoid", "tanh", "gelu"] as const).flatMap((name) =>
      [1, 3, 16, 17, 37].map((columns) => ({ name, columns })),
    ),
  )("finds the slopes of $name and the sums of their $columns columns as one by one", ({ name, columns }) => {
    const rows = 5;
    const [x, outputGrad] = [drawn(rows * columns, 1), drawn(rows * columns, 2)];
    outputGrad[columns] = Number.NaN;
    const compute = (backend: Backend, array: (length: number) => Floats) => {
      const [y, xGrad, sums] = [array(rows * columns), array(rows * columns), array(columns)];
      backend.unary(name, x, y, 0.1);
      backend.fill(xGrad, 0);
      backend.unaryGrad(name, { x, y, outputGrad, xGrad }, 0.1);
      backend.fill(sums, 0);
      const [shape, aStrides, bStrides] = [
        [rows, columns],
        [columns, 1],
        [0, 1],
      ];
      const operands = { shape, a: x, aStrides, b: sums, bStrides };
      backend.binaryGrad("add", operands, { outputGrad: xGrad, aGrad: null, bGrad: sums });
      return [xGrad, sums] as const;
    };
    const recorder = simd.startRecording();
    const kept = compute(recorder.backend, (length) => recorder.allocate(length));
    for (const array of kept) recorder.keep(array);
    const plan = recorder.finish();
    plan.run();
    plan.run();
    expect(kept.map((array) => [...plan.locate(array)])).toEqual(
      compute(simd, (length) => new Floats(length)).map((array) => [...array]),
    );
    plan.release();
  });

  it.each([
    [7, 5, 9],
    [3, 30, 1],
    [13, 900, 19],
    [100, 900, 300],
  ])(
    "cuts the sum of a product and a row off at zero: %d rows, %d inner places, %d columns",
    (rows, inner, columns) => {
      const [x, w, row] = [drawn(rows * inner, 1), drawn(inner * columns, 2), drawn(columns, 3)];
      x[inner] = Number.NaN;
      const compute = (backend: Backend, array: (length: number) => Floats) => {
        const [product, sum, output] = [0, 1, 2].map(() => array(rows * columns)) as [Floats, Floats, Floats];
        const views = { a: matrix(x, inner), b: matrix(w, columns), output: matrix(product, columns) };
        backend.matmul({ ...views, rows, inner, columns, accumulate: false });
        const shape = [rows, columns];
        backend.binary("add", { shape, a: product, aStrides: [columns, 1], b: row, bStrides: [0, 1] }, sum);
        backend.unary("relu", sum, output, 0);
        return output;
      };
      const recorder = simd.startRecording();
      const output = compute(recorder.backend, (length) => recorder.allocate(length));
      recorder.keep(output);
      const plan = recorder.finish();
      plan.run();
      expect([...plan.locate(output)]).toEqual([...compute(simd, (length) => new Floats(length))]);
      plan.release();
    },
  );

  it("runs pieces of JavaScript in their place, with their arrays", () => {
    const recorder = simd.startRecording();
    const [x, y] = [recorder.allocate(2), recorder.allocate(2)];
    for (const array of [x, y]) recorder.keep(array);
    recorder.backend.fill(x, 3);
    recorder.host({ reads: [x], writes: [y] }, ({ reads, writes }) => {
      writes[0]?.set((reads[0] ?? []).map((value) => value * value));
    });
    recorder.backend.addScaled(y, x, 1);
    const plan = recorder.finish();
    plan.run();
    expect([...plan.locate(x)]).toEqual([12, 12]);
  });

  it("lets arrays that are not needed at once share a place", () => {
    const usedBy = (links: number) => {
      const before = simd.memory.usedFloats;
      const recorder = simd.startRecording();
      let last = recorder.allocate(1000);
      for (let link = 0; link < links; link++) {
        const next = recorder.allocate(1000);
        recorder.backend.copy(last, next, 0.5);
        last = next;
      }
      recorder.keep(last);
      const plan = recorder.finish();
      const used = simd.memory.usedFloats - before;
      plan.release();
      expect(simd.memory.usedFloats).toBe(before);
      return used;
    };
    expect(usedBy(50)).toBeLessThan(usedBy(5) + 1000);
  });

  it("refuses questions while it is written", () => {
    expect(() => simd.startRecording().backend.areFinite(new Floats(1))).toThrow("answers at once");
  });
});
