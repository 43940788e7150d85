// The namespace of pictures: what is in it, and what it says of a name that is not.

import { inspect } from "node:util";
import { expect, test } from "vitest";
import { datasets, layers, sequential } from "../../engine/index.ts";
import type { View, WeightsView } from "../../shared/views.ts";
import { show } from "./show.ts";

const viewOf = (picture: unknown) =>
  (picture as Readonly<Record<symbol, { readonly view: View }>>)[Symbol.for("nnbook.display")]?.view;

test("a wrong name answers with the nearest right one", () => {
  const asked: Readonly<Record<string, unknown>> = show;
  expect(() => asked.gradient).toThrow('Unknown picture "gradient". Did you mean "gradients"?');
});

test("a printed or awaited namespace asks for nothing that is wrong", async () => {
  expect(await Promise.resolve(show)).toBe(show);
  expect(JSON.stringify(show)).toBe("{}");
});

test("what a picture does not take is refused, never dropped", async () => {
  const model = sequential([layers.dense(1)]);
  model.compile({ loss: "mse" });
  const run = await model.fit(datasets.xor(), { epochs: 1 });
  const asked = show as unknown as Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;
  const call = (name: string, count: number) => () => asked[name]?.(...Array(count).fill(run));
  expect(call("gradients", 2)).toThrow(
    /^show.gradients: expected at most 1 argument, got 2, the next being .*Give several runs in a list: show.gradients\(\[first, second\]\)\.$/,
  );
  const most = { training: 1, optimizers: 1, tensor: 1, network: 1, table: 2, graph: 2, confusion: 3, landscape: 3 };
  for (const [name, count] of Object.entries(most))
    expect(call(name, count + 1)).toThrow(`show.${name}: expected at most ${count} argument`);
});

test("activation functions are asked for by name; what is given in their place is told how", () => {
  expect(() => show.activation({} as never)).toThrow(
    'expected names of activation functions, as in ["sigmoid", "relu"]',
  );
  expect(() => show.activation([1] as never)).toThrow("expected names");
  expect(() => show.activation("relu", { runs: 1 } as never)).toThrow("runs");
  expect(() => show.activation("relu", { run: {} as never })).toThrow("expected a run, as fit returns");
});

test("what reached the activation functions of a run is shown layer by layer; a run that did not record it is told so", async () => {
  const model = sequential([
    layers.dense(4, { activation: "tanh" }),
    layers.dense(1, { activation: "sigmoid", name: "out" }),
  ]);
  model.compile({ loss: "binaryCrossentropy" });
  const run = await model.fit(datasets.xor(), { epochs: 2, batchSize: 4 });
  expect(viewOf(show.activations(run))).toMatchObject({ kind: "activation", layer: "dense_1", chosen: ["tanh"] });
  // All pictures of a run know it by the same name, and so choose the layer together.
  const { runId } = viewOf(show.weights(run)) as WeightsView;
  expect(runId).toMatch(/./);
  expect(viewOf(show.activations(run))).toMatchObject({ runId });
  expect(viewOf(show.activation("relu", { run, layer: "out" }))).toMatchObject({ runId });
  expect(viewOf(show.activations(run, { layer: "out" }))).toMatchObject({ layer: "out", chosen: ["sigmoid"] });
  const text = inspect(show.activations(run, { layer: "out" }));
  expect(text).toMatch(/\nout: sigmoid, .*\ndense_1: tanh, /);
  expect(() => show.activations(run, { layer: "none" })).toThrow("none");
  expect(() => show.activations(model as never)).toThrow("expected a run, as fit returns");
  expect(() => show.activations(run, { layers: "out" } as never)).toThrow("layers");
  const silent = await model.fit(datasets.xor(), { epochs: 1, batchSize: 4, trace: "off", name: "silent" });
  expect(() => show.activations(silent)).toThrow('got "silent", which did not');
});
