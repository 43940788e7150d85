// What models and layers of other libraries have: the editor says of it what the engine says when the cell runs.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { layers, sequential, tensor } from "../src/engine/index.ts";
import { insteadOn } from "../src/engine/training/model/insteadNames.ts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { smallNnbookTypes, TestNotebook } from "../src/language/notebooks.testing.ts";

function notebookIn(locale: "en" | "ko"): TestNotebook {
  return new TestNotebook(
    new LanguageServer({
      readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes: smallNnbookTypes }),
      readRules: () => modelRules,
      locale,
    }),
  );
}

const made = 'import { layers, sequential } from "nnbook";\nconst model = sequential([layers.dense({ units: 1 })]);';
const notebook = notebookIn("en");

test("a name of another library says what to write", () => {
  expect(notebook.problems([made, "model.add(layers.dropout(0.1))", "layers.dense({ units: 1 }).forward"])).toEqual([
    'cell 1 error "add": There is no "add" here. Give all layers at once: sequential([layers.dense(16), layers.dense(1)]).',
    'cell 2 error "forward": There is no "forward" here. Write layer.apply(x) in a graph; a layer alone: sequential([layer]).predict(x).',
  ]);
  expect(notebookIn("ko").problems([made, "model.add(1)"])).toEqual([
    'cell 1 error "add": "add": 여기에는 없는 이름입니다. Give all layers at once: sequential([layers.dense(16), layers.dense(1)]).',
  ]);
});

test("other names, and classes of the user's own, are left to TypeScript", () => {
  expect(
    notebook.problems([made, "model.wobble; model.constructor", "class Model { fit() {} }\nnew Model().add"]),
  ).toEqual([
    `cell 1 error "wobble": Property 'wobble' does not exist on type 'Model'.`,
    `cell 2 error "add": Property 'add' does not exist on type 'Model'.`,
  ]);
});

test("the engine says the same of each of them", () => {
  const things = { model: sequential([layers.dense(1)]), tensor: tensor([1]), layer: layers.dense(1) };
  for (const kind of ["model", "tensor", "layer"] as const) {
    for (const name of Object.keys(insteadOn[kind])) {
      const instead = modelRules.insteadOf(kind, name);
      expect(() => Reflect.get(things[kind], name)).toThrow(`got "${name}". ${instead}`);
    }
  }
});
