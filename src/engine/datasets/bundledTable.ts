// A data file as a data set: a header line, a line for each example, the target in the last column. Nothing in it is guessed or passed over.

import { describeValue, ValueError } from "../errors.ts";
import { engineHost } from "../host.ts";
import { Floats } from "../intrinsics.ts";
import { Tensor } from "../tensor.ts";
import { columnOf, Dataset, type DatasetOrigin, oneHotTargets, type Task } from "./dataset.ts";

/** What the columns of a file mean. */
export interface TableForm {
  /**
   * The last column: "classes" (by default), named in the file; two names, for 0 and 1; or "number".
   * Classes are in order: by number, else as they first appear.
   */
  readonly target?: "classes" | readonly [string, string] | "number";
  /** The columns that hold words, with their words: each word becomes a column of 0 and 1. */
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  /** Whether an example without one of its numbers is left out. Else it is a damaged file. */
  readonly leaveOut?: boolean;
}

interface Row {
  /** Counted from 1, as an editor does. */
  readonly line: number;
  readonly cells: readonly string[];
}

export function readTable(file: string, origin: DatasetOrigin, form: TableForm = {}): Dataset {
  const lines = readLines(file, origin.name);
  const header = (lines[0] ?? "").split(",");
  const rows = lines.slice(1).map((line, index): Row => ({ line: index + 2, cells: line.split(",") }));
  for (const { line, cells } of rows)
    if (cells.length !== header.length) throw damaged(file, origin.name, `${cells.length} values in line ${line}`);
  const whole = form.leaveOut ? rows.filter(({ cells }) => !cells.includes("")) : rows;
  const features = header.slice(0, -1).map((name) => ({ name, words: form.categories?.[name] ?? null }));
  const featureNames = features.flatMap(({ name, words }) => words ?? [name]);
  const numbers = whole.flatMap(({ line, cells }) =>
    features.flatMap(({ words }, column) => {
      const cell = cells[column] ?? "";
      if (words === null) return numberIn(cell, () => damaged(file, origin.name, `"${cell}" in line ${line}`));
      if (!words.includes(cell)) throw damaged(file, origin.name, `"${cell}" in line ${line}`);
      return words.map((word) => (word === cell ? 1 : 0));
    }),
  );
  const x = new Tensor([whole.length, featureNames.length], new Floats(numbers));
  return new Dataset({ origin, x, featureNames, steps: [], ...targetsOf(file, origin.name, whole, form.target) });
}

interface Targets {
  readonly task: Task;
  readonly y: Tensor;
  readonly labels: readonly number[];
  readonly classNames: readonly string[];
}

function targetsOf(
  file: string,
  name: string,
  rows: readonly Row[],
  target: NonNullable<TableForm["target"]> = "classes",
): Targets {
  const cells = rows.map((row) => row.cells.at(-1) ?? "");
  const broken = (index: number) => damaged(file, name, `"${cells[index]}" in line ${rows[index]?.line}`);
  if (target === "number") {
    const y = columnOf(cells.map((cell, index) => numberIn(cell, () => broken(index))));
    return { task: "regression", y, labels: [], classNames: [] };
  }
  if (target !== "classes") {
    const labels = cells.map((cell) => target.indexOf(cell));
    if (labels.includes(-1)) throw broken(labels.indexOf(-1));
    return { task: "binary", y: columnOf(labels), labels, classNames: target };
  }
  const named = [...new Set(cells)];
  const areNumbers = named.every((each) => each !== "" && Number.isFinite(Number(each)));
  const ordered = areNumbers ? named.sort((left, right) => Number(left) - Number(right)) : named;
  const labels = cells.map((cell) => ordered.indexOf(cell));
  const classNames = areNumbers && name !== "digits" ? ordered.map((each) => `class ${each}`) : ordered;
  return { task: "classification", y: oneHotTargets(labels, ordered.length), labels, classNames };
}

function numberIn(cell: string, broken: () => ValueError): number {
  const value = Number(cell);
  if (cell === "" || !Number.isFinite(value)) throw broken();
  return value;
}

function readLines(file: string, name: string): string[] {
  let text: string;
  try {
    text = engineHost().readDataFile(file);
  } catch (error) {
    if (error instanceof ValueError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ValueError({
      op: `datasets.${name}`,
      expected: `the data file ${file} that comes with nnbook`,
      got: `none (${reason})`,
      hint: "Install nnbook again. Where datasets.useFiles says how files are read, look there first.",
    });
  }
  if (typeof text !== "string")
    throw new ValueError({
      op: `datasets.${name}`,
      expected: `the text of ${file} at once`,
      got: describeValue(text),
      hint: `Read the file before, and say datasets.useFiles({ "${file}": text }).`,
    });
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function damaged(file: string, name: string, got: string): ValueError {
  return new ValueError({
    op: `datasets.${name}`,
    expected: `a whole table in ${file}`,
    got,
    hint: "The file is damaged: install nnbook again.",
  });
}
