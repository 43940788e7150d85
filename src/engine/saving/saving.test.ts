// The files of saved models: what safetensors hold, and what is said of files that are missing, cut off or changed.

import * as fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setEngineHost } from "../host.ts";
import { layers, load, optimizers, sequential } from "../index.ts";
import { crc32 } from "./checksum.ts";
import { filesIn } from "./fileSystem.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { utf8Bytes, utf8Text } from "./utf8.ts";

const trained = () => {
  const net = sequential([layers.dense(2, { inputShape: 3, name: "first" }), layers.dense(1)], { seed: 1 });
  net.compile({ loss: "mse", optimizer: "adam" });
  net.trainOnBatch([[1, 2, 3]], [[1]]);
  return net;
};

it("loads what an older nnbook saved with options of null, which it took for left out", () => {
  const net = sequential([layers.dense(2, { inputShape: 3, useBias: true })], { seed: 1 });
  net.compile({ loss: "mse", optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }) });
  const { json, weights } = net.serialize();
  const older = json
    .replace('"useBias": true', '"useBias": true,"kernelRegularizer":null')
    .replace('"momentum": 0.9', '"momentum": 0.9,"clipNorm":null');
  expect(older.length).toBe(json.length + ',"kernelRegularizer":null,"clipNorm":null'.length);
  const loaded = load({ json: older, weights });
  expect(loaded.predict([[1, 2, 3]]).toArray()).toEqual(net.predict([[1, 2, 3]]).toArray());
  expect(loaded.compiled?.optimizer.config).toEqual(net.compiled?.optimizer.config);
});

describe("text as bytes", () => {
  it("is UTF-8 both ways", () => {
    for (const text of ["", "plain", "100 %", "신경망 → 😀", "a\u0000b"]) {
      expect(utf8Bytes(text)).toEqual(Uint8Array.from(Buffer.from(text, "utf8")));
      expect(utf8Text(utf8Bytes(text))).toBe(text);
    }
    expect(utf8Text(Uint8Array.of(0xff, 0x41))).toBeNull();
    expect(utf8Text(utf8Bytes("\ud800 alone"))).toBe("\ufffd alone");
  });

  it("has the checksum that ZIP files have", () => {
    expect(crc32(utf8Bytes("123456789"))).toBe("cbf43926");
  });
});

describe("safetensors", () => {
  const tensors = new Map([
    ["a.kernel", { shape: [2, 2], numbers: Float32Array.of(1, -0, Number.NaN, 3.5) }],
    ["편향", { shape: [], numbers: Float32Array.of(7) }],
    ["none", { shape: [0, 3], numbers: new Float32Array(0) }],
  ]);

  it("are read as they were written", () => {
    const bytes = writeSafetensors(tensors, { made: "here" });
    expect(readSafetensors("read", "file", bytes)).toEqual(tensors);
  });

  it("are laid out as the format says", () => {
    const bytes = writeSafetensors(new Map([["w", { shape: [2], numbers: Float32Array.of(1, 2) }]]));
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString())).toEqual({
      __metadata__: {},
      w: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
    });
    expect([view.getFloat32(8 + length, true), view.getFloat32(12 + length, true)]).toEqual([1, 2]);
    expect(bytes.length).toBe(16 + length);
  });

  it("that are cut off anywhere, or damaged, are refused", () => {
    const bytes = writeSafetensors(tensors);
    for (let length = 0; length < bytes.length; length++)
      expect(() => readSafetensors("load", "digits.safetensors", bytes.subarray(0, length))).toThrow(
        "load: expected digits.safetensors as a whole safetensors file, got",
      );
    const half = Buffer.from(bytes).toString("latin1").replace('"F32"', '"F16"');
    expect(() => readSafetensors("load", "f", Buffer.from(half, "latin1"))).toThrow(
      'got "a.kernel" as F16. Convert it to float32 first',
    );
    const other = Buffer.from(bytes).toString("latin1").replace("[2,2]", "[2,9]");
    expect(() => readSafetensors("load", "f", Buffer.from(other, "latin1"))).toThrow("of shape [2, 9] in 16 bytes");
    expect(() => readSafetensors("load", "f", new Uint8Array(20).fill(0x41))).toThrow("got a file of another kind");
  });
});

describe("a model in files", () => {
  let folder = "";
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "saved-"));
    setEngineHost({ files: filesIn(fs, path, () => folder) });
  });
  afterEach(() => {
    setEngineHost({ files: null });
    fs.rmSync(folder, { recursive: true });
  });
  const file = (name: string) => path.join(folder, name);
  const changeJson = (change: (text: string) => string) => {
    fs.writeFileSync(file("net.json"), change(fs.readFileSync(file("net.json"), "utf8")));
    return () => load("net");
  };

  it("is two, whose endings may be said or not", () => {
    const net = trained();
    net.save("deep/er/net.json");
    expect(fs.readdirSync(file("deep/er")).sort()).toEqual(["net.json", "net.safetensors"]);
    for (const name of ["deep/er/net", "deep/er/net.json", file("deep/er/net.safetensors")])
      expect(
        load(name)
          .predict([[1, 2, 3]])
          .toArray(),
      ).toEqual(net.predict([[1, 2, 3]]).toArray());
    const tensors = readSafetensors("read", "file", fs.readFileSync(file("deep/er/net.safetensors")));
    expect([...tensors.keys()]).toEqual([
      "first.kernel",
      "first.bias",
      "dense_1.kernel",
      "dense_1.bias",
      ...["first.kernel", "first.bias", "dense_1.kernel", "dense_1.bias"].flatMap((name) =>
        ["means", "squares"].map((slot) => `optimizer/${name}/${slot}`),
      ),
    ]);
  });

  it("is as it was when it cannot be written again", () => {
    const net = trained();
    net.save("net");
    const before = fs.readFileSync(file("net.json"), "utf8");
    fs.mkdirSync(file("net.safetensors.part"));
    net.trainOnBatch([[1, 2, 3]], [[1]]);
    expect(() => net.save("net")).toThrow(
      /^save: expected a place that can be written to, got .*net.safetensors: EISDIR/,
    );
    expect(fs.readFileSync(file("net.json"), "utf8")).toBe(before);
    expect(load("net").compiled?.optimizer.steps).toBe(1);
  });

  it("that is not there, or a path of another kind, is said to be so", () => {
    expect(() => load("net")).toThrow(
      `load: expected a saved model: net.json and net.safetensors, got no ${file("net.json")}. Both files are written by model.save(path)`,
    );
    trained().save("net");
    fs.rmSync(file("net.safetensors"));
    expect(() => load("net")).toThrow(`got no ${file("net.safetensors")}`);
    expect(() => trained().save("net.keras")).toThrow("For Keras there is model.toKeras().");
    expect(() => load("net.pt")).toThrow("For PyTorch there is model.toPyTorch().");
    expect(() => trained().save("")).toThrow('save: expected where the model is kept, such as "models/digits", got ""');
    // @ts-expect-error: a number is no path.
    expect(() => load(3)).toThrow('load: expected a path such as "models/digits", or { json, weights }');
    setEngineHost({ files: null });
    expect(() => trained().save("net")).toThrow("save: expected a file system, got none here. Take model.serialize()");
    expect(() => load("net")).toThrow("load: expected a file system, got none here. Give their contents");
  });

  it("that was changed, cut off or mixed with another is refused, saying where", () => {
    trained().save("net");
    const whole = fs.readFileSync(file("net.json"), "utf8");
    const saidOf = (change: (text: string) => string) => {
      const check = changeJson(() => change(whole));
      try {
        check();
      } catch (error) {
        return error instanceof Error
          ? error.message
              .replace(/ CRC-32 \w+/g, "")
              .replace(/ Known: .*/, "")
              .replace(/none \(.*\)/, "none (…)")
          : "no error";
      }
      return "loaded";
    };
    expect([
      saidOf((text) => text.slice(0, 300)),
      saidOf(() => '{"layers":[]}'),
      saidOf((text) => text.replace('"version": 1', '"version": 2')),
      saidOf((text) => text.replace('"trainable": true', '"trainable": 1')),
      saidOf((text) => text.replace('"order": [\n      1', '"order": [\n      7')),
      saidOf((text) => text.replace('"layers.dense"', '"layers.evil"')),
      saidOf((text) => text.replace('"values": [\n            1', '"values": [\n            4')),
      saidOf((text) => text.replace('"first.kernel"', '"first.karnel"')),
      saidOf((text) => text.replace(/"crc32": "\w+"/, '"crc32": "00000000"')),
      saidOf((text) => text.replace('"optimizers.adam"', '"optimizers.constructor"')),
    ]).toMatchInlineSnapshot(`
      [
        "load: expected net.json as JSON, got a file that is none (…). Was it copied to its end?",
        "load: expected net.json as model.save(…) writes it, got JSON of another kind. A model of another library is built anew here; its weights go in by model.setWeights(…).",
        "load: expected net.json of version 1, got version 2. It was saved by a newer nnbook: update nnbook.",
        "load: expected model.layers[0].trainable in net.json as true or false, got 1. Save the model again, or take a whole copy of the file.",
        "load: expected model.order[0] in net.json as a place below 2, got 7. Save the model again, or take a whole copy of the file.",
        "load: net.json holds what cannot be made: Unknown part of a model "layers.evil". Did you mean "layers.dense"?",
        "load: expected the kernel of dense_1 (by net.json) of shape [2, 4], got [2, 1] in net.safetensors. Was the layer changed, in the file or in customObjects?",
        "load: expected "first.karnel" in net.safetensors, got none among 12 tensors.",
        "load: expected net.safetensors as it was saved with net.json (1132 bytes,), got 1132 bytes,. One of them was changed, or belongs to another save: take both from one.",
        "load: net.json holds what cannot be made: Unknown part of a model "optimizers.constructor". Did you mean "optimizers.rmsprop"?",
      ]
    `);
  });

  it("of random damage is loaded or refused in words, never otherwise", () => {
    const { json, weights } = trained().serialize();
    const lines = json.split("\n");
    for (let at = 0; at < lines.length; at++) {
      const without = lines.filter((_, index) => index !== at).join("\n");
      try {
        load({ json: without, weights });
      } catch (error) {
        expect(["ValueError", "ShapeError", "UnknownNameError"]).toContain((error as Error).name);
      }
    }
  });
});
