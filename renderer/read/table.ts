// Reads a table view: at most 60 columns of as many cells as it says.

import type { ColumnNumbers, ColumnWords, TableColumn, TableView } from "../../src/shared/views.ts";
import { sentence } from "./common.ts";
import {
  count,
  fields,
  flag,
  list,
  literal,
  Mismatch,
  nullable,
  optional,
  type Reader,
  text,
  viewNumber,
} from "./readJson.ts";

const cell: Reader<TableColumn["cells"][number]> = (value, path) =>
  typeof value === "object" && value !== null
    ? fields<{ word: string }>({ word: text })(value, path)
    : viewNumber(value, path);

const column = fields<TableColumn>({
  name: text,
  role: literal("feature", "target", "value"),
  numbers: nullable(
    fields<ColumnNumbers>({
      min: viewNumber,
      mean: viewNumber,
      std: viewNumber,
      max: viewNumber,
      histogram: list(count, 100),
      whole: optional(flag),
    }),
  ),
  words: nullable(
    fields<ColumnWords>({
      distinct: count,
      most: list(fields<ColumnWords["most"][number]>({ word: text, count }), 100),
    }),
  ),
  missing: count,
  cells: list(cell, 200),
});

export const table: Reader<TableView> = (value, path) => {
  const view = fields<TableView>({
    kind: literal("table"),
    version: literal(1),
    name: text,
    sentence,
    rowCount: count,
    columnCount: count,
    shownRows: count,
    columns: list(column, 200),
  })(value, path);
  view.columns.forEach(({ cells }, at) => {
    if (cells.length !== view.shownRows)
      throw new Mismatch(`columns[${at}].cells`, `a list of ${view.shownRows}`, cells);
  });
  return view;
};
