// Names from Python, Keras, PyTorch and NumPy while they are typed: what is marked, what a fix writes, and what is left alone.

import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { smallNnbookTypes, TestNotebook, testServer } from "../notebooks.testing.ts";

const libs = collectTypescriptLibs();
const notebook = new TestNotebook(testServer(libs));
const imports = 'import { layers, sequential } from "nnbook";';

/** What fixes make of the last cell, by their titles. */
function fixes(cells: readonly string[]): Record<string, string | undefined> {
  const marked = cells.map((cell, index) => (index === cells.length - 1 ? `|${cell}` : cell));
  const layout = { indentSize: 2, usesTabs: false };
  const found = notebook.ask("quickFixes", marked, { span: { start: 0, length: 9999 }, layout }) ?? [];
  return Object.fromEntries(found.map(({ title, changes }) => [title, notebook.changed(changes).at(-1)]));
}

describe("a name from elsewhere", () => {
  test.each([
    ["print(1)", '"print": "print" is Python. In nnbook, write console.log(…).', "console.log(1)"],
    ["const yes = True", '"True": "True" is Python. In nnbook, write true.', "const yes = true"],
    ["len([1, 2])", '"len": "len" is Python. In nnbook, write x.length.', "[1, 2].length"],
    ["len(1 + 2)", '"len": "len" is Python. In nnbook, write x.length.', null],
    ["Dense(16)", '"Dense": "Dense" is Keras. In nnbook, write layers.dense(…).', "layers.dense(16)"],
    ["new Dense(16)", '"Dense": "Dense" is Keras. In nnbook, write layers.dense(…).', "layers.dense(16)"],
    [
      "tf.keras.layers.Dropout(0.2)",
      '"tf.keras.layers.Dropout": "tf.keras.layers.Dropout" is TensorFlow. In nnbook, write layers.dropout(…).',
      "layers.dropout(0.2)",
    ],
    [
      "nn.ReLU()",
      '"nn.ReLU": "nn.ReLU" is PyTorch. In nnbook, write layers.activation("relu").',
      'layers.activation("relu")',
    ],
    ["nn.Linear(3, 4)", '"nn.Linear": "nn.Linear" is PyTorch. In nnbook, write layers.dense(units).', null],
    ["np.pi", '"np.pi": "np.pi" is NumPy. In nnbook, write Math.PI.', "Math.PI"],
    ["np.fft", '"np": "np" is NumPy. nnbook has parts of its own, for example tensor([1, 2, 3]).', null],
    [
      "torch.optim.SGD(0.1)",
      '"torch.optim.SGD": "torch.optim.SGD" is PyTorch. In nnbook, write optimizers.sgd({ learningRate: 0.01 }).',
      null,
    ],
    [
      "StandardScaler()",
      '"StandardScaler": "StandardScaler" is scikit-learn. In nnbook, write data.standardize().',
      null,
    ],
    ["dense(4)", '"dense": "dense" is a part of nnbook: write layers.dense(…).', "layers.dense(4)"],
  ])("%s", (cell, mark, fixed) => {
    expect(notebook.problems([`${imports} sequential([]); layers`, cell])[0]).toBe(`cell 1 error ${mark}`);
    expect(Object.values(fixes([imports, cell]))).toEqual(fixed === null ? [] : [fixed]);
  });

  test("a fix brings the import along, and names it where it is all that lacks", () => {
    expect(fixes(["keras.Sequential([])"])).toEqual({
      'Change to "sequential"': 'import { sequential } from "nnbook";\nsequential([])',
    });
    expect(fixes([imports, "keras.Sequential([])"])).toEqual({ 'Change to "sequential"': "sequential([])" });
    expect(notebook.problems(["layers.dropout(1)"])).toEqual([
      'cell 0 error "layers": "layers" is a part of nnbook: write import { layers } from "nnbook".',
    ]);
    expect(fixes(["layers.dropout(1)"])).toEqual({
      'Import "layers" from "nnbook"': 'import { layers } from "nnbook";\nlayers.dropout(1)',
    });
  });

  test("is no such thing where the user has defined it, in whatever way, or a later cell does", () => {
    const own = [
      'import * as np from "node:path"; function print(x: unknown) { return x } const len = (x: string) => x.length;',
      "class Dense { units = 1 } let True = 1; var None: null = null; const keras = { layers: { Dense } };",
      "print(np.sep); len('a'); new Dense().units + True; None; new keras.layers.Dense();",
      "((range: (n: number) => number, self: number) => range(self))((n) => n, 1)",
      "for (const tf of [1]) tf + 1; const f = ({ nn }: { nn: { Linear: number } }) => nn.Linear;",
    ];
    expect(notebook.problems(own)).toEqual([]);
    expect(notebook.problems(["print(1)", "function print(x: number) { return x }"])).toEqual([
      'cell 0 warning "print": "print" is defined in a later cell: cell 2. Run that cell first.',
    ]);
  });

  test("is asked for by typeof without harm", () => {
    expect(notebook.problems(['typeof np === "undefined"', "typeof np.array"])).toEqual([
      `cell 0 error "np": Cannot find name 'np'.`,
      'cell 1 error "np.array": "np.array" is NumPy. In nnbook, write tensor(…).',
    ]);
  });

  test("self is not Python's where it is a browser's global object", () => {
    expect(notebook.problems(["self.setTimeout(() => {}, 1)", "self.weights"])).toEqual([
      `cell 0 error "self": Cannot find name 'self'.`,
      'cell 1 error "self": "self" is Python. In nnbook, write this.',
    ]);
  });

  test("a name is not spelt as the variable that it makes", () => {
    expect(fixes(["const trainer = new Trainer();"])).toEqual({});
    expect(Object.keys(fixes(["const trainer = 1; let other = traner;"]))).toEqual(["Change spelling to 'trainer'"]);
  });

  test("a variable that begins without let is imported from nowhere, whatever it is called", () => {
    expect(fixes(["sequential = 1"])).toEqual({ 'Change to "let sequential"': "let sequential = 1" });
  });

  test("a name whose parts nnbook's thing of that name lacks is not imported", () => {
    expect(fixes(["sequential.fit(1)"])).toEqual({});
    expect(Object.keys(fixes(["sequential.name"]))).toEqual(['Import "sequential" from "nnbook"']);
  });

  test("is marked as a whole in whatever script it is written", () => {
    expect(notebook.problems(["결과 = not 값"])).toEqual([
      'cell 0 error "결과": This is Python. In TypeScript, write 결과 = !값',
    ]);
  });

  test("in the place of a type it is left to TypeScript, and so is what may be a variable", () => {
    expect(notebook.problems(["let a: Dense;", "accuracy + 1", "model.fit(1)"])).toEqual([
      `cell 0 error "Dense": Cannot find name 'Dense'.`,
      `cell 1 error "accuracy": Cannot find name 'accuracy'.`,
      `cell 2 error "model": Cannot find name 'model'.`,
    ]);
  });

  test("is said in the reader's language", () => {
    const korean = new TestNotebook(testServer(libs, smallNnbookTypes, "ko"));
    expect(korean.problems(["np.array([1])"])).toEqual([
      'cell 0 error "np.array": "np.array": NumPy에서 쓰는 이름입니다. nnbook에서는 다음과 같이 씁니다: tensor(…).',
    ]);
  });
});
