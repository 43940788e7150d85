// The optimizers' rules as records. One minus a share is worked out here, in double precision.

import type { Floats } from "../../../intrinsics.ts";
import type { Backend } from "../../backend.ts";
import * as opcodes from "../../opcodes.ts";
import type { RecordWriter } from "./records.ts";

type UpdateName =
  | "momentumUpdate"
  | "adagradUpdate"
  | "rmspropUpdate"
  | "adadeltaUpdate"
  | "adamUpdate"
  | "adamaxUpdate"
  | "nadamUpdate"
  | "lionUpdate";

export function updateRoutines(tape: RecordWriter): Pick<Backend, UpdateName> {
  const begin = (opcode: number, { values, gradient }: { values: Floats; gradient: Floats }) => {
    tape.begin(opcode);
    tape.update(values);
    tape.read(gradient);
    tape.word(values.length);
  };
  const flag = (is: boolean) => tape.word(is ? 1 : 0);
  const optional = (array: Floats | null) => (array === null ? tape.word(0) : tape.update(array));
  const share = (kept: number) => {
    tape.real(kept);
    tape.real(1 - kept);
  };
  return {
    momentumUpdate(state, { momentum, gradientScale, velocityScale, looksAhead }) {
      begin(opcodes.MOMENTUM_UPDATE, state);
      tape.update(state.velocity);
      tape.real(momentum);
      tape.real(gradientScale);
      tape.real(velocityScale);
      flag(looksAhead);
      tape.end();
    },
    adagradUpdate(state, { epsilon, isEpsilonInRoot, rate }) {
      begin(opcodes.ADAGRAD_UPDATE, state);
      tape.update(state.squares);
      tape.real(epsilon);
      flag(isEpsilonInRoot);
      tape.real(rate);
      tape.end();
    },
    rmspropUpdate(state, { rho, momentum, epsilon, isEpsilonInRoot, gradientScale, changeScale }) {
      begin(opcodes.RMSPROP_UPDATE, state);
      tape.update(state.squares);
      optional(state.means);
      optional(state.velocity);
      share(rho);
      tape.real(momentum);
      tape.real(epsilon);
      flag(isEpsilonInRoot);
      tape.real(gradientScale);
      tape.real(changeScale);
      tape.end();
    },
    adadeltaUpdate(state, { rho, epsilon, rate }) {
      begin(opcodes.ADADELTA_UPDATE, state);
      tape.update(state.squares);
      tape.update(state.changeSquares);
      share(rho);
      tape.real(epsilon);
      tape.real(rate);
      tape.end();
    },
    adamUpdate(state, { beta1, beta2, epsilon, rate, isAdaptive }) {
      begin(opcodes.ADAM_UPDATE, state);
      tape.update(state.means);
      tape.update(state.squares);
      optional(state.largestSquares);
      share(beta1);
      share(beta2);
      tape.real(epsilon);
      tape.real(rate);
      flag(isAdaptive);
      tape.end();
    },
    adamaxUpdate(state, { beta1, beta2, epsilon, isEpsilonInLargest, rate }) {
      begin(opcodes.ADAMAX_UPDATE, state);
      tape.update(state.means);
      tape.update(state.largest);
      share(beta1);
      tape.real(beta2);
      tape.real(epsilon);
      flag(isEpsilonInLargest);
      tape.real(rate);
      tape.end();
    },
    nadamUpdate(state, { beta1, beta2, epsilon, gradientRate, meanRate }) {
      begin(opcodes.NADAM_UPDATE, state);
      tape.update(state.means);
      tape.update(state.squares);
      share(beta1);
      share(beta2);
      tape.real(epsilon);
      tape.real(gradientRate);
      tape.real(meanRate);
      tape.end();
    },
    lionUpdate(state, { beta1, beta2, rate }) {
      begin(opcodes.LION_UPDATE, state);
      tape.update(state.means);
      share(beta1);
      share(beta2);
      tape.real(rate);
      tape.end();
    },
  };
}
