// Expressions number by number: gradients are those of backward, each a sum of products; nothing is shown before it was computed.

import { expect, test, vi } from "vitest";
import { plainBackend } from "../../engine/backend/plain.ts";
import { type Tensor, tensor, useBackend } from "../../engine/index.ts";
import type { GraphView } from "../../shared/views.ts";
import { viewText } from "../text/viewText.ts";
import { graphView } from "./graphView.ts";

const given = (value: number | number[]) => tensor(value, { requiresGrad: true });

function neuron() {
  const [w, b] = [given(0.5), given(-1)];
  const loss = w.mul(3).add(b).tanh().sub(1).square();
  return { w, b, loss };
}

function nodeOf(view: GraphView, name: string) {
  const found = view.nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

test("before backward there is no gradient anywhere, and the sentence says what to do", () => {
  const { w, b, loss } = neuron();
  const view = graphView(loss, { names: { w, b } });
  expect(view.isDifferentiated).toBe(false);
  expect(view.nodes.flatMap(({ gradients }) => gradients)).toEqual([]);
  expect(view.edges.every(({ local }) => local === null)).toBe(true);
  expect(view.steps.map(({ phase }) => phase)).not.toContain("backward");
  expect(viewText(view, "en")).toContain("Gradients are not computed yet");
});

test("gradients are those of backward, agree with finite differences, and are products along the way", () => {
  const { w, b, loss } = neuron();
  loss.backward();
  const view = graphView(loss, { names: { w, b } });
  expect(view.sentence).toMatchObject({ tone: "good", messages: [{ id: "graphForward" }, { id: "graphChecked" }] });
  for (const [name, value] of [
    ["w", w],
    ["b", b],
  ] as const) {
    const node = nodeOf(view, name);
    expect(node.gradients[0]).toBeCloseTo(value.grad?.item() ?? Number.NaN, 4);
    expect([node.kept, node.wayCount]).toEqual([null, 1]);
    expect(node.ways[0]?.value).toBeCloseTo(Number(node.gradients[0]), 3);
  }
  const text = viewText(view, "en");
  expect(text).toContain("v₁ = w·3 = 0.500·3.00 = 1.50");
  expect(text).toMatch(/∂v₁\/∂w = 3\.00$/m);
  expect(text).toMatch(/∂v₃\/∂v₂ = 1 − v₃² = 1 − 0\.462² = 0\.786/);
});

test("a value that is used twice has a way for each, whose products add up", () => {
  const x = given(1.5);
  const loss = x.mul(x).add(x.sin());
  loss.backward();
  const node = nodeOf(graphView(loss, { names: { x } }), "x");
  expect(node.wayCount).toBe(3);
  const sum = node.ways.reduce((sofar, { value }) => sofar + Number(value), 0);
  expect(sum).toBeCloseTo(2 * 1.5 + Math.cos(1.5), 4);
  let long: Tensor = given(1.001);
  for (let step = 0; step < 20; step++) long = long.add(long);
  long.backward();
  expect(graphView(long).nodes[0]).toMatchObject({ wayCount: 2 ** 20, ways: { length: 6 } });
});

test("steps take only what is known, and lists of numbers are shown as such", () => {
  const [x, w] = [tensor([1, -2, 3]), given([0.1, 0.2, 0.3])];
  const loss = w.mul(x).sum().sigmoid();
  loss.backward();
  const view = graphView(loss, {}, { w });
  const known = new Set<string>();
  for (const { sets, uses } of view.steps) {
    for (const id of uses) expect(known).toContain(id);
    for (const id of sets) known.add(id);
  }
  expect(nodeOf(view, "w").gradients).toHaveLength(3);
  expect(nodeOf(view, "w").checks.every(({ agrees }) => agrees)).toBe(true);
  expect(viewText(view, "ko")).toContain("w = [0.100, 0.200, 0.300]");
});

test("a matrix is written row by row, a product of a vector and a matrix is checked like any other", () => {
  const [x, w] = [
    tensor([1, 2]),
    tensor(
      [
        [1, -2, 3],
        [0, 5, -6],
      ],
      { requiresGrad: true },
    ),
  ];
  const loss = x.matmul(w).sum();
  loss.backward();
  const view = graphView(loss, { names: { x, w } });
  expect(view.nodes.map(({ shape }) => shape)).toEqual([[2], [2, 3], [3], []]);
  expect(nodeOf(view, "w").gradients).toEqual([1, 1, 1, 2, 2, 2]);
  expect(nodeOf(view, "w").checks.every(({ agrees }) => agrees)).toBe(true);
  expect(viewText(view, "en")).toContain("[[1.00, 1.00, 1.00], [2.00, 2.00, 2.00]]");
  const many = tensor(
    Array.from({ length: 3 }, () => [1, 2, 3, 4]),
    { requiresGrad: true },
  );
  const sum = many.mul(2).sum();
  sum.backward();
  expect(viewText(graphView(sum, { names: { many } }), "en")).toContain("[[2.00, 4.00, 6.00, 8.00], [2.00, 4.00, …]]");
});

test("a grad that holds more than this gradient is told of", () => {
  const { w, b, loss } = neuron();
  loss.backward();
  loss.backward();
  const view = graphView(loss, { names: { w, b } });
  expect(view.sentence.messages.at(-1)?.id).toBe("graphKept");
  expect(Number(nodeOf(view, "w").kept?.[0])).toBeCloseTo(2 * Number(nodeOf(view, "w").gradients[0]), 4);
});

test("what cannot be followed is refused with its size and what to do", () => {
  let long: Tensor = given(0.5);
  for (let step = 0; step < 40; step++) long = long.mul(1.01);
  expect(() => graphView(long)).toThrow("at most 60 values, got one of 81");
  expect(() => graphView(tensor(3))).toThrow("requiresGrad: true");
  expect(() => graphView(given([1, 2]).square())).toThrow("sum() or mean()");
  expect(() => graphView(3)).toThrow("expected a tensor of one number");
  expect(() => graphView(neuron().loss, { names: { w: 3 } as never })).toThrow("{ names: { w, x } }");
});

test("gradients that all but vanish are checked as closely as others, in double precision", () => {
  const w = given(1.5);
  const chain = [1, 2, 3].reduce((sofar: Tensor) => sofar.sub(9).sigmoid(), w);
  chain.backward();
  const view = graphView(chain, { names: { w } });
  const node = nodeOf(view, "w");
  const gradient = Number(node.gradients[0]);
  expect(gradient).toBeGreaterThan(0);
  expect(gradient).toBeLessThan(1e-9);
  expect(node.checks[0]?.agrees).toBe(true);
  expect(Math.abs(Number(node.checks[0]?.value) / gradient - 1)).toBeLessThan(1e-3);
});

test("a tiny gradient that is wrong by a tenth does not agree", () => {
  const w = given(1e-3);
  const loss = w.square().mul(1e-6);
  loss.backward();
  useBackend("plain");
  const halved = vi.spyOn(plainBackend, "unaryGrad").mockImplementation((_name, { x, outputGrad, xGrad }) => {
    // In single precision alone: what is checked against is computed without it.
    const share = xGrad instanceof Float32Array ? 2.2 : 2;
    xGrad[0] = (xGrad[0] ?? 0) + share * (x[0] ?? 0) * (outputGrad[0] ?? 0);
  });
  try {
    const node = nodeOf(graphView(loss, { names: { w } }), "w");
    expect(Number(node.gradients[0])).toBeCloseTo(2.2e-9, 12);
    expect(node.checks.map(({ agrees }) => agrees)).toEqual([false]);
  } finally {
    halved.mockRestore();
    useBackend();
  }
});

test("rounding alone is no disagreement: differences that all but cancel, and a logarithm next to 0", () => {
  const [x, y] = [given(1.0000001), given(1e-5)];
  const loss = x
    .sub(1)
    .square()
    .add(y.log())
    .add(x.sub(x.mul(1.000001)));
  loss.backward();
  const view = graphView(loss, { names: { x, y } });
  expect(view.nodes.flatMap(({ checks }) => checks.map(({ agrees }) => agrees))).not.toContain(false);
  expect(Number(nodeOf(view, "y").checks[0]?.value)).toBeCloseTo(1e5, -1);
});

test("no finite difference stands beside a gradient through a value that is not finite", () => {
  const w = tensor(0, { requiresGrad: true });
  const pole = tensor(1).div(w);
  pole.backward();
  for (const { checks } of graphView(pole).nodes) expect(checks).toEqual([]);
});

test("the first value that is no finite number is named, and no kink blamed for what comes of it", () => {
  const x = given(500);
  const loss = x.exp().log();
  const before = viewText(graphView(loss, { names: { x } }), "en");
  expect(before).toMatch(/^The result is ∞: .* v₁ = exp\(x\) is the first value that is no finite number: ∞\./);
  loss.backward();
  const view = graphView(loss, { names: { x } });
  expect(view.sentence.tone).toBe("error");
  expect(viewText(view, "en")).not.toContain("kink");
  expect(viewText(view, "ko")).toContain("유한한 수가 아닌 첫 값은 v₁ = exp(x)");
});

test("powers have whole exponents where they are whole, and bases that run into none in brackets", () => {
  const [x, y] = [given(1.5e-6), given(-2.5)];
  const loss = x.pow(-2).add(y.pow(3)).sqrt();
  loss.backward();
  const text = viewText(graphView(loss, { names: { x, y } }), "en");
  expect(text).toContain("v₁ = x⁻² = (1.50×10⁻⁶)⁻² = 4.44×10¹¹");
  expect(text).toContain("= 3·y² = 3.00·(−2.50)² = 18.8");
  expect(text).toContain("= √v₃ = √(4.44×10¹¹)");
});
