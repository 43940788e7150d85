// A model's summary as a value: displayed as a table by a kernel, readable as text anywhere.

import type { Model } from "./model.ts";

/** The answer of `model.summary()`. */
export class ModelSummary {
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** How a kernel knows what to show. */
  get [Symbol.for("nnbook.display")](): { readonly kind: "summary"; readonly model: Model } {
    return { kind: "summary", model: this.#model };
  }

  toString(): string {
    return this.#model.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
