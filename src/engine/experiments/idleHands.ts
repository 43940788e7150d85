// Workers of a race that have nothing left to do: each helps one that still trains, as a thread of its computations.

import type { Hand } from "./hands.ts";

export class IdleHands {
  /** Whom each of them helps, in the order in which they came. */
  readonly #helped = new Map<Hand, Hand>();

  /** Whether it helps: it hears nothing before that ends. */
  helps(hand: Hand): boolean {
    return this.#helped.has(hand);
  }

  /** Who helps it, in the order in which its computations know them. */
  helpersOf(hand: Hand): readonly Hand[] {
    return [...this.#helped].flatMap(([helper, helped]) => (helped === hand ? [helper] : []));
  }

  /** Those that do nothing help where the fewest do. */
  lend(idle: readonly Hand[], working: readonly Hand[]): void {
    for (const hand of idle) {
      if (this.helps(hand)) continue;
      const [first, ...others] = working;
      if (first === undefined) return;
      const fewest = others.reduce((least, each) => (this.#countOf(each) < this.#countOf(least) ? each : least), first);
      this.#helped.set(hand, fewest);
      this.#offer(fewest);
    }
  }

  /** It has something to do itself. Gives whom it helped. */
  takeBack(hand: Hand): Hand | null {
    const helped = this.#helped.get(hand) ?? null;
    this.#helped.delete(hand);
    if (helped !== null) this.#offer(helped);
    return helped;
  }

  /** It needs no help any more. Gives who helped it. */
  free(hand: Hand): readonly Hand[] {
    const helpers = this.helpersOf(hand);
    for (const helper of helpers) this.#helped.delete(helper);
    this.#offer(hand);
    return helpers;
  }

  #countOf(hand: Hand): number {
    return this.helpersOf(hand).length;
  }

  #offer(hand: Hand): void {
    if (hand.offered !== null) Atomics.store(hand.offered, 0, this.#countOf(hand));
  }
}
