// Loads a model that was saved: the same layers and weights, compiled alike, its training as far as it was.

import { readArguments } from "../argumentCounts.ts";
import { checkOptions, describeValue, ShapeError, UnknownNameError, ValueError } from "../errors.ts";
import { Bytes, type Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import { formatShape, isSameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Model } from "../training/model/model.ts";
import { unpackModel } from "../training/model/unpackModel.ts";
import { crc32 } from "./checksum.ts";
import { type CustomObjects, customParts } from "./customParts.ts";
import { readModelFiles } from "./modelFiles.ts";
import { readSavedModel } from "./readSaved.ts";
import { readSafetensors, type StoredTensor } from "./safetensors.ts";
import type { SavedModel, SavedTraining, SerializedModel } from "./savedModel.ts";

/** How a model is loaded. */
export interface LoadOptions {
  /**
   * What the model was made with that is no part of nnbook, by name: a function that makes it for a layer or an optimizer, the function itself
   * for a loss, a metric, a schedule. `{ scale: () => layers.custom({ name: "scale", … }), quartic }`
   */
  readonly customObjects?: CustomObjects;
  /** Whether it comes compiled, with what its optimizer remembers; `true` by default. Without it, a loss of your own need not be given. */
  readonly compile?: boolean;
}

const op = "load";

/**
 * A model that `model.save` kept: the same layers and weights, so that it predicts the same, and compiled alike, so that training goes on
 * to the bit as it would have.
 *
 * @param from The path it was saved under, from the notebook's folder; or what `model.serialize()` gave.
 * @throws ValueError for files that are missing, cut off, of a newer version, or do not belong together; and for parts that only
 *   `customObjects` can give, with their names.
 * @example const model = load("models/digits"); model.predict(data.test)
 * @example const net = load<{ kind: Tensor; size: Tensor }>("models/two"); // outputs by name
 */
export function load<Prediction = Tensor>(from: string | SerializedModel, options?: LoadOptions): Model<Prediction>;
export function load<Prediction = Tensor>(...given: [string | SerializedModel, LoadOptions?]): Model<Prediction> {
  const [from, options = {}] = readArguments(op, 2, given);
  checkOptions(op, options, ["customObjects", "compile"]);
  const { customObjects = {}, compile = true } = options;
  if (typeof customObjects !== "object" || customObjects === null)
    throw new ValueError({ op, expected: "customObjects as an object by name", got: describeValue(customObjects) });
  const { json, weights: bytes, names } = filesFrom(from);
  const saved = readSavedModel(op, names.json, json);
  const tensors = readTensors(saved, bytes, names);
  const recipe = compile ? saved.model : { ...saved.model, compiled: null };
  const custom = customParts(op, recipe, customObjects);
  const kept = saved.weights.tensors.map((name) => tensorNamed(name, tensors, names.weights));
  const model = making(names.json, () =>
    unpackModel(
      { recipe, weights: kept.map(({ numbers }) => numbers) },
      { custom, checkWeights: (layer, first) => checkShapes(layer, kept.slice(first), names) },
    ),
  );
  const built = saved.model.layers.reduce((sum, { builtFor }) => sum + (builtFor === null ? 0 : 1), 0);
  if (compile && saved.training !== null)
    restoreTraining(model, saved.training, (name) => tensorNamed(name, tensors, names.weights).numbers);
  if (built > 0 && model.weights.length > kept.length)
    throw new ValueError({ op, expected: `${model.weights.length} weights in ${names.json}`, got: `${kept.length}` });
  // What it predicts is arranged as the model that was saved did: the file says how.
  return model as Model<Prediction>;
}

function filesFrom(from: unknown) {
  if (typeof from === "string") return readModelFiles(from);
  const { json, weights } = (typeof from === "object" && from !== null ? from : {}) as Readonly<
    Partial<Record<string, unknown>>
  >;
  if (typeof json === "string" && weights instanceof Bytes)
    return { json, weights, names: { json: "json", weights: "weights" } };
  throw new ValueError({
    op,
    expected: 'a path such as "models/digits", or { json, weights } as model.serialize() gives them',
    got: describeValue(from),
  });
}

/** Both files must be those that were written together. */
function readTensors(
  { weights: { bytes: length, crc32: sum } }: SavedModel,
  bytes: Uint8Array,
  names: { readonly json: string; readonly weights: string },
): ReadonlyMap<string, StoredTensor> {
  const tensors = readSafetensors(op, names.weights, bytes);
  if (bytes.length === length && crc32(bytes) === sum) return tensors;
  throw new ValueError({
    op,
    expected: `${names.weights} as it was saved with ${names.json} (${length} bytes, CRC-32 ${sum})`,
    got: `${bytes.length} bytes, CRC-32 ${crc32(bytes)}`,
    hint: "One of them was changed, or belongs to another save: take both from one.",
  });
}

function tensorNamed(name: string, tensors: ReadonlyMap<string, StoredTensor>, file: string): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor !== undefined) return tensor;
  throw new ValueError({ op, expected: `"${name}" in ${file}`, got: `none among ${tensors.size} tensors` });
}

function checkShapes(
  layer: Layer,
  kept: readonly StoredTensor[],
  names: { readonly json: string; readonly weights: string },
): void {
  layer.weights.forEach((weight, index) => {
    const got = kept[index]?.shape;
    if (got !== undefined && isSameShape(got, weight.shape)) return;
    throw new ShapeError({
      op,
      what: `the ${weight.name} of ${layer.name || layer.type} (by ${names.json}) of shape`,
      expected: formatShape(weight.shape),
      got: got === undefined ? "none" : `${formatShape(got)} in ${names.weights}`,
      hint: "Was the layer changed, in the file or in customObjects?",
    });
  });
}

/** What a layer or an optimizer refuses of its settings is said to stand in the file. */
function making(file: string, make: () => Model<unknown>): Model<unknown> {
  try {
    return make();
  } catch (error) {
    if (error instanceof ValueError || error instanceof ShapeError || error instanceof UnknownNameError) {
      if (error instanceof UnknownNameError || error.op !== op)
        error.message = `load: ${file} holds what cannot be made: ${error.message}`;
      throw error;
    }
    throw new ValueError({
      op,
      expected: `${file} with parts as nnbook writes them`,
      got: error instanceof Error ? error.message : String(error),
    });
  }
}

function restoreTraining(model: Model<unknown>, training: SavedTraining, numbersOf: (name: string) => Floats): void {
  const { memory, batches, passes, ...state } = training;
  const slots = memory.map((own) => new Map(Object.entries(own).map(([slot, name]) => [slot, numbersOf(name)])));
  model.weights.forEach((weight, index) => {
    for (const [slot, numbers] of slots[index] ?? [])
      if (numbers.length !== weight.size)
        throw new ShapeError({
          op,
          what: `the optimizer's ${slot} for ${weight.name}`,
          expected: `of ${weight.size} numbers`,
          got: `${numbers.length}`,
        });
  });
  model.compiled?.optimizer.restoreState({ ...state, slots }, model.weights);
  model.trainedBatches = batches;
  model.layers.forEach((layer, index) => {
    layer.passCount = passes[index] ?? 0;
  });
}
