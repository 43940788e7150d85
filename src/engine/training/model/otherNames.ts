// Asked for what models, tensors and layers of other libraries can do under other names, ours say what to write instead.

import { ValueError } from "../../errors.ts";
import { Layer } from "../../layers/layer.ts";
import { Tensor } from "../../tensor.ts";
import { type Instead, insteadOn } from "./insteadNames.ts";
import { Model } from "./model.ts";

/** Teaches the classes to answer. Whoever has a member of that name, in a class of their own or set, has it. */
export function answerToOtherNames(): void {
  answer("model", Model.prototype, insteadOn.model);
  answer("tensor", Tensor.prototype, insteadOn.tensor);
  answer("layer", Layer.prototype, insteadOn.layer);
}

function answer(kind: string, prototype: object, instead: Instead): void {
  for (const [name, hint] of Object.entries(instead))
    Object.defineProperty(prototype, name, {
      configurable: true,
      get() {
        throw new ValueError({ op: `${kind}.${name}`, expected: `a name that ${kind}s have`, got: `"${name}"`, hint });
      },
      set(value: unknown) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
    });
}
