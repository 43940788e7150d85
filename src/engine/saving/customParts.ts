// What a user wrote, in a file: a name there, and given again by that name when the model is loaded.

import { describeValue, ValueError } from "../errors.ts";
import { Custom } from "../layers/custom/custom.ts";
import { Layer } from "../layers/layer.ts";
import { losses } from "../losses/losses.ts";
import { metrics } from "../metrics/catalogue.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { isRecord } from "../plainObjects.ts";
import type { NameCustom, Recipe } from "../recipes.ts";
import { makingCall, memberName } from "../remake.ts";

/** What a named part is. */
type PartKind = "layer" | "loss" | "metric" | "optimizer" | "function" | "object";

/**
 * What a model was made with that is no part of nnbook, by its name: for a layer or an optimizer a function that makes one, for a
 * loss or a metric the function, all else as it was given.
 */
export type CustomObjects = Readonly<Record<string, unknown>>;

interface NamedPart {
  readonly kind: PartKind;
  readonly name: string;
}

const articles: Readonly<Record<PartKind, string>> = {
  layer: "a layer",
  loss: "a loss",
  metric: "a metric",
  optimizer: "an optimizer",
  function: "a function",
  object: "an object",
};

/**
 * Writes what a user wrote as its name. Two functions of one name would come back as one: the second is refused.
 * Layers of one kind are made anew each, so any number of them may share its name.
 */
export function customNames(): NameCustom {
  const known = new Map<string, unknown>();
  return (value, option) => {
    const part = namedPart(value, option);
    if (part === null) return null;
    const { kind, name } = part;
    const key = kind === "function" || kind === "object" ? "value" : kind;
    const before = known.get(`${key} ${name}`);
    const identity = writtenPart(value);
    if (kind !== "layer" && before !== undefined && before !== identity) return "taken";
    known.set(`${key} ${name}`, identity);
    return { $: "custom", kind, name };
  };
}

/** What the user wrote of it: two losses made of one function are one. */
function writtenPart(value: object): unknown {
  return makingCall(value)?.values[0] ?? value;
}

/** `null` for what a catalogue made, for plain data, and for what has no name: then the option it was given as is its name. */
function namedPart(value: object, option: string): NamedPart | null {
  const call = makingCall(value)?.name ?? null;
  if (value instanceof Layer) {
    if (value instanceof Custom) return { kind: "layer", name: value.type };
    return call === null ? named("layer", value.constructor.name) : null;
  }
  if (call === "losses.custom") return named("loss", nameOf(value));
  if (call === "metrics.custom") return named("metric", nameOf(value));
  if (call !== null || memberName(value) !== null) return null;
  if (value instanceof Optimizer) return named("optimizer", value.name);
  if (typeof value === "function") return named("function", value.name || option);
  if (!isRecord(value)) return null;
  return Object.values(value).some((each) => typeof each === "function")
    ? named("object", nameOf(value) || option)
    : null;
}

function named(kind: PartKind, name: string): NamedPart | null {
  return name === "" ? null : { kind, name };
}

function nameOf(value: object): string {
  return "name" in value && typeof value.name === "string" ? value.name : "";
}

/** Gives what the names of a file stand for. @throws ValueError when any of them is not given, naming all that are missing. */
export function customParts(
  op: string,
  file: unknown,
  given: CustomObjects,
): (reference: Readonly<Record<string, Recipe>>) => object | null {
  const missing = partsIn(file).filter(({ name }) => !(Object.hasOwn(given, name) && given[name] != null));
  if (missing.length > 0) {
    const listed = [...new Set(missing.map(({ kind, name }) => `${name} (${articles[kind]})`))];
    const entries = [
      ...new Set(missing.map(({ kind, name }) => (kind === "layer" ? `${name}: () => layers.custom(…)` : name))),
    ];
    throw new ValueError({
      op,
      expected: `customObjects with what the model was made with: ${listed.join(", ")}`,
      got: Object.keys(given).length === 0 ? "none" : `{ ${Object.keys(given).join(", ")} }`,
      hint: `Give it again: load(…, { customObjects: { ${entries.join(", ")} } }).`,
    });
  }
  return (reference) => {
    const part = partOf(reference);
    return part === null ? null : partFrom(op, part, given[part.name]);
  };
}

function partFrom(op: string, { kind, name }: NamedPart, value: unknown): object {
  const made = (kind === "layer" || kind === "optimizer") && typeof value === "function" ? value() : value;
  const isThing = (typeof made === "object" && made !== null) || typeof made === "function";
  const isRight =
    kind === "layer"
      ? made instanceof Layer
      : kind === "optimizer"
        ? made instanceof Optimizer
        : kind === "function"
          ? typeof made === "function"
          : isThing;
  if (!isThing || !isRight)
    throw new ValueError({
      op,
      expected: `customObjects.${name} as ${articles[kind]}${kind === "layer" || kind === "optimizer" ? ", or a function that makes one" : ""}`,
      got: describeValue(made),
    });
  if (kind === "loss" && typeof made === "function")
    return losses.custom(made as Parameters<typeof losses.custom>[0], { name });
  // A metric that a catalogue made may be a function too, with a metric's properties.
  if (kind === "metric" && typeof made === "function" && !("kind" in made))
    return metrics.custom(made as Parameters<typeof metrics.custom>[0], { name });
  return made;
}

/** All names in what came from a file, wherever they stand. */
function partsIn(value: unknown): readonly NamedPart[] {
  if (typeof value !== "object" || value === null) return [];
  const part = partOf(value);
  return part === null ? Object.values(value).flatMap(partsIn) : [part];
}

function partOf(value: object): NamedPart | null {
  const { $: tag, kind, name } = value as Readonly<Partial<Record<string, unknown>>>;
  if (tag !== "custom" || typeof name !== "string" || typeof kind !== "string" || !Object.hasOwn(articles, kind))
    return null;
  return { kind: kind as PartKind, name };
}
