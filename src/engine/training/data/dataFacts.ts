// What is found out about data that stays as it is, remembered: the trainings of a race, and one `fit` after the other, look only once.

import type { Tensor } from "../../tensor.ts";
import { staysAsItIs } from "./trainingData.ts";

/** What stands for the numbers of a tensor, where others hold the same ones. */
const tokens = new WeakMap<Tensor, object>();

/** What is found out about one of the tensors with this token goes for all of them: they have the same numbers and shape, for ever. */
export function shareFacts(values: Tensor, token: object): void {
  tokens.set(values, token);
}

/** Facts of one kind. */
export class DataFacts<Fact> {
  readonly #known = new WeakMap<object, Map<string, Fact>>();

  /** What `find` gives for a tensor. It depends on the tensor's numbers and shape, and on `about`, alone. */
  of(values: Tensor, about: string, find: () => Fact): Fact {
    if (!staysAsItIs(values)) return find();
    const token = tokens.get(values) ?? values;
    const facts = this.#known.get(token) ?? new Map<string, Fact>();
    this.#known.set(token, facts);
    const known = facts.get(about);
    if (known !== undefined) return known;
    const found = find();
    facts.set(about, found);
    return found;
  }
}
