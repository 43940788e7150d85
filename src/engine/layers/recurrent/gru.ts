// The gated recurrent unit: two gates decide how much of the state is kept and how much of it is looked at.

import type { ActivationName } from "../../activations/catalogue.ts";
import { stepProductOp, takeStepOp } from "../../ops/recurrent.ts";
import { runOp, type Tensor } from "../../tensor.ts";
import { concat, zeros } from "../../tensorFunctions.ts";
import { activate } from "../activate.ts";
import {
  type CellSettings,
  chooseCellActivation,
  type GatedOptions,
  planCellWeights,
  projectInput,
  type RecurrentCell,
  readCellSettings,
  weightAt,
} from "./cell.ts";
import { Recurrent, recurrentOptionNames } from "./recurrent.ts";

/** Options of `layers.gru`. */
export interface GruOptions extends GatedOptions {
  /**
   * Whether the reset gate acts after the state's product with its weights (`true`, default: Keras, PyTorch) or on the
   * state before it (`false`: Cho et al. 2014).
   */
  readonly resetAfter?: boolean;
}

const call = "layers.gru";

/** See `layers.gru`. */
export class Gru extends Recurrent {
  override readonly type = "gru";
  /** The function of its gates. */
  readonly recurrentActivation: ActivationName;
  /** Whether the reset gate acts after the product. */
  readonly resetAfter: boolean;

  constructor(units: number, options: GruOptions = {}) {
    super(gruCell(units, options), options, {
      call,
      optionNames: [...recurrentOptionNames, "recurrentActivation", "resetAfter"],
    });
    this.recurrentActivation = chooseCellActivation(
      call,
      options.recurrentActivation ?? "sigmoid",
      "recurrentActivation",
    ).name;
    this.resetAfter = options?.resetAfter ?? true;
  }
}

/** Gates in Keras' order: update, reset, candidate. */
function gruCell(units: number, options: GruOptions): RecurrentCell {
  const settings = readCellSettings(call, units, options);
  const { activation } = settings;
  const recurrent = chooseCellActivation(call, options?.recurrentActivation ?? "sigmoid", "recurrentActivation");
  const resetAfter = options?.resetAfter ?? true;
  const biasRows = resetAfter ? 2 : null;
  return {
    units,
    activation,
    gates: [
      { name: "update", activation: recurrent },
      { name: "reset", activation: recurrent },
      { name: "candidate", activation },
    ],
    hasCellState: false,
    planWeights: (features) => planCellWeights(settings, features, { gates: 3, biasRows }),
    start(x, weights, seen) {
      const recurrentKernel = weightAt(weights, 1);
      const gateKernel = recurrentKernel.slice(0, 2 * units, 1);
      const candidateOf = (resetAfter ? candidateAfter : candidateBefore)(settings, x, weights);
      return (step, { hidden }) => {
        const shown = seen(hidden);
        const product = runOp(stepProductOp, [candidateOf.inputs, shown, gateKernel], { step, from: 0 });
        const update = product.slice(0, units, 1);
        const reset = product.slice(units, 2 * units, 1);
        const candidate = candidateOf.step(step, shown, activate(recurrent, reset, []));
        const fresh = activate(activation, candidate, []);
        // z·h + (1 − z)·h̃, written so that no constant is needed.
        const next = fresh.add(activate(recurrent, update, []).mul(hidden.sub(fresh)));
        return { state: { hidden: next, cell: null }, preActivations: [update, reset, candidate] };
      };
    },
  };
}

/** How the two kinds differ: the inputs' product, and what reaches the candidate's function. */
interface Candidate {
  /** `[steps, batch, 3 · units]`. */
  readonly inputs: Tensor;
  readonly step: (step: number, hidden: Tensor, reset: Tensor) => Tensor;
}

/** `x · W + b + (r ∘ h) · U`. */
function candidateBefore({ units }: CellSettings, x: Tensor, weights: readonly Tensor[]): Candidate {
  const inputs = projectInput(x, weightAt(weights, 0), weights[2]);
  const kernel = weightAt(weights, 1).slice(2 * units, 3 * units, 1);
  return {
    inputs,
    step: (step, hidden, reset) => runOp(stepProductOp, [inputs, reset.mul(hidden), kernel], { step, from: 2 * units }),
  };
}

/** `x · W + b₀ + r ∘ (h · U + b₁)`. The gates' share of `b₁` is added to the inputs beforehand. */
function candidateAfter({ units }: CellSettings, x: Tensor, weights: readonly Tensor[]): Candidate {
  const kernel = weightAt(weights, 1).slice(2 * units, 3 * units, 1);
  const bias = weights[2];
  const inputs = projectInput(x, weightAt(weights, 0), bias && inputBias(bias, units));
  // The bias as a sequence of two steps: its second is what the product is added to.
  const rows = bias?.reshape([2, 1, 3 * units]);
  return {
    inputs,
    step(step, hidden, reset) {
      const seen =
        rows === undefined
          ? hidden.matmul(kernel)
          : runOp(stepProductOp, [rows, hidden, kernel], { step: 1, from: 2 * units });
      return runOp(takeStepOp, [inputs], { step, from: 2 * units, size: units }).add(reset.mul(seen));
    },
  };
}

function inputBias(bias: Tensor, units: number): Tensor {
  const gates = bias.slice(1, 2).slice(0, 2 * units, 1);
  return bias.slice(0, 1).add(concat([gates, zeros([1, units])], 1));
}
