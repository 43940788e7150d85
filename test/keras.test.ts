// Models written down for Keras are spelled as Keras wants them: names, arguments, the order and layout of weights. Numbers are compared nowhere,
// for Keras is not to be had where these tests run; conventions are checked against Keras' own numbers by the fixtures.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../scripts/run.mts";
import { exporters } from "../src/engine/exports/exporters.ts";
import { setEngineHost } from "../src/engine/host.ts";
import { layers, losses, type Model, optimizers, regularizers, sequential, type Tensor } from "../src/engine/index.ts";
import { readSafetensors } from "../src/engine/saving/safetensors.ts";
import { pythonWith } from "./support/exports/python.ts";
import { randomTraining } from "./support/randomModels/randomTrainings.ts";

const python = pythonWith("numpy");
const without = python === null ? " (skipped: no Python here has numpy)" : "";
const count = Number(process.env.MODELS ?? 80);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "keras-"));
  setEngineHost({ exporters: () => exporters });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  setEngineHost({ exporters: null });
});

const saidOf = (model: Model<unknown>): string => {
  try {
    model.toKeras();
    return "written";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

it.skipIf(python === null)(
  `${count} random models are spelled as Keras wants them${without}`,
  { timeout: 120_000 },
  async () => {
    const places: string[] = [];
    for (let seed = 0; seed < count; seed++) {
      const model = randomTraining(seed).make();
      const said = saidOf(model);
      if (said !== "written") {
        expect(said).toMatch(
          /^toKeras: expected (layers|losses|optimizers|weight decay|\w+ with options|a \w+ layer without rules)/,
        );
        continue;
      }
      const place = path.join(folder, `model${seed}`);
      mkdirSync(place);
      const { script, weights } = model.toKeras();
      writeFileSync(path.join(place, "model.py"), script);
      writeFileSync(path.join(place, "model.weights.safetensors"), weights);
      places.push(place);
    }
    expect(places.length).toBeGreaterThan(count / 4);
    const program = path.join(import.meta.dirname, "support", "exports", "checkKeras.py");
    const { exitCode, text } = await runProgram(python?.program ?? "", [program, ...places], { timeoutMs: 100_000 });
    expect(exitCode, text.slice(-3000)).toBe(0);
  },
);

describe("a model for Keras", () => {
  it("is built from Keras' own layers", () => {
    const net = sequential(
      [
        layers.conv2d(4, 3, {
          inputShape: [8, 8, 1],
          padding: 1,
          activation: "leakyRelu",
          alpha: 0.1,
          name: "filters",
        }),
        layers.flatten(),
        layers.dense(3, { activation: "softmax", kernelRegularizer: regularizers.l2(0.001), name: "classes" }),
      ],
      { seed: 1 },
    );
    net.compile({
      loss: losses.categoricalCrossentropy({ labelSmoothing: 0.1 }),
      optimizer: optimizers.adam({ learningRate: 0.01, clipNorm: 1 }),
    });
    const { script, weights, notes } = net.toKeras();
    const from = script.indexOf("@keras");
    expect(script.slice(from, script.indexOf("def main"))).toMatchInlineSnapshot(`
      "@keras.saving.register_keras_serializable("nnbook")
      def leaky_relu_0_1(x):
          return keras.activations.leaky_relu(x, negative_slope=0.1)


      def build_model():
          v0 = keras.Input(shape=(8, 8, 1), name="input_1")
          filters_padding = layers.ZeroPadding2D(padding=(1, 1), name="filters_padding")
          filters = layers.Conv2D(filters=4, kernel_size=(3, 3), strides=(1, 1), use_bias=True, dilation_rate=(1, 1), padding="valid", activation=leaky_relu_0_1, name="filters")
          v1 = filters_padding(v0)
          v1 = filters(v1)
          flatten_1 = layers.Flatten(name="flatten_1")
          v2 = flatten_1(v1)
          classes = layers.Dense(units=3, use_bias=True, kernel_regularizer=keras.regularizers.L1L2(l1=0, l2=0.001), activation="softmax", name="classes")
          v3 = classes(v2)
          return keras.Model(inputs=v0, outputs=v3, name="nnbook")


      def load_model(path=WEIGHTS):
          """The network with its weights, compiled."""
          model = build_model()
          tensors = read_safetensors(path)
          for name, parts in TENSORS.items():
              model.get_layer(name).set_weights([tensors[part] for part in parts])
          model.compile(
              optimizer=keras.optimizers.Adam(learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-7, clipnorm=1),
              loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
          )
          return model


      "
    `);
    expect(notes).toEqual(["The optimizer's memory (momentum and the like) starts anew."]);
    const tensors = readSafetensors("test", "weights", weights);
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ["filters/0", [3, 3, 1, 4]],
      ["filters/1", [4]],
      ["classes/0", [256, 3]],
      ["classes/1", [3]],
    ]);
  });

  it("is refused where Keras has no counterpart, naming it", () => {
    const net = () => sequential([layers.dense(1, { inputShape: 2 })], { seed: 1 });
    const compiled = (options: Parameters<Model["compile"]>[0]) => {
      const model = net();
      model.compile(options);
      return saidOf(model);
    };
    expect(saidOf(sequential([layers.custom({ inputShape: 2, forward: (x: Tensor) => x })], { seed: 1 }))).toContain(
      "toKeras: expected layers that Keras can be given, got custom_1, which was written in a cell.",
    );
    expect(compiled({ loss: losses.smoothL1() })).toContain(
      "toKeras: expected losses that Keras has, got the loss smoothL1.",
    );
    expect(compiled({ loss: losses.binaryCrossentropy({ positiveWeight: 2 }) })).toContain(
      "expected binaryCrossentropy with options that Keras' BinaryCrossentropy has, got positiveWeight: 2.",
    );
    expect(compiled({ loss: "mse", optimizer: "rAdam" })).toContain(
      "expected optimizers that Keras has, got the optimizer rAdam.",
    );
    expect(saidOf(sequential([layers.rmsNorm({ inputShape: 2, gammaRegularizer: "l2" })], { seed: 1 }))).toContain(
      "expected a rmsNorm layer without rules for its gamma, as Keras has it, got a regularizer on the gamma of rmsNorm_1.",
    );
    expect(saidOf(net())).toBe("written");
  });
});
