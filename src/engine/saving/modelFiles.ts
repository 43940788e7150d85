// Where the two files of a model stand, and reading and writing them through the host.

import { describeValue, ValueError } from "../errors.ts";
import { engineHost, type HostFiles } from "../host.ts";
import type { SerializedModel } from "./savedModel.ts";
import { utf8Bytes, utf8Text } from "./utf8.ts";

/** The files of a model, by the path it was saved under: with either of their endings, or none. */
interface ModelPaths {
  readonly json: string;
  readonly weights: string;
}

/** Writes both files, or none. @throws ValueError where there is no file system, or the place cannot be written to. */
export function writeModelFiles(path: string, { json, weights }: SerializedModel): void {
  const paths = modelPaths("save", path);
  writeFiles("save", [
    { path: paths.weights, bytes: weights },
    { path: paths.json, bytes: utf8Bytes(json) },
  ]);
}

/** Writes files, all or none. @throws ValueError */
export function writeFiles(op: string, files: Parameters<HostFiles["write"]>[0]): void {
  const host = filesOf(op, "Take model.serialize(), or what toPyTorch() and the like give, and store it yourself.");
  try {
    host.write(files);
  } catch (error) {
    throw new ValueError({
      op,
      expected: `a place that can be written to`,
      got: `${files[0] === undefined ? "none" : host.place(files[0].path)}: ${reasonOf(error)}`,
      hint: "What stood there before is as it was.",
    });
  }
}

/** @throws ValueError for files that are missing or cannot be read. */
export function readModelFiles(path: string): SerializedModel & { readonly names: ModelPaths } {
  const paths = modelPaths("load", path);
  const host = filesOf("load", "Give their contents: load({ json, weights }).");
  const read = (file: string): Uint8Array => {
    let bytes: Uint8Array | null;
    try {
      bytes = host.read(file);
    } catch (error) {
      throw new ValueError({ op: "load", expected: `${file} as a file that can be read`, got: reasonOf(error) });
    }
    if (bytes !== null) return bytes;
    throw new ValueError({
      op: "load",
      expected: `a saved model: ${paths.json} and ${paths.weights}`,
      got: `no ${host.place(file)}`,
      hint: "Both files are written by model.save(path); paths begin at the notebook's folder.",
    });
  };
  const json = utf8Text(read(paths.json));
  if (json === null)
    throw new ValueError({ op: "load", expected: `${paths.json} as JSON`, got: "a file that is no text" });
  return { json, weights: read(paths.weights), names: { json: nameIn(paths.json), weights: nameIn(paths.weights) } };
}

/** "models/digits" → models/digits.json and models/digits.safetensors. @throws ValueError for the ending of another format. */
function modelPaths(op: string, path: unknown): ModelPaths {
  if (typeof path !== "string" || path === "" || /[\\/]$/.test(path))
    throw new ValueError({
      op,
      expected: 'where the model is kept, such as "models/digits"',
      got: describeValue(path),
      hint: "Two files stand there: digits.json and digits.safetensors.",
    });
  const other = /\.(keras|h5|hdf5|pt|pth|onnx|bin|pb|tflite)$/i.exec(path)?.[0];
  if (other !== undefined)
    throw new ValueError({
      op,
      expected: "a path without ending, or with .json or .safetensors",
      got: describeValue(path),
      hint:
        otherFormats[other.toLowerCase()] ??
        "For other programs there are model.toKeras(), model.toPyTorch() and model.toOnnx().",
    });
  const stem = path.replace(/\.(json|safetensors)$/i, "");
  return { json: `${stem}.json`, weights: `${stem}.safetensors` };
}

/** A path without this ending. @throws ValueError */
export function filePath(op: string, path: unknown, ending: string): string {
  if (typeof path === "string" && path !== "" && !/[\\/]$/.test(path))
    return path.toLowerCase().endsWith(ending) ? path.slice(0, -ending.length) : path;
  throw new ValueError({
    op,
    expected: `where to write the file, such as "models/digits${ending}"`,
    got: describeValue(path),
  });
}

const otherFormats: Readonly<Record<string, string>> = {
  ".keras": "For Keras there is model.toKeras().",
  ".h5": "For Keras there is model.toKeras().",
  ".pt": "For PyTorch there is model.toPyTorch().",
  ".pth": "For PyTorch there is model.toPyTorch().",
  ".onnx": "For ONNX there is model.toOnnx().",
};

function filesOf(op: string, hint: string): HostFiles {
  const { files } = engineHost();
  if (files !== null) return files;
  throw new ValueError({ op, expected: "a file system", got: "none here", hint });
}

function nameIn(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
