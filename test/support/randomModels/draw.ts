// Seeded choices, of which random models are made.

import { Random } from "../../../src/engine/index.ts";

/** Draws from what it is offered; the same seed draws the same. */
export class Draw {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  pick<Choice>(...choices: readonly Choice[]): Choice {
    const chosen = choices[this.#random.integer(choices.length)];
    if (chosen === undefined) throw new RangeError("There is nothing to choose from.");
    return chosen;
  }

  chance(probability: number): boolean {
    return this.#random.chance(probability);
  }

  integer(bound: number): number {
    return this.#random.integer(bound);
  }

  uniform(min: number, max: number): number {
    return this.#random.uniform(min, max);
  }

  /** Each option of a few by itself: some of them are set, the others left at their defaults. */
  some<Options extends object>(options: Options): Partial<Options> {
    const set = Object.entries(options).filter(() => this.chance(0.4));
    return Object.fromEntries(set) as Partial<Options>;
  }
}
