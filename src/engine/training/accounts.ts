// What passes of training change beside gradients: moving means, and how many passes layers with a seed of their own saw. Given back where a step fails.

import { Floats } from "../intrinsics.ts";
import type { Layer } from "../layers/layer.ts";

/** The accounts of a model's layers, kept before each step. */
export class Accounts {
  readonly #layers: readonly Layer[];
  #weights: readonly { readonly of: Layer["weights"][number]; readonly before: Floats }[] = [];
  #passCounts: number[] = [];
  #isEmpty = true;
  #isKnown = false;

  constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  keep(): void {
    if (!this.#isKnown) this.#begin();
    if (this.#isEmpty) return;
    for (const { of, before } of this.#weights) before.set(of.numbers);
    for (let index = 0; index < this.#layers.length; index++)
      this.#passCounts[index] = this.#layers[index]?.passCount ?? 0;
  }

  giveBack(): void {
    if (this.#isEmpty) return;
    for (const { of, before } of this.#weights) of.numbers.set(before);
    this.#layers.forEach((layer, index) => {
      layer.passCount = this.#passCounts[index] ?? 0;
    });
  }

  /** Other weights are there: those of layers that were built anew. */
  forget(): void {
    this.#isKnown = false;
  }

  #begin(): void {
    this.#weights = this.#layers
      .flatMap(({ weights }) => weights.filter(({ isTrainable }) => !isTrainable))
      .map((of) => ({ of, before: new Floats(of.size) }));
    this.#passCounts = this.#layers.map(() => 0);
    this.#isEmpty = this.#weights.length === 0 && this.#layers.every(({ countsPasses }) => !countsPasses);
    this.#isKnown = true;
  }
}
