// The view of a data set or of rows: its columns, and in words what would disturb a training (scales, rare classes, gaps).

import { checkedCount, checkOptions } from "../../engine/errors.ts";
import type { Sentence, TableColumn, TableView } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { canJudgeBalance, isImbalanced } from "../parts/imbalance.ts";
import { count, say, times } from "../parts/say.ts";
import { median } from "../parts/statistics.ts";
import { tableColumn } from "./tableColumn.ts";
import { readTable, type SourceTable } from "./tableSource.ts";

/** Options of `show.table`. */
export interface TableOptions {
  /** How many of the first rows are shown below the columns, at most 100; 8 by default. */
  readonly rows?: number;
}

/** A view is kept in the file: at most so many columns and rows stand in it; the target always does. */
const shownColumns = 60;
const mostRows = 100;

/**
 * A feature whose standard deviation is ten times the middle one dominates the first sums and the size of steps
 * (LeCun et al. 1998, "Efficient BackProp", 4.3): there standardizing helps.
 */
const troublingScale = 10;

/** `name`: what the table is called; as its source says when absent. @throws ValueError for what is no table. */
export function tableView(source: unknown, options: TableOptions = {}, name: string | null = null): TableView {
  checkOptions("show.table", options, ["rows"]);
  const { rows = 8 } = options;
  const table = readTable(source);
  const shownRows = Math.min(checkedCount("show.table", "rows", rows), mostRows, table.rowCount);
  const targets = table.columns.filter(({ role }) => role === "target").slice(0, shownColumns / 2);
  const others = table.columns.filter(({ role }) => role !== "target").slice(0, shownColumns - targets.length);
  const columns = [...others, ...targets].map((column) => tableColumn(column, table.rowCount, shownRows));
  return {
    kind: "table",
    version: 1,
    name: name ?? table.name,
    sentence: tableSentence(table, columns),
    rowCount: table.rowCount,
    columnCount: table.columns.length,
    shownRows,
    columns,
  };
}

function tableSentence(table: SourceTable, columns: readonly TableColumn[]): Sentence {
  const troubles = [...missingMessage(columns), ...scaleMessage(columns), ...imbalanceMessage(table, columns)];
  return { tone: troubles.length > 0 ? "warning" : "info", messages: [sizeMessage(table), ...troubles] };
}

function sizeMessage({ rowCount, columns, data }: SourceTable): Message {
  const rows = count(rowCount);
  if (data === null) return say("tableSize", { rows, columns: count(columns.length) });
  const features = count(data.featureNames.length);
  if (data.task === "regression") return say("dataSizeNumbers", { rows, features });
  return say("dataSizeClasses", { rows, features, classes: count(data.classNames.length) });
}

function missingMessage(columns: readonly TableColumn[]): readonly Message[] {
  const worst = columns.reduce<TableColumn | null>(
    (most, next) => (next.missing > (most?.missing ?? 0) ? next : most),
    null,
  );
  if (worst === null) return [];
  const total = columns.reduce((sum, { missing }) => sum + missing, 0);
  const args = { missing: count(total), column: worst.name };
  if (worst.missing === total) return [say("valuesMissingAll", args)];
  if (worst.missing > total / 2) return [say("valuesMissing", args)];
  const some = columns.filter(({ missing }) => missing > 0).length;
  return [say("valuesMissingApart", { missing: count(total), columns: count(some) })];
}

function scaleMessage(columns: readonly TableColumn[]): readonly Message[] {
  const spread = columns.flatMap(({ name, role, numbers }) =>
    role === "feature" && typeof numbers?.std === "number" && numbers.std > 0 ? [{ name, std: numbers.std }] : [],
  );
  if (spread.length < 2) return [];
  const widest = spread.reduce((most, next) => (next.std > most.std ? next : most));
  const ratio = widest.std / median(spread.map(({ std }) => std));
  return ratio < troublingScale ? [] : [say("featuresUnscaled", { feature: widest.name, times: times(ratio) })];
}

function imbalanceMessage({ rowCount }: SourceTable, columns: readonly TableColumn[]): readonly Message[] {
  const classes = columns.find(({ role, words }) => role === "target" && words !== null)?.words?.most ?? [];
  const [most, least] = [classes[0], classes.at(-1)];
  if (most === undefined || least === undefined || !canJudgeBalance(rowCount)) return [];
  if (!isImbalanced(most.count, least.count)) return [];
  return [say("classesUneven", { most: most.word, least: least.word, times: times(most.count / least.count) })];
}
