// What `toPyTorch` and the like give: the contents of files, and a way to write them.

import { checkOptions, describeValue, ValueError } from "../errors.ts";
import { engineHost } from "../host.ts";
import { filePath, writeFiles } from "../saving/modelFiles.ts";
import { utf8Bytes } from "../saving/utf8.ts";
import type { TrainingData } from "../training/data/trainingData.ts";
import type { PortableModel } from "../training/model/portableModel.ts";
import { dataFile } from "./dataFile.ts";
import { describeModel } from "./describeModel.ts";
import type { Exporters, Refused, WrittenScript } from "./exporter.ts";

/** How a model is written down for PyTorch. */
export interface TorchOptions {
  /** Whether the script trains in as many processes and on as many machines as `torchrun` starts; `false` by default. */
  readonly torchrun?: boolean;
}

/** A model as a program of another library, with the weights it reads. */
export class ExportedScript {
  /** The program, in Python. */
  readonly script: string;
  /** The weights in that library's own layout, as a safetensors file. */
  readonly weights: Uint8Array;
  /** What is not as in nnbook, in sentences; they stand in the script too. */
  readonly notes: readonly string[];
  readonly #op: string;
  readonly #model: PortableModel;

  /** @internal */
  constructor(op: string, model: PortableModel, { script, weights, notes }: WrittenScript) {
    this.#op = op;
    this.#model = model;
    this.script = script;
    this.weights = weights;
    this.notes = notes;
  }

  /**
   * Writes `PATH.py`, and `PATH.weights.safetensors` beside it; with data also `PATH.data.safetensors`, which the script trains on from.
   * What stood there is replaced once all is written.
   *
   * @param path Where, from the notebook's folder: `"models/digits"`.
   * @param data Examples with their targets, as `fit` takes them; of a split data set the training part.
   * @throws ValueError where it cannot be written, for data of a model that is not compiled, and for weights of examples, which the
   * script does not know; ShapeError when data and model do not fit.
   * @example model.toPyTorch().save("torch/digits", data); // python torch/digits.py torch/digits.data.safetensors --epochs 10
   */
  save(path: string, data?: TrainingData): void {
    const stem = filePath(this.#op, path, ".py");
    const examples = data === undefined ? null : dataFile(this.#op, this.#model, data);
    writeFiles(this.#op, [
      ...(examples === null ? [] : [{ path: `${stem}.data.safetensors`, bytes: examples }]),
      { path: `${stem}.weights.safetensors`, bytes: this.weights },
      { path: `${stem}.py`, bytes: utf8Bytes(this.script) },
    ]);
  }

  /** What there is, and how to write it. */
  toString(): string {
    const lines = this.script.split("\n").length - 1;
    const notes = this.notes.map((note) => `\n${note}`).join("");
    return `A script of ${lines} lines and ${this.weights.length} bytes of weights; .save(path) writes both.${notes}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** @throws ValueError naming the layer, loss or optimizer that PyTorch has no counterpart of. */
export function exportToTorch(model: PortableModel, options: TorchOptions): ExportedScript {
  const op = "toPyTorch";
  if (typeof options === "string")
    throw new ValueError({
      op,
      expected: "options as an object, such as { torchrun: true }, or none",
      got: describeValue(options),
      hint: "save takes the path: model.toPyTorch().save(path).",
    });
  checkOptions(op, options, ["torchrun"]);
  const { torchrun = false } = options;
  return new ExportedScript(op, model, written(op, exportersOf(op).pytorch(describeModel(op, model), { torchrun })));
}

/** @throws ValueError naming the layer, loss or optimizer that Keras has no counterpart of. */
export function exportToKeras(model: PortableModel, given: readonly unknown[]): ExportedScript {
  const op = "toKeras";
  checkNothingGiven(op, given);
  return new ExportedScript(op, model, written(op, exportersOf(op).keras(describeModel(op, model))));
}

/** A model as an ONNX file. */
export class ExportedOnnx {
  /** The file. */
  readonly bytes: Uint8Array;

  /** @internal */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /**
   * Writes `PATH.onnx`.
   *
   * @param path Where, from the notebook's folder: `"models/digits"`.
   * @throws ValueError where it cannot be written.
   */
  save(path: string): void {
    writeFiles("toOnnx", [{ path: `${filePath("toOnnx", path, ".onnx")}.onnx`, bytes: this.bytes }]);
  }

  /** What there is, and how to write it. */
  toString(): string {
    return `An ONNX file of ${this.bytes.length} bytes; .save(path) writes it.`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** @throws ValueError naming the layer that ONNX cannot say. */
export function exportToOnnx(model: PortableModel, given: readonly unknown[]): ExportedOnnx {
  const op = "toOnnx";
  checkNothingGiven(op, given);
  return new ExportedOnnx(written(op, exportersOf(op).onnx(describeModel(op, model))).bytes);
}

/** They have no options; a path given here would be lost without a word. */
function checkNothingGiven(op: string, given: readonly unknown[]): void {
  if (given.length === 0) return;
  throw new ValueError({
    op,
    expected: "nothing between the brackets",
    got: describeValue(given[0]),
    hint: `save takes the path: model.${op}().save(path).`,
  });
}

function exportersOf(op: string): Exporters {
  const { exporters } = engineHost();
  if (exporters !== null) return exporters();
  throw new ValueError({ op, expected: "what writes models down", got: "none here" });
}

function written<Written extends { readonly kind: "written" }>(op: string, answer: Written | Refused): Written {
  if (answer.kind === "written") return answer;
  const { expected, got, hint } = answer;
  throw new ValueError({ op, expected, got, hint });
}
