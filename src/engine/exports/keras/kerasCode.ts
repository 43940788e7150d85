// The parts that Keras code of a layer is made of, and how values are written in Python.

import type { StoredTensor } from "../../saving/safetensors.ts";
import type { LayerDescription, PenaltyDescription, Setting, Settings } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";

/** Keyword arguments in Python. */
export type Keywords = Readonly<Record<string, string>>;

/** A layer as Keras code: one Keras layer, or several one after another. */
export interface KerasLayer {
  readonly steps: readonly KerasStep[];
}

/** One Keras layer. */
export interface KerasStep {
  /** Its name in the model: that of nnbook's layer, with an ending for what stands before or after it. */
  readonly name: string;
  /** "layers.Dense(64)" without name and rules. */
  readonly make: string;
  readonly keywords: Keywords;
  /** What it takes of the inputs: `x`, `[a, b]`, `query, value=…`. */
  readonly call: (inputs: readonly string[]) => string;
  /** The functions that must be defined before. */
  readonly definitions: readonly string[];
  /** Its weights in Keras' order and layout. */
  readonly weights: readonly StoredTensor[];
}

/** What a layer takes that takes one tensor. */
export const ofOne = ([x = ""]: readonly string[]): string => x;
/** What a layer takes that takes a list. */
export const ofList = (inputs: readonly string[]): string => `[${inputs.join(", ")}]`;

/** A number, a text, a flag, a list in Python. */
export function python(value: Setting): string {
  if (value === undefined || value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return String(value);
  return `(${value.map(python).join(", ")}${value.length === 1 ? "," : ""})`;
}

/** The settings of a layer under Keras' names. */
export function keywords(settings: Settings, names: Readonly<Record<string, string>>): Keywords {
  return Object.fromEntries(
    Object.entries(names).flatMap(([own, name]) => (own in settings ? [[name, python(settings[own])]] : [])),
  );
}

/** Penalties and limits of weights as Keras' keyword arguments; `names`: "kernel" for the weight whose rules they are. */
export function rules(layer: LayerDescription, names: Readonly<Record<string, string>>): Keywords {
  const given: Record<string, string> = {};
  for (const { name, penalty, constraint } of layer.weights) {
    if (penalty === null && constraint === null) continue;
    const keras = names[name];
    if (keras === undefined)
      throw new NoCounterpart(
        `a ${layer.type} layer without rules for its ${name}, as Keras has it`,
        `${penalty === null ? "a constraint" : "a regularizer"} on the ${name} of ${layer.name}`,
        "Leave it out before exporting.",
      );
    if (penalty !== null) given[`${keras}_regularizer`] = regularizer(penalty);
    if (constraint !== null) given[`${keras}_constraint`] = constraintOf(constraint.name, constraint.settings);
  }
  return given;
}

export function regularizer({ l1, l2 }: PenaltyDescription): string {
  return `keras.regularizers.L1L2(l1=${l1}, l2=${l2})`;
}

function constraintOf(name: string, settings: Settings): string {
  const given = (keys: Readonly<Record<string, Setting>>) =>
    Object.entries(keys)
      .map(([key, value]) => `${key}=${python(value)}`)
      .join(", ");
  // A list of axes is a list there too.
  const axis = Array.isArray(settings.axis) ? settings.axis : (settings.axis ?? 0);
  if (name === "nonNeg") return "keras.constraints.NonNeg()";
  if (name === "unitNorm") return `keras.constraints.UnitNorm(${given({ axis })})`;
  if (name === "maxNorm") return `keras.constraints.MaxNorm(${given({ max_value: settings.maxValue ?? 2, axis })})`;
  return `keras.constraints.MinMaxNorm(${given({
    min_value: settings.minValue ?? 0,
    max_value: settings.maxValue ?? 1,
    rate: settings.rate ?? 1,
    axis,
  })})`;
}
