// Which file runs a record: each family of 64 routines has one.

import { runArrangeRoutine } from "./arrange";
import { runArrayRoutine } from "./arrays";
import { runElementwiseRoutine } from "./elementwise";
import { runLossRoutine } from "./losses";
import { runNormalizationRoutine } from "./normalization";
import { runRandomnessRoutine } from "./randomness";
import { runReductionRoutine } from "./reductions";
import { runStatisticsRoutine } from "./statistics";
import { runUpdateRoutine } from "./updates";
import { runWindowRoutine } from "./windows";

/** Runs a record as one with this number. */
export function runRecord(opcode: i32, record: usize): void {
  switch (opcode >> 6) {
    case 0:
      runArrayRoutine(opcode, record);
      break;
    case 1:
      runElementwiseRoutine(opcode, record);
      break;
    case 2:
      runArrangeRoutine(opcode, record);
      break;
    case 3:
      runReductionRoutine(opcode, record);
      break;
    case 4:
      runLossRoutine(opcode, record);
      break;
    case 5:
      runUpdateRoutine(opcode, record);
      break;
    case 6:
      runStatisticsRoutine(opcode, record);
      break;
    case 7:
      runWindowRoutine(opcode, record);
      break;
    case 8:
      runNormalizationRoutine(opcode, record);
      break;
    case 9:
      runRandomnessRoutine(opcode, record);
      break;
    default:
      abort();
  }
}
