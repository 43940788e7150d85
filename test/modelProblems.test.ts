// What the editor says is wrong with models before they run: right where it is sure, silent where it is not, and its fixes mend it.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { TestNotebook } from "../src/language/notebooks.testing.ts";
import type { ModelProblem } from "../src/shared/modelsInCode.ts";

const typescriptLibs = collectTypescriptLibs();
const serverIn = (locale: "en" | "ko") =>
  new LanguageServer({
    // Without nnbook's types, whose errors are not what is tested here.
    readFiles: () => ({ typescriptLibs, nnbookTypes: {} }),
    readRules: () => modelRules,
    locale,
  });
const server = serverIn("en");
const notebook = new TestNotebook(server);
const imports = 'import { compare, datasets, input, layers, losses, sequential, tensor } from "nnbook";';

function problemsOf(cells: readonly string[], of = notebook): readonly ModelProblem[] {
  of.set([imports, ...cells]);
  return of.server.answer({ kind: "describeModels", notebookId: of.id }).problems;
}

/** `warning "softmax": message [fix | fix]` */
function problems(...cells: readonly string[]): string[] {
  return problemsOf(cells).map(({ cellId, span, severity, code, message, fixes }) => {
    const marked = [imports, ...cells][Number(cellId)]?.slice(span.start, span.start + span.length);
    const titles = fixes.length === 0 ? "" : ` [${fixes.map(({ title }) => title).join(" | ")}]`;
    return `${severity} ${code} ${marked}: ${message}${titles}`;
  });
}

/** The cells after a fix. */
function fixed(cells: readonly string[], title: string): readonly string[] {
  const fixes = problemsOf(cells).flatMap((problem) => problem.fixes);
  const changes = fixes.find((each) => each.title === title)?.changes;
  if (changes === undefined) throw new Error(`no fix "${title}" among ${fixes.map((each) => each.title).join(", ")}`);
  return cells.map((text, index) =>
    [...changes]
      .filter(({ cellId }) => cellId === String(index + 1))
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.start + span.length), text),
  );
}

/** A model that is compiled and trained. */
const trained = (data: string, row: string, loss: string) =>
  [
    `const data = ${data};`,
    `const m = sequential([\n  ${row},\n]);`,
    `m.compile({ loss: ${loss} }); await m.fit(data);`,
  ] as const;

describe("inputs that cannot be", () => {
  const digits = "datasets.digits().standardize()";
  const softmax = 'layers.dense(10, { activation: "softmax" })';

  test("pictures without their axes: reshape", () => {
    const cells = trained(
      digits,
      `layers.conv2d(4, 3),\n  layers.flatten(),\n  ${softmax}`,
      '"categoricalCrossentropy"',
    );
    expect(problems(...cells)).toEqual([
      "error layer-input conv2d: conv2d: expected input [batch, height, width, channels], got [batch, 64]. As grey pictures: layers.reshape([8, 8, 1]) before it, or x.reshape([-1, 8, 8, 1]). [Add layers.reshape([8, 8, 1]) before it]",
    ]);
    const mended = fixed(cells, "Add layers.reshape([8, 8, 1]) before it");
    expect(mended[1]).toContain("([\n  layers.reshape([8, 8, 1]),\n  layers.conv2d(4, 3),\n");
    expect(problems(...mended)).toEqual([]);
  });

  test("a window larger than what is left of the picture", () => {
    const cells = ["sequential([layers.conv2d(4, 5, { inputShape: [4, 4, 1] })])"];
    expect(problems(...cells)[0]).toMatch(/^error layer-input conv2d: conv2d: expected input of at least 5 rows/);
    expect(problems(...fixed(cells, 'Set padding: "same"'))).toEqual([]);
  });

  test("another inputShape than the data have", () => {
    const cells = trained(
      "datasets.moons()",
      'layers.dense(1, { inputShape: 3, activation: "sigmoid" })',
      '"binaryCrossentropy"',
    );
    expect(problems(...cells)[0]).toContain("dense: expected input [batch, 3], got [batch, 2]");
    expect(problems(...fixed(cells, "Set inputShape: [2]"))).toEqual([]);
  });

  test("a reshape of another size, in a graph too", () => {
    expect(problems("sequential([layers.reshape([3, 3], { inputShape: 10 })])")[0]).toMatch(
      /^error layer-input reshape/,
    );
    expect(problems("layers.conv2d(1, 3).apply(input(4))")[0]).toMatch(/^error layer-input conv2d/);
  });

  test("options that the layer refuses", () => {
    expect(
      problems("let units = 8; for (let i = 0; i < 9; i++) units -= 1; sequential([layers.dense(units)])")[0],
    ).toMatch(/^error layer-options dense: .* got -1/);
    expect(problems("sequential([layers.dense(0)])")[0]).toMatch(
      /^error layer-options dense: layers.dense: expected units/,
    );
    expect(problems("sequential([layers.dropout(0.5), layers.dense(-1)])")).toHaveLength(1);
  });
});

describe("ends that do not go together", () => {
  test("softmax over one unit, also before a loss is chosen", () => {
    const softmax = 'layers.dense(1, { activation: "softmax" })';
    expect(problems(`sequential([${softmax}])`)).toEqual([
      'warning output-loss "softmax": dense: softmax over one unit is always 1; use sigmoid with binary cross-entropy. [Use activation: "sigmoid"]',
    ]);
    const cells = trained("datasets.moons()", softmax, '"mse"');
    const mended = fixed(cells, 'Use activation: "sigmoid" with loss: "binaryCrossentropy"');
    expect(mended.slice(1).join("\n")).toBe(
      'const m = sequential([\n  layers.dense(1, { activation: "sigmoid" }),\n]);\nm.compile({ loss: "binaryCrossentropy" }); await m.fit(data);',
    );
    expect(problems(...mended)).toEqual([]);
  });

  test.each([
    ["no probabilities", "layers.dense(1)", '"binaryCrossentropy"', 'Use activation: "sigmoid"'],
    [
      "logits after an activation",
      'layers.dense(1, { activation: "sigmoid" })',
      "losses.binaryCrossentropy({ fromLogits: true })",
      'Use activation: "linear"',
    ],
    ["a distance of classes", 'layers.dense(1, { activation: "sigmoid" })', '"mse"', 'Use loss: "binaryCrossentropy"'],
    [
      "an activation of its own",
      'layers.dense(1), layers.activation("relu")',
      '"binaryCrossentropy"',
      'Use activation: "sigmoid"',
    ],
  ])("%s", (_, row, loss, title) => {
    const cells = trained("datasets.moons()", row, loss);
    expect(problems(...cells)).toHaveLength(1);
    expect(problems(...fixed(cells, title))).toEqual([]);
  });

  test("targets of another shape", () => {
    const softmax = 'layers.dense(4, { activation: "softmax" })';
    const units = trained("datasets.iris()", softmax, '"categoricalCrossentropy"');
    expect(problems(...units)[0]).toContain("The model gives [4] for each example, but the targets of iris are [3].");
    expect(problems(...fixed(units, "Set units: 3"))).toEqual([]);
    const numbers = trained("datasets.iris().sparse()", softmax.replace("4", "3"), '"categoricalCrossentropy"');
    expect(problems(...fixed(numbers, 'Use loss: "sparseCategoricalCrossentropy"'))).toEqual([]);
    const flat = trained(
      "datasets.digits().standardize()",
      'layers.reshape([8, 8, 1]), layers.conv2d(2, 3), layers.dense(10, { activation: "softmax" })',
      '"categoricalCrossentropy"',
    );
    expect(problems(...fixed(flat, "Add layers.flatten() before it"))).toEqual([]);
  });
});

describe("what learns badly", () => {
  const sigmoid = 'layers.dense(8, { activation: "sigmoid" })';
  const deep = (count: number) => `${Array.from({ length: count }, () => sigmoid).join(",\n  ")},\n  layers.dense(1)`;

  test("sigmoids in a deep stack, and two ways out", () => {
    expect(problems(...trained("datasets.sine()", deep(3), '"mse"'))).toEqual([]);
    const cells = trained("datasets.sine()", deep(4), '"mse"');
    expect(problems(...cells)[0]).toMatch(/^warning deep-sigmoid "sigmoid": 4 layers with sigmoid one after the other/);
    const relu = fixed(cells, 'Use "relu" with "heNormal" in these layers');
    expect(relu[1]?.match(/{ activation: "relu", kernelInitializer: "heNormal" }/g)).toHaveLength(4);
    expect(problems(...relu)).toEqual([]);
    const normed = fixed(cells, "Add layers.batchNorm() behind these layers");
    expect(normed[1]?.match(/\n {2}layers.batchNorm\(\),/g)).toHaveLength(4);
    expect(problems(...normed)).toEqual([]);
  });

  test("repeated ones count as often as they are made", () => {
    const repeated = (times: number) =>
      `sequential([...Array.from({ length: ${times} }, () => ${sigmoid}), layers.dense(1)])`;
    expect(problems(repeated(3))).toEqual([]);
    expect(problems(repeated(6))[0]).toContain("6 layers with sigmoid");
  });

  test("data that nothing scaled", () => {
    const cells = trained(
      "datasets.wine().split({ validation: 0.2 })",
      'layers.dense(3, { activation: "softmax" })',
      '"categoricalCrossentropy"',
    );
    expect(problems(...cells)).toEqual([
      "info unscaled-data datasets.wine: The features of datasets.wine differ much in size, or are large: a network learns faster from standardized ones. [Standardize the data]",
    ]);
    const mended = fixed(cells, "Standardize the data");
    expect(mended[0]).toBe("const data = datasets.wine().standardize().split({ validation: 0.2 });");
    expect(problems(...mended)).toEqual([]);
    const normed = trained(
      "datasets.wine()",
      'layers.batchNorm(), layers.dense(3, { activation: "softmax" })',
      '"categoricalCrossentropy"',
    );
    expect(problems(...normed)).toEqual([]);
  });
});

test("nothing is said where the code leaves it open", () => {
  const open = [
    "function make(activation, units) { return sequential([layers.dense(units, { activation: 'softmax' }), layers.dense(1, { activation })]); }",
    "let units = 8; for (let i = 0; i < 9; i++) units -= Math.random(); sequential([layers.dense(units)])",
    "let units = 0; if (Math.random() < 2) units = 3; sequential([layers.dense(units)])",
    "let units = 0; const more = () => { units = 4; }; more(); sequential([layers.dense(units)])",
    "function add(list, n) { list.push(layers.dense(n)); } const grown = []; add(grown, 3); sequential([layers.conv2d(2, 3, { inputShape: [8, 8, 1] }), ...grown, layers.conv2d(2, 9)])",
    "const make = () => [layers.conv2d(2, 3, { inputShape: [8, 8, 1] })]; const made = make(); made.push(layers.upSampling2d(4)); sequential([...made, layers.conv2d(2, 9)])",
    "const sizes = { inner: { units: 0 } }; sizes.inner.units = 3; sequential([layers.dense(sizes.inner.units)])",
    "const sizes2 = { units: 0 }; Object.assign(sizes2, { units: 3 }); sequential([layers.dense(sizes2.units)])",
    "const sizes3 = { units: 0 }; const same = sizes3; same.units += 3; sequential([layers.dense(sizes3.units)])",
    "function deep(n) { return n === 0 ? [] : [layers.dense(n), ...deep(n - 1)]; } sequential(deep(3))",
    "const rows = [layers.dense(3)]; rows.push(layers.dense(1)); sequential([...rows, layers.dense(2)])",
    "const own = layers.custom({ name: 'own', forward: (x) => x }); sequential([layers.conv2d(2, 3, { inputShape: [8, 8, 1] }), own, layers.conv2d(2, 9)])",
    "const scaled = Math.random() < 0.5; const d = datasets.wine(); const m2 = sequential([layers.dense(3)]); m2.compile({ loss: 'mse' }); await m2.fit(scaled ? d.standardize() : d)",
    "const m3 = sequential([layers.dense(3)]); m3.compile({ loss: (a, b) => a.sub(b).abs().mean() }); await m3.fit(datasets.moons())",
    "sequential(Array.from({ length: 2 }, (units) => layers.dense(units)))",
    "let kind; for (const each of ['relu', kinds()]) kind = each; sequential([layers.dense(1, { activation: kind })])",
    "const dense = (n) => layers.dense(n + 1); sequential([dense(0), dense(0)])",
  ];
  for (const cell of open) expect(problems(cell), cell).toEqual([]);
});

test("the samples show only what they mean to", () => {
  for (const folder of ["samples", "samples/ko"]) {
    const found = readdirSync(path.join(import.meta.dirname, "../media", folder))
      .filter((name) => name.endsWith(".nnbook"))
      .flatMap((name) => problemsInFile(path.join(import.meta.dirname, "../media", folder, name)));
    // Lesson 3 shows what a softmax of one unit does.
    expect(found.map((each) => each.replace(/:.*/, ""))).toEqual(['warning output-loss "softmax"']);
  }
});

function problemsInFile(file: string): string[] {
  const { cells }: { cells: { kind: string; source: string[] }[] } = JSON.parse(readFileSync(file, "utf8"));
  return problems(...cells.filter(({ kind }) => kind === "code").map(({ source }) => source.join("\n")));
}

test("sentences and fixes are in the reader's language", () => {
  const korean = new TestNotebook(serverIn("ko"));
  const [found] = problemsOf(['sequential([layers.dense(1, { activation: "softmax" })])'], korean);
  expect(found?.message).toContain("소프트맥스");
  expect(found?.fixes[0]?.title).toBe('activation: "sigmoid" 쓰기');
});
