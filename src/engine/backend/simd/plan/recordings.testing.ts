// Random recordings for tests: routine calls on arrays of all kinds, which any recorder can write down.

import type { Random } from "../../../random.ts";
import * as arithmetic from "./recordingArithmetic.testing.ts";
import * as families from "./recordingFamilies.testing.ts";
import { pick, type Recording, RecordingWriter } from "./recordingWriter.testing.ts";

/** A recording of so many calls. No array is read before it was written or set between runs. */
export function randomRecording(random: Random, callCount: number): Recording {
  const writer = new RecordingWriter(random);
  while (writer.calls.length < callCount) pick(random, steps)(writer);
  return writer;
}

/** Those that plans shorten come more often. */
const steps: readonly ((writer: RecordingWriter) => void)[] = [
  arithmetic.fillStep,
  arithmetic.copyStep,
  arithmetic.copyStep,
  arithmetic.copyStep,
  arithmetic.addScaledStep,
  arithmetic.addScaledStep,
  arithmetic.unaryStep,
  arithmetic.unaryStep,
  arithmetic.unaryGradStep,
  arithmetic.binaryStep,
  arithmetic.binaryStep,
  arithmetic.binaryStep,
  arithmetic.binaryGradStep,
  arithmetic.binaryGradStep,
  arithmetic.matmulStep,
  arithmetic.matmulStep,
  arithmetic.biasStep,
  arithmetic.biasStep,
  arithmetic.batchStep,
  families.reduceStep,
  families.reduceGradStep,
  families.turnStep,
  families.scatterStep,
  families.softmaxStep,
  families.lossStep,
  families.judgeStep,
  families.randomStep,
  families.normalizeStep,
  families.convolutionStep,
  families.filterStep,
  families.poolStep,
  families.updateStep,
  families.rowsStep,
  families.hostStep,
  families.constrainStep,
];
