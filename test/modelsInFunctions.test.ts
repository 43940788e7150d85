// Models whose layers the code puts together: in functions, loops and maps, in objects, in graphs. What is read is what the engine makes of them.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { TestNotebook } from "../src/language/notebooks.testing.ts";

const server = new LanguageServer({
  readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: {} }),
  readRules: () => modelRules,
});
const notebook = new TestNotebook(server);
const imports = 'import { compare, datasets, input, layers, losses, model, sequential, tensor } from "nnbook";';

function described(cells: readonly string[]) {
  notebook.set([imports, ...cells]);
  return server.answer({ kind: "describeModels", notebookId: notebook.id });
}

/** "dense → [16] · 80" for each layer's call. */
function hints(...cells: string[]): string[] {
  return described(cells).layers.map(({ name, outputShape, parameters }) => {
    const shape = outputShape === null ? "?" : `[${outputShape.join(", ")}]`;
    return `${name} → ${shape} · ${parameters ?? "?"}`;
  });
}

/** Without those of models that are not compiled: most here are not, for the sake of brevity. */
function problems(...cells: string[]): string[] {
  const all = [imports, ...cells];
  const found = described(cells).problems.filter(({ code }) => code !== "not-compiled");
  return found.map(({ cellId, span, severity, code, fixes }) => {
    const marked = all[Number(cellId)]?.slice(span.start, span.start + span.length);
    return [`${severity} ${code} ${marked}`, ...fixes.map(({ title }) => title)].join(" | ");
  });
}

const digits = "const data = datasets.digits().standardize();";

test("a function's layers are those of each call", () => {
  const read = `async function read(first) {
  const net = sequential([...first, layers.dense(10, { activation: "softmax" })]);
  net.compile({ loss: "categoricalCrossentropy" });
  await net.fit(data);
}`;
  expect(
    hints(
      digits,
      read,
      "await read([layers.dense(5)]); await read([layers.reshape([8, 8, 1]), layers.conv2d(2, 3), layers.flatten()]);",
    ),
  ).toEqual([
    "dense → [10] · ?",
    "dense → [5] · 325",
    "reshape → [8, 8, 1] · 0",
    "conv2d → [6, 6, 2] · 20",
    "flatten → [72] · 0",
  ]);
  expect(problems(digits, read, "await read([layers.conv2d(2, 3)])")).toEqual([
    "error layer-input conv2d | Add layers.reshape([8, 8, 1]) before it",
  ]);
  const units =
    "const make = (units, { activation = 'relu' } = {}) => sequential([layers.dense(units, { activation })]);";
  expect(hints(units, "const net = make(3); await net.fit(datasets.iris())")).toEqual(["dense → [3] · 15"]);
  expect(hints(units, "for (const count of [3, 4]) await make(count).fit(datasets.iris())")).toEqual(["dense → ? · ?"]);
  // Whoever gets the function may call it with anything.
  expect(hints(units, "await make(3).fit(datasets.iris()); console.log(make)")).toEqual(["dense → ? · ?"]);
});

test("what a function is given in an object, with what it spreads", () => {
  const recipe = "const recipe = { units: 16, standardized: false };";
  const treat = `async function treat({ units, standardized }) {
  const net = sequential([...Array.from({ length: 2 }, () => layers.dense(units)), layers.dense(3)]);
  await net.fit(standardized ? datasets.wine().standardize() : datasets.wine());
}`;
  expect(hints(recipe, treat, "await treat({ ...recipe, units: 8 });")).toEqual([
    "dense → [8] · ?",
    "dense → [3] · 27",
  ]);
  expect(hints(recipe, treat, "await treat(recipe);")).toEqual(["dense → [16] · ?", "dense → [3] · 51"]);
  expect(problems(recipe, treat, "await treat(recipe);")).toEqual([
    "info unscaled-data datasets.wine | Standardize the data",
  ]);
  expect(problems(recipe, treat, "await treat({ ...recipe, standardized: true });")).toEqual([]);
  expect(hints(recipe, "recipe.units = 3;", treat, "await treat(recipe);")).toEqual(["dense → ? · ?", "dense → ? · ?"]);
});

test("what only learns badly is said where every call of a function makes it", () => {
  const deep = `const deep = (activation) => sequential([${"layers.dense(8, { activation }), ".repeat(4)}layers.dense(1)]);`;
  expect(problems(deep, "const bad = deep('sigmoid');")).toEqual([
    "warning deep-sigmoid dense | Add layers.batchNorm() behind these layers",
  ]);
  expect(problems(deep, "const bad = deep('sigmoid'); const good = deep('relu');")).toEqual([]);
});

test("a model that was trained takes examples of the same shape", () => {
  const iris = "const net = sequential([layers.dense(3)]); await net.fit(datasets.iris());";
  expect(problems(iris, "net.predict(datasets.wine().x)")).toEqual(["error layer-input datasets.wine().x"]);
  expect(problems(iris, "net.predict([5.1, 3.5, 1.4, 0.2])")).toEqual(["error layer-input [5.1, 3.5, 1.4, 0.2]"]);
  expect(problems(iris, "net.predict([[5.1, 3.5, 1.4, 0.2], [5, 3, 1, 0]]); net.evaluate(datasets.iris());")).toEqual(
    [],
  );
  const made = "const make = () => sequential([layers.dense(3)]); const a = make(); await a.fit(datasets.iris());";
  expect(problems(made, "make().predict(datasets.sine().x)")).toEqual([]);
  expect(problems(made, "a.predict(datasets.sine().x)")).toHaveLength(1);
  expect(problems(made, "console.log(make); a.predict(datasets.sine().x)")).toHaveLength(1);
});

test("a variable that is set again holds another model", () => {
  const first =
    'let net = sequential([layers.dense(3, { activation: "softmax" })]);\nnet.compile({ loss: "categoricalCrossentropy" });\nawait net.fit(datasets.iris());';
  const second = "net = await load();\nawait net.fit(datasets.sine());\nnet.predict(datasets.wine().x);";
  expect(problems(`${first}\n${second}`)).toEqual([]);
  expect(hints(`${first}\n${second}`)).toEqual(["dense → [3] · 15"]);
  expect(hints(`${first}\nnet = sequential([layers.dense(1)]);\nawait net.fit(datasets.sine());`)).toEqual([
    "dense → [3] · 15",
    "dense → [1] · 2",
  ]);
  expect(
    hints(`${first}\nif (net.isBuilt) net = sequential([layers.dense(1)]);\nawait net.fit(datasets.sine());`),
  ).toEqual(["dense → [3] · 15", "dense → ? · ?"]);
});

test("lists that are mapped, joined, flattened and pushed", () => {
  const softmax = 'layers.dense(10, { activation: "softmax" })';
  const ofRow = (row: string) => hints(digits, `const net = sequential(${row}); await net.fit(data);`);
  expect(ofRow(`[...[32, 16].map((units) => layers.dense(units)), ${softmax}]`)).toEqual([
    "dense → ? · ?",
    "dense → [10] · 170",
  ]);
  expect(ofRow(`[4, 4].map((units, index) => layers.dense(units + index)).concat(${softmax})`)[1]).toBe(
    "dense → [10] · 60",
  );
  expect(ofRow(`[...Array(3).fill(0).flatMap(() => [layers.dense(6), layers.batchNorm()]), ${softmax}]`)).toEqual([
    "dense → [6] · ?",
    "batchNorm → [6] · 24",
    "dense → [10] · 70",
  ]);
  const pushed = (loop: string) =>
    hints(
      digits,
      `const row = [];\n${loop}\nrow.push(${softmax});\nconst net = sequential(row); await net.fit(data);`,
    ).at(-1);
  expect(pushed("for (let i = 1; i <= 3; i++) row.push(layers.dense(2 ** i));")).toBe("dense → [10] · 90");
  expect(pushed("for (const units of [7, 5]) { row.push(layers.dense(units)); row.push(layers.dropout(0.1)); }")).toBe(
    "dense → [10] · 60",
  );
  expect(pushed("for (let i = 0; i < 9; i++) { row.push(layers.dense(2)); i += 2; }")).toBe("dense → [10] · 30");
  for (const loop of [
    "[7, 5].forEach((units) => row.push(layers.dense(units)));",
    "[7, 5].forEach((units, index) => { row.push(layers.dense(units)); if (index > 0) row.push(layers.dropout(0.1)); });",
    "for (const [index, units] of [1, 4].entries()) { row.push(layers.dense(units + index)); }",
    "for (const { units, rate } of [{ units: 7, rate: 0 }, { units: 5, rate: 0.1 }]) row.push(layers.dense(units), layers.dropout(rate));",
    "let units = 20; while (units > 5) { units /= 2; row.push(layers.dense(units)); }",
    "for (let units = 20; units >= 5; units /= 2) row.push(layers.dense(units));",
    "for (let i = 2; i >= 0; i--) row.push(layers.dense(5 + i));",
    "for (const size of [8, 5]) { for (let i = 0; i < 2; i++) row.push(layers.dense(size)); row.push(layers.batchNorm()); }",
    "let units = 9; do { row.push(layers.dense(units)); units -= 4; } while (units > 1);",
    "const deep = true; if (deep) { row.push(layers.dense(5)); } else row.push(layers.dense(6));",
  ])
    expect(pushed(loop), loop).toBe("dense → [10] · 60");
  for (const loop of [
    "for (let i = 0; i < 9; i++) { if (i > 2) break; row.push(layers.dense(2)); }",
    "for (let i = 0; i < Math.random(); i++) row.push(layers.dense(2));",
    "let i = 0; const next = () => { i++; }; while (i < 3) { row.push(layers.dense(2)); next(); }",
    "for (const units of [2, 3]) { try { row.push(layers.dense(units)); } catch {} }",
    "for (let i = 0; i < 3; i++) { const inner = []; inner.push(layers.dense(2)); row.push(layers.residual(inner)); }",
    "const pair = () => [layers.dense(2)]; for (let i = 0; i < 3; i++) { const inner = pair(); inner.push(layers.dense(3)); row.push(...inner); }",
    "const sizes = { units: 4 }; for (let i = 0; i < 3; i++) { sizes.units *= 2; row.push(layers.dense(sizes.units)); }",
    "for (let i = 0; i < 1e9; i++) row.push(layers.dense(2));",
    "[1, 2].forEach(async (units) => row.push(layers.dense(units)));",
    "[1, 2].map((units) => row.push(layers.dense(units)));",
    "for (const units of [2]) { row.push(layers.dense(units)); show(row); row.length = 0; }",
  ])
    expect(pushed(loop), loop).toBe("dense → ? · ?");
});

test("layers within layers, and models within models", () => {
  expect(
    hints(
      digits,
      `const net = sequential([layers.dense(8), layers.residual([layers.dense(4), layers.residual([layers.dense(4)]), layers.dense(6)], { projection: true })]);
await net.fit(data);`,
    ),
  ).toEqual([
    "dense → [8] · 520",
    "residual → [6] · 48",
    "dense → [4] · 36",
    "residual → [4] · 0",
    "dense → [4] · 20",
    "dense → [6] · 30",
  ]);
  expect(
    problems(
      digits,
      "const net = sequential([layers.dense(8), layers.residual([layers.dense(4)])]); await net.fit(data);",
    ),
  ).toEqual(["error layer-input residual"]);
  expect(
    hints(
      digits,
      "const inner = sequential([layers.dense(8)]); await sequential([inner, layers.dense(2)]).fit(data);",
    )[1],
  ).toBe("dense → [2] · 18");
});

test("graphs: their ends, their data, a chain of sigmoids", () => {
  const net = (end: string, body = "") =>
    `const x = input(13); ${body} const net = model({ inputs: x, outputs: ${end} }); net.compile({ loss: "mse" }); await net.fit(datasets.wine());`;
  expect(problems(net("layers.dense(4, { activation: 'softmax' }).apply(x)"))).toEqual([
    "error targets dense | Set units: 3",
    "info unscaled-data datasets.wine | Standardize the data",
  ]);
  expect(
    problems(net("layers.dense(3, { activation: 'softmax' }).apply(h)", "const h = layers.batchNorm().apply(x);")),
  ).toEqual(['warning output-loss "mse" | Use loss: "categoricalCrossentropy"']);
  expect(problems(net("layers.dense(3).apply(x)").replace("input(13)", "input(4)"))[0]).toBe(
    "error layer-input input | Set input: 13",
  );
  const chain = `let h = layers.batchNorm().apply(x);\n${"h = layers.dense(4, { activation: 'sigmoid' }).apply(h);\n".repeat(4)}`;
  expect(problems(net("layers.dense(3).apply(h)", chain))).toEqual([
    'warning deep-sigmoid \'sigmoid\' | Use "relu" with "heNormal" in these layers',
  ]);
  // What goes around a layer carries the gradient.
  const around =
    "let h = layers.batchNorm().apply(x);\n" +
    "h = layers.add().apply([h, layers.dense(13, { activation: 'sigmoid' }).apply(h)]);\n".repeat(6);
  expect(problems(net("layers.dense(3).apply(h)", around))).toEqual([]);
  const several = `const x = input(4); const h = layers.dense(8).apply(x);
const net = model({ inputs: x, outputs: { kind: layers.dense(1, { activation: "softmax" }).apply(h), size: layers.dense(1).apply(h) } });
net.compile({ loss: { kind: "sparseCategoricalCrossentropy", size: "binaryCrossentropy" } });`;
  expect(problems(several)).toEqual([
    'warning output-loss "softmax" | Use activation: "sigmoid" with loss: "binaryCrossentropy"',
    'warning output-loss dense | Use activation: "sigmoid"',
  ]);
});

test("data that a loop makes", () => {
  const rows = (count: number) =>
    `const xs = [], ys = []; for (let i = 0; i < ${count}; i++) { xs.push([i / 10, i]); ys.push([i]); }`;
  const net = "const net = sequential([layers.dense(3)]); await net.fit(xs, ys);";
  expect(hints(rows(20), net)).toEqual(["dense → [3] · 9"]);
  // So long a loop is not followed.
  expect(hints(rows(100_000), net)).toEqual(["dense → ? · ?"]);
  const doubled = (value: string) => `let u = ${value}; for (let i = 0; i < 60; i++) u = u + u;`;
  expect(hints(doubled("size()"), "sequential([layers.dense(u, { inputShape: 2 })]);")).toEqual(["dense → ? · ?"]);
});

test("graphs and models that loops make", () => {
  const graph = (loop: string) =>
    hints(
      `const x = input(4); let y = layers.dense(8).apply(x);\n${loop}\nconst net = model({ inputs: x, outputs: layers.dense(3).apply(y) });`,
    );
  for (const loop of [
    "for (let i = 0; i < 3; i++) y = layers.dense(6).apply(y);",
    "for (const units of [16, 6]) { const wide = layers.dense(units).apply(y); y = layers.dropout(0.1).apply(wide); }",
    "[16, 6].forEach((units) => { y = layers.dense(units).apply(y); });",
    "for (const units of [16, 6]) { y = layers.dense(units).apply(y); const skip = y; y = layers.dense(units).apply(y); y = layers.add().apply([skip, y]); }",
    "let units = 24; while (units > 6) { units /= 2; y = layers.dense(units).apply(y); }",
  ])
    expect(graph(loop).at(-1), loop).toBe("dense → [3] · 21");
  expect(graph("for (let i = 0; i < 2; i++) y = layers.dense(8).apply(y);")).toEqual([
    "dense → [8] · 40",
    "dense → [8] · 72",
    "dense → [3] · 27",
  ]);
  const blocks =
    "for (const units of [8, 6]) { const skip = y; y = layers.dense(units).apply(y); y = layers.concat().apply([skip, y]); }";
  // 8 and 8, then 16 and 6.
  expect(graph(blocks).at(-1)).toBe("dense → [3] · 69");
  expect(problems(`let y = input([8, 8, 1]); for (const size of [3, 9]) y = layers.conv2d(2, size).apply(y);`)).toEqual(
    ["error layer-input conv2d"],
  );
  for (const loop of [
    "for (let i = 0; i < 3; i++) { if (Math.random() < 0.5) y = layers.dense(6).apply(y); }",
    "const more = () => { y = layers.dense(5).apply(y); }; more();",
    "for (const units of sizes()) y = layers.dense(units).apply(y);",
  ])
    expect(graph(loop).at(-1), loop).toBe("dense → ? · ?");

  const fitted = (units: string) =>
    `for (const units of ${units}) { const net = sequential([layers.dense(units), layers.dense(3)]); await net.fit(datasets.iris()); }`;
  expect(hints(fitted("[5, 5]"))).toEqual(["dense → [5] · 25", "dense → [3] · 18"]);
  expect(hints(fitted("[5, 6]"))).toEqual(["dense → ? · ?", "dense → [3] · ?"]);
  expect(problems(fitted("[5, 0]"))).toEqual(["error layer-options dense"]);
  expect(
    hints("[5, 5].forEach((units) => { const net = sequential([layers.dense(units)]); net.fit(datasets.iris()); });"),
  ).toEqual(["dense → [5] · 25"]);
});
