// The plain recurrent layer: the state is one function of the input and the state before.

import { stepProductOp } from "../../ops/recurrent.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import { activate } from "../activate.ts";
import {
  type CellPass,
  planCellWeights,
  projectInput,
  type RecurrentCell,
  type RecurrentOptions,
  readCellSettings,
  weightAt,
} from "./cell.ts";
import { Recurrent, recurrentOptionNames } from "./recurrent.ts";

/** Options of `layers.simpleRnn`. */
export type SimpleRnnOptions = RecurrentOptions;

const call = "layers.simpleRnn";

/** See `layers.simpleRnn`. */
export class SimpleRnn extends Recurrent {
  override readonly type = "simpleRnn";

  constructor(units: number, options: SimpleRnnOptions = {}) {
    super(simpleCell(units, options), options, { call, optionNames: recurrentOptionNames });
  }

  protected override preActivationsOf({ preActivations }: CellPass): readonly Tensor[] {
    return preActivations[0] ?? [];
  }
}

/** `hₜ = f(xₜ · W + hₜ₋₁ · U + b)`. */
function simpleCell(units: number, options: SimpleRnnOptions): RecurrentCell {
  const settings = readCellSettings(call, units, options);
  const { activation } = settings;
  return {
    units,
    activation,
    gates: [{ name: "hidden", activation }],
    hasCellState: false,
    planWeights: (features) => planCellWeights(settings, features, { gates: 1 }),
    start(x, weights, seen) {
      const inputs = projectInput(x, weightAt(weights, 0), weights[2]);
      const recurrentKernel = weightAt(weights, 1);
      return (step, { hidden }) => {
        const z = runOp(stepProductOp, [inputs, seen(hidden), recurrentKernel], { step, from: 0 });
        return { state: { hidden: activate(activation, z, []), cell: null }, preActivations: [z] };
      };
    },
  };
}
