// Normalization by number, and moving statistics.

import {
  COLUMN_MEANS,
  COLUMN_VARIANCES,
  FOLLOW_STATISTICS,
  NORMALIZE_COLUMNS,
  NORMALIZE_COLUMNS_GRAD,
  NORMALIZE_ROWS,
  NORMALIZE_ROWS_GRAD,
  NORMALIZE_ROWS_SUMS,
  NORMALIZE_ROWS_X_GRAD,
  ROW_MEANS,
  ROW_VARIANCES,
} from "../../opcodes";
import { address, real, word } from "../tape/record";
import { columnMeans, columnVariances, normalizeColumns, normalizeColumnsGrad } from "./columnNormalization";
import {
  normalizeRows,
  normalizeRowsGrad,
  normalizeRowsSums,
  normalizeRowsXGrad,
  rowMeans,
  rowVariances,
} from "./rowNormalization";

export function runNormalizationRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case COLUMN_MEANS:
      columnMeans(record);
      break;
    case COLUMN_VARIANCES:
      columnVariances(record);
      break;
    case ROW_MEANS:
      rowMeans(record);
      break;
    case ROW_VARIANCES:
      rowVariances(record);
      break;
    case NORMALIZE_COLUMNS:
      normalizeColumns(record);
      break;
    case NORMALIZE_COLUMNS_GRAD:
      normalizeColumnsGrad(record);
      break;
    case NORMALIZE_ROWS:
      normalizeRows(record);
      break;
    case NORMALIZE_ROWS_GRAD:
      normalizeRowsGrad(record);
      break;
    case NORMALIZE_ROWS_X_GRAD:
      normalizeRowsXGrad(record);
      break;
    case NORMALIZE_ROWS_SUMS:
      normalizeRowsSums(record);
      break;
    case FOLLOW_STATISTICS:
      followStatistics(record);
      break;
    default:
      abort();
  }
}

/** moving, batch, length, keep, take: `moving = keep · moving + take · batch` */
function followStatistics(record: usize): void {
  const moving = address(record, 2);
  const batch = address(record, 3);
  const length = word(record, 4);
  const keep = <f64>real(record, 5);
  const take = <f64>real(record, 6);
  for (let index = 0; index < length; index++) {
    const offset = (<usize>index) << 2;
    const followed = keep * <f64>load<f32>(moving + offset) + take * <f64>load<f32>(batch + offset);
    store<f32>(moving + offset, <f32>followed);
  }
}
