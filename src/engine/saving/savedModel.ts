// The files of a saved model: what is in them, and how a model is written as them.

import { ValueError } from "../errors.ts";
import type { Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";
import type { Parameter } from "../tensor.ts";
import { type ModelRecipe, packModel } from "../training/model/modelRecipe.ts";
import type { PortableModel } from "../training/model/portableModel.ts";
import { crc32 } from "./checksum.ts";
import { customNames } from "./customParts.ts";
import { type StoredTensor, writeSafetensors } from "./safetensors.ts";

/** A model as the contents of two files, for where there is no file system: `load` takes them as they are. */
export interface SerializedModel {
  /** `NAME.json`: the layers and how they are connected, how the model is compiled, and how far its training is. */
  readonly json: string;
  /** `NAME.safetensors`: the weights, and what the optimizer remembers of them, as float32. */
  readonly weights: Uint8Array;
}

/** What the JSON file of a model begins with. */
export const savedFormat = "nnbook-model";
/** Another one when older versions of nnbook could not read what newer ones write. */
export const savedVersion = 1;

/** The JSON file of a model. */
export interface SavedModel {
  readonly format: typeof savedFormat;
  readonly version: number;
  /** The other file, as it must be. */
  readonly weights: {
    readonly bytes: number;
    readonly crc32: string;
    /** The names of its tensors that are weights, in the order of `model.layers` and of their weights. */
    readonly tensors: readonly string[];
  };
  readonly model: ModelRecipe;
  /** How far training is; `null` for a model that is not compiled. */
  readonly training: SavedTraining | null;
}

/** How far the training of a model is. */
export interface SavedTraining {
  /** Updates the optimizer has made. */
  readonly steps: number;
  readonly learningRate: number;
  /** What a plateau schedule has seen. */
  readonly watched: readonly number[];
  /** What the optimizer's rule keeps beside its memory of each weight. */
  readonly own: Readonly<Record<string, number>>;
  /** For each weight of the model, in its order: the tensors of what the optimizer remembers of it, by name. */
  readonly memory: readonly Readonly<Record<string, string>>[];
  /** Batches that `trainOnBatch` has trained on: the next one's randomness follows from it. */
  readonly batches: number;
  /** For each layer of the model, in its order, how many passes of training it counted. */
  readonly passes: readonly number[];
}

/** @throws ValueError for parts that have no name under which they could be found again. */
export function serializeModel(op: string, model: PortableModel): SerializedModel {
  const packing = packModel(model, customNames());
  if (packing.kind === "unportable")
    throw new ValueError({
      op,
      expected: "parts that a file can name",
      got: packing.obstacles.join("; "),
      hint: "Give each function a name of its own: const quartic = (p, t) => p.sub(t).pow(4).mean().",
    });
  const { recipe, weights } = packing.packed;
  const names = weightNames(packing.layers);
  const parameters = packing.layers.flatMap(({ weights: own }) => own);
  const tensors = new Map<string, StoredTensor>();
  const kept = new Map(parameters.map((parameter, index) => [parameter, weights[index] as Floats]));
  // Those that the model lists come first, in its order.
  for (const parameter of new Set([...model.weights, ...parameters]))
    tensors.set(names.get(parameter) ?? "", {
      shape: parameter.shape,
      numbers: kept.get(parameter) ?? parameter.numbers,
    });
  const tensorNames = parameters.map((parameter) => names.get(parameter) ?? "");
  const training = model.compiled === null ? null : writeTraining(model, names, tensors);
  const bytes = writeSafetensors(tensors, { format: savedFormat });
  const saved: SavedModel = {
    format: savedFormat,
    version: savedVersion,
    weights: { bytes: bytes.length, crc32: crc32(bytes), tensors: tensorNames },
    model: recipe,
    training,
  };
  return { json: `${JSON.stringify(saved, null, 2)}\n`, weights: bytes };
}

/** "dense_1.kernel" for each weight; layers inside others, which no model named, are numbered. */
function weightNames(layers: readonly Layer[]): ReadonlyMap<Parameter, string> {
  const names = new Map<Parameter, string>();
  const taken = new Set<string>();
  layers.forEach(({ name, type, weights }, index) => {
    const plain = name || type;
    const own = taken.has(plain) ? `${plain}#${index}` : plain;
    taken.add(own);
    for (const weight of weights) names.set(weight, `${own}.${weight.name}`);
  });
  return names;
}

/** Adds the optimizer's memory to the tensors. */
function writeTraining(
  { compiled, weights, graph, trainedBatches }: PortableModel,
  names: ReadonlyMap<Parameter, string>,
  tensors: Map<string, StoredTensor>,
): SavedTraining | null {
  if (compiled === null) return null;
  const { slots, ...state } = compiled.optimizer.takeState(weights);
  const memory = weights.map((weight, index) => {
    const own: Record<string, string> = {};
    for (const [slot, numbers] of slots[index] ?? []) {
      const name = `optimizer/${names.get(weight)}/${slot}`;
      tensors.set(name, { shape: weight.shape, numbers });
      own[slot] = name;
    }
    return own;
  });
  return { ...state, memory, batches: trainedBatches, passes: graph.layers.map(({ passCount }) => passCount) };
}
