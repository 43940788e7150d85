// What initializers of the catalogue check before they are asked for weights directly: they themselves only draw them.

import { readArguments } from "../argumentCounts.ts";
import { describeValue, ValueError } from "../errors.ts";
import { Random } from "../random.ts";
import { checkShape } from "../shape.ts";
import type { Initializer } from "./initializers.ts";

/** The same initializer; it refuses what is no shape, and what nothing can be drawn from. */
export function checkedInitializer({ name, make }: Initializer): Initializer {
  // Zeros and other constants need no randomness.
  const isRandom = make.length > 1;
  return {
    name,
    make(...given) {
      const [shape, random] = readArguments(`${name}.make`, 2, given);
      checkShape(shape, name);
      if (isRandom && !(random instanceof Random))
        throw new ValueError({
          op: name,
          expected: "the randomness of the weights: new Random(1)",
          got: describeValue(random),
        });
      return make(shape, random);
    },
  };
}
