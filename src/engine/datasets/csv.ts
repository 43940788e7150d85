// The user's own CSV file as a data set: which column is the target, and what each of the others becomes. What is not clear is refused, with the line.

import { checkedFlag, checkOptions, describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { engineHost } from "../host.ts";
import { Floats } from "../intrinsics.ts";
import { utf8Text } from "../saving/utf8.ts";
import { checkedList } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { type CsvRow, type CsvTable, readCsv } from "./csvText.ts";
import { columnOf, Dataset, oneHotTargets, type Task } from "./dataset.ts";

/** What the columns of a CSV file mean. */
export interface CsvOptions {
  /** The column to predict, by its name. The last one by default. */
  readonly target?: string;
  /**
   * What the target is. By default numbers are for "regression"; words, and 0 and 1, are classes: "binary" where there are two,
   * "classification" where there are more. Say "classification" where numbers stand for classes.
   */
  readonly task?: Task;
  /** The columns to learn from, by their names. All but the target by default. */
  readonly features?: readonly string[];
  /** "leaveOut" drops the rows that lack a value (nothing, `NA`, `NaN`, `null`, `?`). By default such a file is refused, with the line. */
  readonly missing?: "leaveOut";
  /** What stands between two values. By default the one of `,`, `;` and tab that the first line has most of. */
  readonly separator?: string;
  /** Whether the first line holds the names of the columns (default true). Without, they are called "column 1", "column 2" … */
  readonly header?: boolean;
}

/** What `about()` says of a user's own file, for which nobody else speaks. */
export const ownFile = { what: "a file of your own.", licence: "not stated" } as const;

const op = "datasets.csv";
const tasks: readonly Task[] = ["classification", "binary", "regression"];
const absences = ["", "na", "n/a", "nan", "null", "none", "?"];
/** A column with more words than these is a name or a sentence, nothing to count. */
const mostWords = 50;
/** What a text in JavaScript can hold, with room to spare. */
const mostBytes = 400_000_000;

/**
 * A CSV file of your own.
 *
 * `x` is `[examples, features]`: a column of numbers as it is, a column of words as a column of 0 and 1 for each word
 * (`origin=USA`, in alphabetical order). `y` is `[examples, classes]`, one-hot, for several classes; `[examples, 1]` of 0 and 1 for
 * two; `[examples, 1]` of numbers for regression. Classes are in order, by number or alphabet. With `;` between values,
 * numbers may have a decimal comma.
 *
 * @param path Begins at the notebook's folder. The text is UTF-8. In a browser: the name under which `datasets.useFiles` was given it.
 * @param options `target` (default the last column), `task`, `features` (default all others), `missing`, `separator`, `header`.
 * @throws ValueError for a file that is missing, no UTF-8, or no table, and for a value that is not what its column holds, with its line.
 * @throws UnknownNameError for a column that is not there.
 * @example datasets.csv("houses.csv", { target: "price" }).split({ validation: 0.2, seed: 1 }).standardize()
 * @example datasets.csv("data/patients.csv", { target: "ill", features: ["age", "pulse"], missing: "leaveOut" })
 */
export function csv(path: string, options: CsvOptions = {}): Dataset {
  checkOptions(op, options, ["target", "task", "features", "missing", "separator", "header"]);
  checkChoices(options);
  const { separator = null, header = true } = options;
  const table = readCsv(path, readText(path), { separator, hasHeader: header });
  const target = columnNamed(table, options.target ?? table.columns.at(-1));
  const features =
    options.features === undefined
      ? table.columns.flatMap((_, column) => (column === target ? [] : [column]))
      : checkedList(op, "features", options.features).map((name) => columnNamed(table, name));
  if (features.length === 0)
    throw new ValueError({
      op,
      expected: "a column to learn from beside the target",
      got: `only "${table.columns[target]}" in ${path}`,
      hint: 'If values are parted by something else than a comma, name it: { separator: "|" }.',
    });
  const rows = wholeRows(path, table, [...features, target], options.missing === "leaveOut");
  const file: CsvFile = { path, table, rows };
  const columns = features.map((column) => featureColumns(file, column));
  const left = table.rows.length - rows.length;
  return new Dataset({
    origin: {
      ...{ name: nameIn(path), ...ownFile, source: path },
      missing: left === 0 ? "none" : `${left} of ${table.rows.length} rows lacked a value: left out`,
    },
    x: joined(
      columns.flatMap(({ values }) => values),
      rows.length,
    ),
    featureNames: columns.flatMap(({ names }) => names),
    steps: [],
    ...targetsOf(file, target, options.task),
  });
}

interface CsvFile {
  readonly path: string;
  readonly table: CsvTable;
  readonly rows: readonly CsvRow[];
}

function checkChoices({ task, missing, separator, header = true }: CsvOptions): void {
  if (task !== undefined && !tasks.includes(task))
    throw new UnknownNameError({ what: "task", unknown: task, known: tasks });
  if (missing !== undefined && missing !== "leaveOut")
    throw new ValueError({ op, expected: 'missing as "leaveOut", or nothing', got: describeValue(missing) });
  if (separator !== undefined && (typeof separator !== "string" || !/^[^"\r\n]$/.test(separator)))
    throw new ValueError({ op, expected: "separator as one character", got: describeValue(separator) });
  checkedFlag(op, "header", header);
}

function readText(path: string): string {
  if (typeof path !== "string" || path === "")
    throw new ValueError({ op, expected: 'the path of a file, such as "houses.csv"', got: describeValue(path) });
  if (/^https?:/i.test(path))
    throw new ValueError({
      op,
      expected: "the path of a file",
      got: describeValue(path),
      hint: "Nothing is fetched from the web: save the file beside the notebook.",
    });
  const { files, readDataFile } = engineHost();
  if (files === null) return readDataFile(path);
  let bytes: Uint8Array | null;
  try {
    bytes = files.read(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ValueError({ op, expected: `${path} as a file that can be read`, got: reason });
  }
  if (bytes === null)
    throw new ValueError({
      op,
      expected: `a file ${path}`,
      got: `no ${files.place(path)}`,
      hint: "Paths begin at the notebook's folder.",
    });
  if (bytes.length > mostBytes)
    throw new ValueError({ op, expected: `up to ${mostBytes / 1e6} MB in ${path}`, got: `${bytes.length / 1e6} MB` });
  const text = utf8Text(bytes);
  if (text !== null) return text;
  throw new ValueError({
    op,
    expected: `${path} as text in UTF-8`,
    got: "bytes that are none",
    hint: 'In a spreadsheet, save it as "CSV UTF-8"; in VS Code, choose "Save with Encoding".',
  });
}

function nameIn(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}

function columnNamed({ columns }: CsvTable, name: unknown): number {
  const column = columns.indexOf(String(name));
  if (column !== -1) return column;
  throw new UnknownNameError({ what: "column", unknown: String(name), known: columns });
}

/** The rows that have all of these columns. @throws ValueError for others, where they may not be left out. */
function wholeRows(path: string, { columns, rows }: CsvTable, used: readonly number[], mayLeaveOut: boolean) {
  const lacking = (row: CsvRow) => used.find((column) => absences.includes((row.cells[column] ?? "").toLowerCase()));
  const whole = rows.filter((row) => lacking(row) === undefined);
  const broken = whole.length === rows.length ? undefined : rows.find((row) => lacking(row) !== undefined);
  if (broken !== undefined && !mayLeaveOut) {
    const column = lacking(broken) ?? 0;
    throw new ValueError({
      op,
      expected: `a value in every row of ${path}`,
      got: `"${broken.cells[column]}" for ${columns[column]} in line ${broken.line}, and ${rows.length - whole.length} such rows in all`,
      hint: 'Fill them in, choose other features, or say { missing: "leaveOut" }.',
    });
  }
  if (whole.length === 0)
    throw new ValueError({ op, expected: `examples in ${path}`, got: rows.length === 0 ? "none" : "no whole row" });
  return whole;
}

/** A column of numbers as it is; one of words as a column a word. */
function featureColumns(file: CsvFile, column: number): { names: readonly string[]; values: readonly number[][] } {
  const { path, table, rows } = file;
  const name = table.columns[column] ?? "";
  const numbers = numbersIn(file, column);
  if (numbers !== null) return { names: [name], values: [numbers] };
  const words = inOrder(file, column);
  if (words.length > mostWords)
    throw new ValueError({
      op,
      expected: `numbers, or up to ${mostWords} different words, in the column ${name} of ${path}`,
      got: `${words.length} different words, such as "${rows[0]?.cells[column]}"`,
      hint: 'Say which columns to learn from: { features: ["…"] }.',
    });
  return {
    names: words.map((word) => `${name}=${word}`),
    values: words.map((word) => rows.map(({ cells }) => (cells[column] === word ? 1 : 0))),
  };
}

/** `null` for a column of words. @throws ValueError for one of both. */
function numbersIn({ path, table, rows }: CsvFile, column: number): number[] | null {
  const numbers = rows.map(({ cells }) => numberOf(cells[column] ?? "", table.separator));
  const isNumber = (each: number) => !Number.isNaN(each);
  if (numbers.every(isNumber)) return numbers;
  if (!numbers.some(isNumber)) return null;
  // The fewer are what is wrong.
  const mostAreNumbers = numbers.filter(isNumber).length * 2 >= numbers.length;
  const odd = rows[numbers.findIndex((each) => isNumber(each) !== mostAreNumbers)];
  throw new ValueError({
    op,
    expected: `${mostAreNumbers ? "numbers" : "words"} in the column ${table.columns[column]} of ${path}`,
    got: `"${odd?.cells[column]}" in line ${odd?.line}`,
    hint: 'Mend the file, or say which columns to learn from: { features: ["…"] }.',
  });
}

function numberOf(cell: string, separator: string): number {
  const plain = separator === ";" ? cell.replace(/^([-+]?\d*),(\d+(?:e[-+]?\d+)?)$/i, "$1.$2") : cell;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

/** The different values of a column: by number where they are numbers, else by alphabet. */
function inOrder({ table, rows }: CsvFile, column: number): readonly string[] {
  const different = [...new Set(rows.map(({ cells }) => cells[column] ?? ""))];
  const areNumbers = different.every((each) => !Number.isNaN(numberOf(each, table.separator)));
  const value = (each: string) => numberOf(each, table.separator);
  return areNumbers ? different.sort((a, b) => value(a) - value(b)) : different.sort();
}

function targetsOf(file: CsvFile, column: number, given: Task | undefined) {
  const numbers = given === undefined || given === "regression" ? numbersIn(file, column) : null;
  const areFlags = numbers?.every((each) => each === 0 || each === 1) === true && new Set(numbers).size === 2;
  if (given === "regression" || (numbers !== null && !areFlags)) {
    if (numbers === null) throw wrongTarget(file, column, "numbers for regression", "words");
    return { task: "regression" as const, y: columnOf(numbers), labels: [], classNames: [] };
  }
  const classNames = inOrder(file, column);
  if (classNames.length < 2 || (given === "binary" && classNames.length > 2))
    throw wrongTarget(file, column, given === "binary" ? "two classes" : "two classes or more", `${classNames.length}`);
  const labels = file.rows.map(({ cells }) => classNames.indexOf(cells[column] ?? ""));
  const task = given ?? (classNames.length === 2 ? "binary" : "classification");
  const y = task === "binary" ? columnOf(labels) : oneHotTargets(labels, classNames.length);
  return { task, y, labels, classNames };
}

function wrongTarget({ path, table }: CsvFile, column: number, expected: string, got: string): ValueError {
  return new ValueError({
    op,
    expected: `${expected} in the target ${table.columns[column]} of ${path}`,
    got,
    hint: 'Another column is chosen with { target: "…" }, another kind of target with { task: "…" }.',
  });
}

/** Columns as the rows of a tensor. */
function joined(columns: readonly (readonly number[])[], size: number): Tensor {
  const data = new Floats(size * columns.length);
  columns.forEach((values, column) => {
    for (let row = 0; row < size; row++) data[row * columns.length + column] = values[row] ?? 0;
  });
  return new Tensor([size, columns.length], data);
}
