// Models that are trained or measured before they are compiled: marked where that is certain, with the call that is missing; silent where the code leaves it open.

import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { TestNotebook } from "../src/language/notebooks.testing.ts";
import type { ModelProblem } from "../src/shared/modelsInCode.ts";

const server = new LanguageServer({
  readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: {} }),
  readRules: () => modelRules,
});
const notebook = new TestNotebook(server);
const imports = 'import { compare, datasets, input, layers, losses, model, sequential, show } from "nnbook";';
const net = 'const net = sequential([layers.dense(3, { activation: "softmax" })]);';
const iris = "const data = datasets.iris().standardize();";
const compile = 'net.compile({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["acc"] });';

function found(cells: readonly string[]): readonly ModelProblem[] {
  notebook.set([imports, ...cells]);
  const { problems } = server.answer({ kind: "describeModels", notebookId: notebook.id });
  return problems.filter(({ code }) => code === "not-compiled");
}

/** `error fit | Compile with …` */
function marks(...cells: readonly string[]): string[] {
  return found(cells).map(({ cellId, span, severity, fixes }) => {
    const marked = [imports, ...cells][Number(cellId)]?.slice(span.start, span.start + span.length);
    return [`${severity} ${marked}`, ...fixes.map(({ title }) => title)].join(" | ");
  });
}

/** The cells after the only fix. */
function mended(...cells: readonly string[]): string[] {
  const fixes = found(cells).flatMap((problem) => problem.fixes);
  expect(fixes).toHaveLength(1);
  const changed = notebook.changed(fixes[0]?.changes ?? []).slice(1);
  expect(marks(...changed)).toEqual([]);
  return changed;
}

describe("without any compile", () => {
  test("the first call that needs it is marked, and the fix stands before it", () => {
    const cells = [iris, `${net}\nconst run = await net.fit(data, { epochs: 3 });\nnet.evaluate(data)`];
    expect(marks(...cells)).toEqual(['error fit | Compile with loss: "categoricalCrossentropy"']);
    expect(found(cells)[0]?.message).toBe(
      "fit needs a compiled model, and nothing gives net a loss and an optimizer: net.compile comes first.",
    );
    expect(mended(...cells)[1]).toBe(
      `${net}\n${compile}\nconst run = await net.fit(data, { epochs: 3 });\nnet.evaluate(data)`,
    );
    expect(marks(iris, net, "net.evaluate(data)")).toEqual([
      'error evaluate | Compile with loss: "categoricalCrossentropy"',
    ]);
    expect(marks(iris, net, "for (const { x, y } of data.batches(32)) net.trainOnBatch(x, y);")).toHaveLength(1);
    expect(marks(iris, net, "net.predict(data.x); net.summary(); show.network(net);")).toEqual([]);
  });

  test.each([
    ["softmax", "3", "datasets.iris()", "categoricalCrossentropy"],
    ["softmax", "3", "datasets.iris().sparse()", "sparseCategoricalCrossentropy"],
    ["sigmoid", "1", "datasets.moons()", "binaryCrossentropy"],
    ["sigmoid", "1", "datasets.sine()", "mse"],
    ["linear", "1", "datasets.autoMpg()", "mse"],
    ["softmax", "3", "await fetchData()", "categoricalCrossentropy"],
    ["sigmoid", "1", "await fetchData()", "binaryCrossentropy"],
  ])("%s over %s for %s: %s", (activation, units, data, loss) => {
    const cells = [
      `const data = ${data};`,
      `const net = sequential([layers.dense(8, { activation: "relu" }), layers.dense(${units}, { activation: "${activation}" })]);`,
      "await net.fit(data);",
    ];
    expect(marks(...cells)).toEqual([`error fit | Compile with loss: "${loss}"`]);
    expect(mended(...cells)[2]).toContain(`net.compile({ loss: "${loss}", optimizer: "adam"`);
  });

  test("in a function, within a block, behind another statement of its line", () => {
    const made =
      "async function train(units) {\n  const net = sequential([layers.dense(units)]);\n  if (units > 1) {\n    await net.fit(data);\n  }\n}";
    expect(mended(iris, made, "await train(3);")[1]).toContain(
      '{\n    net.compile({ loss: "mse", optimizer: "adam" });\n    await net.fit(data);',
    );
    expect(mended(iris, `${net} await net.fit(data);`)[1]).toBe(`${net} ${compile} await net.fit(data);`);
    const shared = "const make = () => sequential([layers.dense(3)]);";
    const one = `${shared} const a = make(); const b = make(); a.compile({ loss: "mse" });`;
    expect(marks(iris, one, "await a.fit(data); await b.fit(data);")).toEqual(['error fit | Compile with loss: "mse"']);
  });

  test("a graph too; what has no name or no known end gets no fix", () => {
    const graph = "const x = input(4); const net = model({ inputs: x, outputs: layers.dense(3).apply(x) });";
    expect(marks(iris, graph, "await net.fit(data);")).toEqual(['error fit | Compile with loss: "mse"']);
    expect(marks(iris, "await sequential([layers.dense(3)]).fit(data);")).toEqual(["error fit"]);
    expect(marks(iris, "const net = sequential([layers.dense(9), ...more()]); await net.fit(data);")).toEqual([
      "error fit",
    ]);
  });
});

describe("a compile that comes too late", () => {
  test("in the same cell it is moved, and not where it names what comes later", () => {
    const late = `${net}\nawait net.fit(data);\n${compile}\nnet.summary()`;
    expect(marks(iris, late)).toEqual(["error fit | Compile before it"]);
    expect(mended(iris, late)[1]).toBe(`${net}\n${compile}\nawait net.fit(data);\nnet.summary()`);
    const named = `${net}\nawait net.fit(data);\nconst loss = "mse";\nnet.compile({ loss });`;
    expect(marks(iris, named)).toEqual(["error fit"]);
  });

  test("in a later cell it is a warning: cells can be run in another order", () => {
    expect(marks(iris, net, "await net.fit(data);", compile)).toEqual(["warning fit | Compile before it"]);
    expect(mended(iris, net, "await net.fit(data);", compile)).toEqual([
      iris,
      net,
      `${compile}\nawait net.fit(data);`,
      "",
    ]);
    expect(marks(iris, net, compile, "await net.fit(data);")).toEqual([]);
  });
});

test.each([
  "const other = net; other.compile({ loss: 'mse' }); await net.fit(data);",
  "prepare(net); await net.fit(data);",
  "for (const each of [net]) each.compile({ loss: 'mse' }); await net.fit(data);",
  "const nets = { net }; nets.net.compile({ loss: 'mse' }); await net.fit(data);",
  "const set = net.compile.bind(net); set({ loss: 'mse' }); await net.fit(data);",
  "const ready = () => net.compile({ loss: 'mse' }); ready(); await net.fit(data);",
  "const run = () => net.fit(data); net.compile({ loss: 'mse' }); await run();",
  "for (let i = 0; i < 2; i++) { if (i > 0) await net.fit(data); net.compile({ loss: 'mse' }); }",
  "if (Math.random() < 2) net.compile({ loss: 'mse' }); await net.fit(data);",
  "try { await net.fit(data); } catch (error) { console.log(error); }",
  "await net.fit(data).catch(console.log);",
  "fails(() => net.fit(data));",
  "const copy = net.clone(); copy.compile({ loss: 'mse' }); await copy.fit(data);",
  "const race = await compare({ model: net, data, loss: 'mse', optimizers: ['sgd'] }); await net.fit(data);",
  "let m = sequential([layers.dense(3)]); if (Math.random() < 2) m = net; m.compile({ loss: 'mse' }); await m.fit(data);",
  "function train(m) { m.compile({ loss: 'mse' }); return m.fit(data); } await train(net);",
  "export function make() { return sequential([layers.dense(3)]); } await make().fit(data);",
  "class Own { net = sequential([layers.dense(3)]); start() { return this.net.fit(data); } }",
])("nothing is said where something may have compiled it: %s", (cell) => {
  const found = marks(iris, net, cell);
  // What a function of the cells gives at once is known.
  expect(found).toEqual(cell.startsWith("export") ? ["error fit"] : []);
});
