// Random layers written down as code: the editor reads in it what the engine makes of them, and finds nothing to complain of.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { input, type Layer, type Shape, ShapeError } from "../src/engine/index.ts";
import { type Recipe, RecipeWriter } from "../src/engine/recipes.ts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { TestNotebook } from "../src/language/notebooks.testing.ts";
import { Draw } from "./support/randomModels/draw.ts";
import { randomLayer } from "./support/randomModels/randomLayers.ts";

/** More and others by hand: `MODELS=1000 FIRST_MODEL=400 npx vitest run modelsInRandomCode`. */
const count = Number(process.env.MODELS ?? 12);
const first = Number(process.env.FIRST_MODEL ?? 0);

/** As a reader would write it. */
function code(recipe: Recipe): string {
  if (typeof recipe !== "object" || recipe === null) return JSON.stringify(recipe);
  if (isList(recipe)) return `[${recipe.map(code).join(", ")}]`;
  const { $: tag, name, values = [], ...options } = recipe;
  if (tag === "made" && isList(values)) return `${name}(${values.map(code).join(", ")})`;
  if (tag === "undefined") return "undefined";
  const entries = Object.entries(tag === undefined ? recipe : options);
  return `{ ${entries.map(([key, value]) => `${key}: ${code(value)}`).join(", ")} }`;
}

function isList(recipe: Recipe): recipe is readonly Recipe[] {
  return Array.isArray(recipe);
}

/** `null` for a layer that holds a function. */
function layerCode(layer: Layer): string | null {
  const writer = new RecipeWriter();
  const recipe = writer.writeCall(layer, "layer");
  return writer.obstacles.length > 0 ? null : code(recipe);
}

interface Row {
  readonly start: Shape;
  readonly layers: readonly { readonly text: string; readonly shape: Shape }[];
}

/** Four layers, each of which takes what the one before gives. */
function randomRow(draw: Draw): Row {
  const start = draw.pick<Shape>([5], [3, 4], [6, 5, 2]);
  const layers: { text: string; shape: Shape }[] = [];
  for (let shape = start; layers.length < 4; ) {
    const layer = randomLayer(shape, draw);
    const text = layerCode(layer);
    const output = text === null ? null : outputOf(layer, shape);
    if (text === null || output === null) continue;
    layers.push({ text, shape: output });
    shape = output;
  }
  return { start, layers };
}

function outputOf(layer: Layer, shape: Shape): Shape | null {
  try {
    return layer.apply(input([...shape])).shape;
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}

/** Nested lists of zeros. */
const zeros = ([length, ...rest]: Shape): string =>
  length === undefined ? "0" : `[${Array.from({ length }, () => zeros(rest)).join(", ")}]`;

/** A layer a line, in a row and in a graph. */
const ways: Readonly<Record<string, (row: Row) => string>> = {
  sequential: ({ start, layers }) =>
    `const net = sequential([\n${layers.map(({ text }) => `${text},`).join("\n")}\n]); net.predict(0);\nnet.compile({ loss: own });\nawait net.fit(${zeros([1, ...start])}, [[0]]);`,
  graph: ({ start, layers }) =>
    `let h = input([${start}]);\n${layers.map(({ text }) => `h = ${text}.apply(h);`).join("\n")}\n`,
};

test.each(Object.entries(ways))("%s", (_, write) => {
  const rows = Array.from({ length: count }, (_, index) => randomRow(new Draw(first + index)));
  const server = new LanguageServer({
    readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: {} }),
    readRules: () => modelRules,
  });
  const notebook = new TestNotebook(server);
  const cells = rows.map((row) => `{ ${write(row)} }`);
  notebook.set([
    'import { constraints, initializers, input, layers, model, regularizers, sequential } from "nnbook";',
    ...cells,
  ]);
  const described = server.answer({ kind: "describeModels", notebookId: notebook.id });
  expect(
    described.problems
      .filter(({ severity }) => severity === "error")
      .map(({ message, cellId }) => `${message} ${cells[Number(cellId) - 1]}`),
  ).toEqual([]);
  const seen = rows.map((_, index) => {
    const found = described.layers.filter(({ place }) => place.cellId === String(index + 1));
    // Layers within a layer stand behind it in its line.
    return [2, 3, 4, 5].map((line) => found.find(({ place }) => place.line === line)?.outputShape);
  });
  expect(seen).toEqual(rows.map(({ layers }) => layers.map(({ shape }) => shape)));
});
