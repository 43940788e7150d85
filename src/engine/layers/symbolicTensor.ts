// A place in a graph where numbers will be: the output of an input or of a layer, known by its shape alone.

import { readArguments, refuseBehindOptions } from "../argumentCounts.ts";
import { checkOptions, describeValue, ValueError } from "../errors.ts";
import { checkExampleShape, formatShape, type Shape } from "../shape.ts";
import type { Layer } from "./layer.ts";

/** How an input of a graph is made. */
export interface InputOptions {
  /** The shape of one example, without the batch axis: `4` or `[8, 8, 1]`. */
  readonly shape: number | Shape;
  /** How `fit` and `predict` call it: `model.fit({ x: { image: … }, y })`. Default: input_1, input_2 … */
  readonly name?: string;
}

let made = 0;

/**
 * What a layer gives in a graph, before there are numbers: made by `input(…)` and `layer.apply(…)`, read by `model(…)`.
 * It never changes, and it is made from those before it: so a graph has no cycles.
 */
export class SymbolicTensor {
  /** The shape of one example; `null` in a sequential model whose input is not known yet. */
  readonly shape: Shape | null;
  /** The layer that makes it; `null` for an input. */
  readonly layer: Layer | null;
  /** What the layer makes it from; empty for an input. */
  readonly inputs: readonly SymbolicTensor[];
  /** The name the user gave an input; `null` without one, and for what layers make. */
  readonly name: string | null;
  /** @internal Its place in the order in which all were made: inputs always come before what is made from them. */
  readonly order: number;

  /** @internal Use `input(…)` or `layer.apply(…)`. */
  constructor(parts: {
    readonly shape: Shape | null;
    readonly layer: Layer | null;
    readonly inputs: readonly SymbolicTensor[];
    readonly name?: string;
  }) {
    this.shape = parts.shape;
    this.layer = parts.layer;
    this.inputs = parts.inputs;
    this.name = parts.name ?? null;
    this.order = made++;
  }

  toString(): string {
    const maker = this.layer === null ? (this.name ?? "input") : this.layer.name || this.layer.type;
    return `SymbolicTensor ${this.shape === null ? "of unknown shape" : formatShape(this.shape, true)} from ${maker}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * An input of a graph: where `model({ inputs, outputs })` takes its data in.
 *
 * @param shape The shape of one example, without the batch axis: `input(4)`, `input([8, 8, 1])`, or `{ shape, name }`.
 * @param more `{ name }` may stand beside the shape: `input(4, { name: "measures" })`.
 * @throws ShapeError for what cannot be a shape.
 * @example
 * const x = input({ shape: 4, name: "measures" });
 * const hidden = layers.dense(8, { activation: "relu" }).apply(x);
 */
export function input(shape: number | Shape | InputOptions, more?: Omit<InputOptions, "shape">): SymbolicTensor;
export function input(...given: [number | Shape | InputOptions, Omit<InputOptions, "shape">?]): SymbolicTensor {
  const [shape, more = {}] = readArguments("input", 2, given, "Give the sizes in a list: input([8, 8, 1]).");
  refuseBehindOptions("input", [shape, given[1]]);
  checkOptions("input", more, ["name"]);
  const options =
    typeof shape === "object" && shape !== null && "shape" in shape ? { ...more, ...shape } : { ...more, shape };
  checkOptions("input", options, ["shape", "name"]);
  const sizes = typeof options.shape === "number" ? [options.shape] : options.shape;
  checkExampleShape(sizes, "input");
  return new SymbolicTensor({
    shape: sizes,
    layer: null,
    inputs: [],
    ...(options.name === undefined ? {} : { name: options.name }),
  });
}

/** The symbolic tensors a layer is applied to, as a list. @throws ValueError for anything else. */
export function readSymbols(op: string, inputs: unknown): readonly SymbolicTensor[] {
  const list: readonly unknown[] = Array.isArray(inputs) ? inputs : [inputs];
  const wrongAt = list.findIndex((each) => !(each instanceof SymbolicTensor));
  const wrong = list[wrongAt];
  if (list.length > 0 && wrongAt < 0) return list as readonly SymbolicTensor[];
  const isLayer = typeof wrong === "object" && wrong !== null && "apply" in wrong;
  throw new ValueError({
    op,
    expected: "what input(…) or a layer's apply gave",
    got: list.length === 0 ? "an empty list" : describeValue(wrong),
    hint: isLayer ? "Apply that layer first: layer.apply(x)." : "Start with const x = input(4); then layer.apply(x).",
  });
}
