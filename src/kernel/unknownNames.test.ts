// What a cell is told that names what other languages and libraries have; and that the table of those names keeps its word.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";
import { optionAliases } from "../engine/errors.ts";
import { foreignNames, foreignOptions, libraryNames } from "../shared/foreignNames.ts";
import { meantName, writtenName } from "../shared/meantName.ts";
import * as nnbook from "./nnbookModule.ts";
import { nnbookNames } from "./unknownNames.ts";

/** What stands for a name as it is written at the beginning of `code`. */
function meant(code: string): string | null {
  const written = writtenName(code);
  const found = written && meantName(written, nnbookNames(nnbook));
  return found === null ? null : `${written?.chain.slice(0, found.parts).join(".")} → ${found.codes.join(" | ")}`;
}

describe("the table of foreign names", () => {
  const codes = [
    ...Object.values(libraryNames).map(([, code]) => code),
    ...Object.values(foreignNames).flatMap((names) => Object.values(names)),
  ];

  test("names nothing that nnbook or JavaScript lacks", () => {
    // Variables of the examples, and words of the language.
    const free = new Set("x y a b run data model each index name units filters kernelSize i value Kind sum".split(" "));
    const words = new Set("true false null this new let for else if await instanceof inputs outputs".split(" "));
    const known = (name: string) => name in nnbook || name in globalThis || free.has(name) || words.has(name);
    for (const code of codes) {
      const plain = code.replaceAll(/"[^"]*"/g, '""').replaceAll(/\b\w+(?=: )/g, "");
      for (const [chain] of plain.matchAll(/(?<![.\w])(?:[A-Za-z]\w*)(?:\.[A-Za-z]\w*)*/g)) {
        const [root = "", member] = chain.split(".");
        expect(known(root), `${root} in ${code}`).toBe(true);
        const owner: unknown = Reflect.get(nnbook, root) ?? Reflect.get(globalThis, root);
        if (member !== undefined && !free.has(root)) expect(Object(owner)[member], `${chain} in ${code}`).toBeDefined();
      }
      for (const [, method = ""] of plain.matchAll(/tensor\(x\)\.(\w+)/g))
        expect(nnbook.Tensor.prototype, code).toHaveProperty(method);
    }
    expect(codes.length).toBeGreaterThan(100);
  });

  test("has the options that the engine's errors offer", () => {
    expect(foreignOptions).toEqual(optionAliases);
  });

  test.each([
    ["print(1)", "print → console.log(…)"],
    ["np.array([1])", "np.array → tensor(…)"],
    ["np . random.rand(2)", "np.random.rand → Math.random()"],
    ["np.fft.rfft(x)", "np → tensor([1, 2, 3])"],
    ["numpy.exp(x)", "numpy.exp → tensor(x).exp()"],
    ["keras.layers.Dense(16)", "keras.layers.Dense → layers.dense(…)"],
    ["tf.keras.layers.Conv2D(8, 3)", "tf.keras.layers.Conv2D → layers.conv2d(…)"],
    ["tf.keras.layers", "tf → sequential([layers.dense(16), layers.dense(1)])"],
    ["keras.models.Sequential()", "keras.models.Sequential → sequential(…)"],
    ["keras.callbacks.EarlyStopping()", "keras.callbacks.EarlyStopping → callbacks.earlyStopping(…)"],
    ["tf.train.adam(0.1)", "tf.train.adam → optimizers.adam(…)"],
    ["tf.sequential()", "tf.sequential → sequential(…)"],
    ["tf.tensor([1])", "tf.tensor → tensor(…)"],
    ["torch.Tensor([1])", "torch.Tensor → tensor(…)"],
    ["tf.variable(0)", "tf.variable → tensor(x, { requiresGrad: true })"],
    ["tf.losses.meanSquaredError(x, y)", "tf.losses.meanSquaredError → losses.mse()"],
    ["tf.relu(x)", "tf.relu → tensor(x).relu()"],
    ["keras.activations.relu(x)", "keras.activations.relu → activations.relu(…)"],
    ["keras.datasets.mnist.load_data()", "keras.datasets.mnist → datasets.digits()"],
    ["keras.datasets.other", "keras.datasets → datasets"],
    ["torch.nn.Linear(3, 4)", "torch.nn.Linear → layers.dense(units)"],
    ["nn.Dropout(0.5)", "nn.Dropout → layers.dropout(…)"],
    ["torch.nn.functional.relu(x)", "torch.nn.functional.relu → activations.relu(…)"],
    ["F.relu(x)", "F.relu → activations.relu(…)"],
    ["F.cross_entropy(x, y)", "F.cross_entropy → losses.sparseCategoricalCrossentropy({ fromLogits: true })"],
    ["brain.recurrent.LSTM()", "brain.recurrent.LSTM → layers.lstm(units)"],
    ["LSTM(8)", "LSTM → layers.lstm(…)"],
    ["Architect.Perceptron(2, 3, 1)", "Architect.Perceptron → sequential([layers.dense(3), layers.dense(1)])"],
    ["confusion_matrix(x, y)", "confusion_matrix → confusionMatrix(…)"],
    ["torch.optim.Adam()", "torch.optim.Adam → optimizers.adam({ learningRate: 0.001 })"],
    ["optimizer.zero_grad()", "optimizer.zero_grad → await model.fit(x, y)"],
    ["Dense(16)", "Dense → layers.dense(…)"],
    ["Sequential([])", "Sequential → sequential(…)"],
    ["BatchNormalization()", "BatchNormalization → layers.batchNorm(…)"],
    ["train_test_split(x)", "train_test_split → data.split({ validation: 0.2 })"],
    ["adam({ learningRate: 1 })", "adam → optimizers.adam(…)"],
    ["mse()", "mse → losses.mse(…) | metrics.mse(…)"],
    ["datasets.iris()", 'datasets → import { datasets } from "nnbook"'],
    ["slider({ min: 0 })", "slider → input.slider(…)"],
    ["new", null],
  ])("%s", (code, expected) => {
    expect(meant(code)).toBe(expected);
  });

  test.each([
    ...["model.fit(x)", "model", "accuracy", "sum + 1", "list", "step", "total_loss(x)", "optimizer.lr", "loss"],
    ...["Network(3)", "Trainer(x)", "F", "F.own(1)", "brain.think()", "synaptic", "Training(1)", "Slider()"],
  ])("%s may as well be the user's own, of a cell that did not run", (code) => {
    expect(meant(code)).toBe(null);
  });
});

describe("a cell that failed over a name", () => {
  let kernel: TestSession;
  beforeAll(async () => {
    kernel = await startTestSession();
  }, 60_000);
  afterAll(() => kernel.dispose());

  test.each([
    [
      "datasets.iris()",
      'datasets is not defined. "datasets" is a part of nnbook: write import { datasets } from "nnbook".',
    ],
    ["const a = 1;\nprint(a)", 'print is not defined. "print" is Python. In nnbook, write console.log(…).'],
    ["const yes = True", 'True is not defined. "True" is Python. In nnbook, write true.'],
    [
      "const net = [keras.layers.Dense(16)]",
      'keras is not defined. "keras.layers.Dense" is Keras. In nnbook, write layers.dense(…).',
    ],
    ["np.array([1])", 'np is not defined. "np.array" is NumPy. In nnbook, write tensor(…).'],
    [
      "np.fft.rfft([1])",
      'np is not defined. "np" is NumPy. nnbook has parts of its own, for example tensor([1, 2, 3]).',
    ],
    [
      "const fit = (x: number, o?: unknown) => x;\nfit(1, epochs=5)",
      "epochs is not defined. Arguments have no names here. Write { epochs: … }.",
    ],
    ...["rate = 0.1", "const a = 1;\nrate = a;\na", "const a = 1\nrate = a\na"].map((code) => [
      code,
      'rate is not defined. Nothing declares "rate". A new variable begins with let: write let rate = ….',
    ]),
    ["ratee + 1", "ratee is not defined"],
    ["function print() { return wrong }\nprint()", "wrong is not defined"],
  ])("%s", async (code, message) => {
    expect(await kernel.run(code)).toMatchObject({ kind: "failed", error: { name: "ReferenceError", message } });
  });
});
