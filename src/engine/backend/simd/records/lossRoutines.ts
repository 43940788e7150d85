// Losses and their gradients as records for the routines.

import type { Backend, LossPair, LossSetting } from "../../backend.ts";
import type { LossFunctionName } from "../../lossMaths.ts";
import * as opcodes from "../../opcodes.ts";
import type { RecordWriter } from "./records.ts";

const kinds: Readonly<Record<LossFunctionName, number>> = {
  mse: opcodes.MSE,
  mae: opcodes.MAE,
  huber: opcodes.HUBER,
  smoothL1: opcodes.SMOOTH_L1,
  logCosh: opcodes.LOG_COSH,
  msle: opcodes.MSLE,
  mape: opcodes.MAPE,
  hinge: opcodes.HINGE,
  squaredHinge: opcodes.SQUARED_HINGE,
  binaryCrossentropy: opcodes.BINARY_CROSSENTROPY,
  binaryCrossentropyTorch: opcodes.BINARY_CROSSENTROPY_TORCH,
  weightedBinaryCrossentropy: opcodes.WEIGHTED_BINARY_CROSSENTROPY,
  weightedBinaryCrossentropyLogits: opcodes.WEIGHTED_BINARY_CROSSENTROPY_LOGITS,
  categoricalCrossentropyPlain: opcodes.CATEGORICAL_CROSSENTROPY_PLAIN,
  binaryCrossentropyLogits: opcodes.BINARY_CROSSENTROPY_LOGITS,
  klDivergence: opcodes.KL_DIVERGENCE,
  klDivergenceLog: opcodes.KL_DIVERGENCE_LOG,
  poisson: opcodes.POISSON,
  poissonLog: opcodes.POISSON_LOG,
  categoricalCrossentropy: opcodes.CATEGORICAL_CROSSENTROPY,
  categoricalCrossentropyLogits: opcodes.CATEGORICAL_CROSSENTROPY_LOGITS,
  cosineSimilarity: opcodes.COSINE_SIMILARITY,
  categoricalHinge: opcodes.CATEGORICAL_HINGE,
};

export function lossRoutines(tape: RecordWriter): Pick<Backend, "loss" | "lossGrad"> {
  const writeSetting = (name: LossFunctionName, { prediction }: LossPair, setting: LossSetting) => {
    tape.word(kinds[name]);
    tape.word(prediction.length);
    tape.word(setting.width);
    tape.real(setting.parameter);
    tape.double(setting.divisor);
  };
  return {
    loss(name, pair, output, setting) {
      tape.begin(opcodes.LOSS);
      tape.read(pair.prediction);
      tape.read(pair.target);
      tape.write(output);
      writeSetting(name, pair, setting);
      tape.end();
    },
    lossGrad(name, pair, predictionGrad, outputGrad, setting) {
      tape.begin(opcodes.LOSS_GRAD);
      tape.read(pair.prediction);
      tape.read(pair.target);
      tape.update(predictionGrad);
      writeSetting(name, pair, setting);
      tape.read(outputGrad);
      // A plan says here where the loss itself goes, if that is found at once.
      tape.word(0);
      tape.end();
    },
  };
}
