// What can be shown as a table, as columns: data sets and their parts, tensors, lists of rows.

import { Dataset } from "../../engine/datasets/dataset.ts";
import { SplitDataset } from "../../engine/datasets/split.ts";
import { describeValue, ShapeError, ValueError } from "../../engine/errors.ts";
import { standingNumbers, Tensor } from "../../engine/tensor.ts";
import type { TableColumn } from "../../shared/views.ts";

/** What `show.table` takes: a data set, a tensor of rows, or rows as objects, lists or single values. */
export type TableSource = Dataset | SplitDataset | Tensor | readonly unknown[];

/** A column before anything is computed from it. */
export interface SourceColumn {
  readonly name: string;
  readonly role: TableColumn["role"];
  /** The value in a row, as it was given. */
  readonly at: (row: number) => unknown;
}

export interface SourceTable {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly SourceColumn[];
  /** Where it is (a part of) a data set. */
  readonly data: Dataset | null;
}

/** @throws ValueError or ShapeError for what has no rows and columns. */
export function readTable(source: unknown): SourceTable {
  if (source instanceof SplitDataset) return datasetTable(source.train);
  if (source instanceof Dataset) return datasetTable(source);
  if (source instanceof Tensor) return tensorTable(source);
  if (Array.isArray(source) && source.length > 0) return listTable(source);
  throw new ValueError({
    op: "show.table",
    expected: "a data set, a tensor [rows, columns], or a list of rows",
    got: Array.isArray(source) ? "an empty list" : describeValue(source),
    hint: "For example show.table(datasets.iris()) or show.table([{ epoch: 1, loss: 0.7 }]).",
  });
}

function datasetTable(data: Dataset): SourceTable {
  const features = tensorColumns(data.x, data.featureNames, "feature");
  const isClasses = data.task !== "regression";
  const targets: readonly SourceColumn[] = isClasses
    ? [{ name: "class", role: "target", at: (row) => data.classNames[data.labels[row] ?? -1] ?? null }]
    : tensorColumns(data.y, (data.y.shape[1] ?? 1) === 1 ? ["target"] : [], "target");
  return { name: data.name, rowCount: data.size, columns: [...features, ...targets], data };
}

function tensorTable(values: Tensor): SourceTable {
  if (values.shape.length === 0 || values.size === 0) {
    throw new ShapeError({
      op: "show.table",
      what: "a tensor",
      expected: "[rows, columns]",
      got: values.shape,
      hint: "Show a single number as a cell's last expression.",
    });
  }
  return { name: "tensor", rowCount: values.shape[0] ?? 0, columns: tensorColumns(values, [], "value"), data: null };
}

/** The axes after the first as one row of columns. */
function tensorColumns(values: Tensor, names: readonly string[], role: TableColumn["role"]): readonly SourceColumn[] {
  const { shape } = values;
  const data = standingNumbers(values);
  const width = data.length / Math.max(1, shape[0] ?? 1);
  return Array.from({ length: width }, (_, column) => ({
    name: names[column] ?? String(column),
    role,
    at: (row) => data[row * width + column],
  }));
}

function listTable(rows: readonly unknown[]): SourceTable {
  const table = (columns: readonly SourceColumn[]) => ({ name: "table", rowCount: rows.length, columns, data: null });
  const first = rows.find((row) => row !== null && row !== undefined);
  if (isList(first)) {
    const width = rows.reduce<number>((widest, row) => Math.max(widest, isList(row) ? row.length : 1), 0);
    const at = (column: number) => (row: number) => (rows[row] as Partial<ArrayLike<unknown>> | null)?.[column];
    return table(Array.from({ length: width }, (_, column) => ({ name: `${column}`, role: "value", at: at(column) })));
  }
  if (typeof first === "object" && first !== null && !(first instanceof Date)) {
    // Rows may differ in what they have; the first hundred say what there is.
    const names = [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(Object(row))))];
    const at = (name: string) => (row: number) => (rows[row] as Readonly<Record<string, unknown>> | null)?.[name];
    return table(names.map((name) => ({ name, role: "value", at: at(name) })));
  }
  return table([{ name: "value", role: "value", at: (row) => rows[row] }]);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
