// What is found out about data that stays as it is, remembered: the trainings of a race, and one `fit` after the other, look only once.

import type { Tensor } from "../../tensor.ts";
import { staysAsItIs } from "./trainingData.ts";

/** Facts of one kind. */
export class DataFacts<Fact> {
  readonly #known = new WeakMap<Tensor, Map<string, Fact>>();

  /** What `find` gives for a tensor. It depends on the tensor's numbers and shape, and on `about`, alone. */
  of(values: Tensor, about: string, find: () => Fact): Fact {
    if (!staysAsItIs(values)) return find();
    const facts = this.#known.get(values) ?? new Map<string, Fact>();
    this.#known.set(values, facts);
    const known = facts.get(about);
    if (known !== undefined) return known;
    const found = find();
    facts.set(about, found);
    return found;
  }
}
