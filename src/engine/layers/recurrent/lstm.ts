// The long short-term memory: a memory that gates fill, empty and show.

import type { ActivationName } from "../../activations/catalogue.ts";
import type { Initializer } from "../../initializers/initializers.ts";
import { stepProductOp } from "../../ops/recurrent.ts";
import { runOp, type Tensor, type TensorLike } from "../../tensor.ts";
import { activate } from "../activate.ts";
import {
  chooseCellActivation,
  type GatedOptions,
  planCellWeights,
  projectInput,
  type RecurrentCell,
  type RecurrentState,
  readCellSettings,
  weightAt,
} from "./cell.ts";
import { Recurrent, type RecurrentRun, type RecurrentRunOptions, recurrentOptionNames } from "./recurrent.ts";

/** Options of `layers.lstm`. */
export interface LstmOptions extends GatedOptions {
  /** Whether the forget gate's bias starts at 1, so that the memory is kept at first; `true` by default. */
  readonly unitForgetBias?: boolean;
}

/** A sequence run through an LSTM. */
export interface LstmRun extends RecurrentRun {
  /** The memory after the last step read, `[batch, units]`. */
  readonly lastCell: Tensor;
}

const call = "layers.lstm";

/** See `layers.lstm`. */
export class Lstm extends Recurrent {
  override readonly type = "lstm";
  /** The function of its gates. */
  readonly recurrentActivation: ActivationName;

  constructor(units: number, options: LstmOptions = {}) {
    super(lstmCell(units, options), options, {
      call,
      optionNames: [...recurrentOptionNames, "recurrentActivation", "unitForgetBias"],
    });
    this.recurrentActivation = chooseCellActivation(
      call,
      options?.recurrentActivation ?? "sigmoid",
      "recurrentActivation",
    ).name;
  }

  override run(x: TensorLike, options: RecurrentRunOptions = {}): LstmRun {
    const { sequence, lastHidden, lastCell } = super.run(x, options);
    return { sequence, lastHidden, lastCell: memoryOf({ hidden: lastHidden, cell: lastCell }) };
  }
}

/** Gates in Keras' order: input, forget, candidate, output. */
function lstmCell(units: number, options: LstmOptions): RecurrentCell {
  const given = readCellSettings(call, units, options);
  const biasInitializer =
    (options?.unitForgetBias ?? true) ? withForgetBias(given.biasInitializer, units) : given.biasInitializer;
  const settings = { ...given, biasInitializer };
  const { activation } = settings;
  const recurrent = chooseCellActivation(call, options?.recurrentActivation ?? "sigmoid", "recurrentActivation");
  return {
    units,
    activation,
    gates: [
      { name: "input", activation: recurrent },
      { name: "forget", activation: recurrent },
      { name: "candidate", activation },
      { name: "output", activation: recurrent },
    ],
    hasCellState: true,
    planWeights: (features) => planCellWeights(settings, features, { gates: 4 }),
    start(x, weights, seen) {
      const inputs = projectInput(x, weightAt(weights, 0), weights[2]);
      const recurrentKernel = weightAt(weights, 1);
      return (step, before) => {
        const product = runOp(stepProductOp, [inputs, seen(before.hidden), recurrentKernel], { step, from: 0 });
        const part = (gate: number) => product.slice(gate * units, (gate + 1) * units, 1);
        const [input, forget, candidate, output] = [part(0), part(1), part(2), part(3)];
        const kept = activate(recurrent, forget, []).mul(memoryOf(before));
        const added = activate(recurrent, input, []).mul(activate(activation, candidate, []));
        const cell = kept.add(added);
        const hidden = activate(recurrent, output, []).mul(activate(activation, cell, []));
        return { state: { hidden, cell }, preActivations: [input, forget, candidate, output] };
      };
    },
  };
}

function memoryOf({ cell }: RecurrentState): Tensor {
  if (cell === null) throw new RangeError("An LSTM's state has a memory.");
  return cell;
}

/** The same biases, with 1 for the forget gate (Jozefowicz et al. 2015). */
function withForgetBias(initializer: Initializer, units: number): Initializer {
  return {
    name: initializer.name,
    make: (shape, random) => initializer.make(shape, random).fill(1, units, 2 * units),
  };
}
