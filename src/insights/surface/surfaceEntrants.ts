// Which optimizers walk a surface, each new, with a rate that suits it where none was said.

import { describeValue } from "../../engine/errors.ts";
import { Optimizer, type OptimizerOption, ValueError } from "../../engine/index.ts";
import { resolveOptimizer } from "../../engine/optimizers/optimizers.ts";
import { makeAgain } from "../../engine/remake.ts";
import { suitingRate } from "./surfaces.ts";

export interface SurfaceEntrant {
  readonly name: string;
  /** `null` where a schedule says it. */
  readonly learningRate: number | null;
  readonly make: () => Optimizer;
}

const usual = ["sgd", "momentum", "adagrad", "rmsprop", "adam"];

export function surfaceEntrants(
  given: readonly OptimizerOption[] | Readonly<Record<string, OptimizerOption>> | undefined,
  rates: Readonly<Record<string, number>>,
): readonly SurfaceEntrant[] {
  if (given === undefined) return usual.map((name) => entrant(name, name, rates));
  if (typeof given !== "object" || given === null || given instanceof Optimizer)
    throw new ValueError({
      op: "show.surface",
      expected: "optimizers as a list, or by name: { fast: optimizers.adam({ learningRate: 0.1 }) }",
      got: describeValue(given),
    });
  if (!Array.isArray(given)) return Object.entries(given).map(([name, option]) => entrant(name, option, rates));
  const options = given as readonly OptimizerOption[];
  const names = options.map((option) => (typeof option === "string" ? option : resolveOptimizer(option).name));
  const entrants = options.map((option, index) => {
    const name = names[index] ?? "";
    const isTwice = names.filter((each) => each === name).length > 1;
    const plain = entrant(name, option, rates);
    return isTwice ? { ...plain, name: `${name} ${plain.learningRate ?? index + 1}` } : plain;
  });
  refuseSameNames(entrants.map(({ name }) => name));
  return entrants;
}

function refuseSameNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ValueError({
    op: "show.surface",
    expected: "a name of its own for each optimizer",
    got: `"${twice}" twice`,
    hint: "Give them by name: optimizers: { plain: optimizers.sgd(), nesterov: optimizers.sgd({ momentum: 0.9, nesterov: true }) }.",
  });
}

function entrant(name: string, option: OptimizerOption, rates: Readonly<Record<string, number>>): SurfaceEntrant {
  const optimizer = resolveOptimizer(option);
  if (typeof option === "string") {
    const suits = suitingRate(option, rates) ?? optimizer.learningRate;
    const make = () => {
      const made = resolveOptimizer(option);
      made.learningRate = suits;
      return made;
    };
    return { name, learningRate: suits, make };
  }
  // The optimizer given keeps its memory: another one like it walks.
  const make = () => {
    const copy = makeAgain(optimizer);
    if (copy instanceof Optimizer) return copy;
    throw new ValueError({
      op: "show.surface",
      expected: "an optimizer that can be made anew",
      got: `a ${optimizer.constructor.name} made by new`,
      hint: "Make it by optimizers.sgd(…), optimizers.adam(…) and so on.",
    });
  };
  return { name, learningRate: optimizer.schedule === null ? optimizer.learningRate : null, make };
}
