// Which file runs a record: each family of 64 routines has one.

import { runArrangeRoutine } from "../arrays/arrange";
import { runArrayRoutine } from "../arrays/arrays";
import { runRandomnessRoutine } from "../arrays/randomness";
import { runElementwiseRoutine } from "../elementwise/elementwise";
import { runLossRoutine } from "../losses/losses";
import { runStatisticsRoutine } from "../measurements/statistics";
import { runNormalizationRoutine } from "../normalization/normalization";
import { runReductionRoutine } from "../reductions/reductions";
import { runUpdateRoutine } from "../updates/updates";
import { runWindowRoutine } from "../windows/windows";

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
