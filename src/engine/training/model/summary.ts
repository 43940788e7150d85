// A model's summary as a value: displayed as a table by a kernel, readable as text anywhere.

import type { Model } from "./model.ts";

/** The answer of `model.summary()`. */
export class ModelSummary {
  readonly #model: Model<unknown>;

  constructor(model: Model<unknown>) {
    this.#model = model;
  }

  /** How a kernel knows what to show. */
  get [Symbol.for("nnbook.display")](): { readonly kind: "summary"; readonly model: Model<unknown> } {
    return { kind: "summary", model: this.#model };
  }

  toString(): string {
    return this.#model.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** One line on a model: its name, its layers with what they take where they do not stand in a row, its weights. */
export function modelText(model: Model<unknown>): string {
  const { shapes, layers } = model;
  const isKnown = shapes.every(({ outputShape }) => outputShape !== null);
  const weights = shapes.reduce((count, { parameterCount }) => count + parameterCount, 0);
  const trained = shapes.reduce((count, { trainableCount }) => count + trainableCount, 0);
  const counted = trained === weights ? `${weights} weights` : `${weights} weights, ${trained} of them trained`;
  const connected = model.isChain
    ? layers.map(({ name }) => name).join(" → ")
    : shapes.map(({ layer, takes }) => `${layer.name}(${takes.join(", ")})`).join(", ");
  return `Model "${model.name}": ${connected}, ${isKnown ? counted : "input shape not known yet"}`;
}
