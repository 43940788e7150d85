// Checks the bundled data sets against a folder of the schema of `data/`: the files themselves, and what the engine reads from them.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Dataset, datasets } from "../../../src/engine/index.ts";
import type { Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison } from "./comparison.ts";

interface DataFile {
  readonly file: string;
  readonly rows: number;
  /** The target is one of them. */
  readonly columns: readonly string[];
  readonly target: string;
  readonly sha256: string;
  readonly column_means: readonly number[];
  readonly column_stds_population: readonly number[];
  readonly classes?: readonly (string | number)[];
  readonly class_counts?: readonly number[];
}

export interface DataManifest {
  readonly datasets: readonly DataFile[];
}

/** The manifest has none of its own: numbers with nine digits, computed from float32 examples. */
const tolerance: Tolerance = { rtol: 1e-5, atol: 1e-6 };

const readers: Readonly<Record<string, () => Dataset>> = {
  "iris.csv": () => datasets.iris(),
  "wine.csv": () => datasets.wine(),
  "digits.csv": () => datasets.digits(),
};

/** The data sets whose files the engine knows. */
export const knownDataFiles: readonly string[] = Object.keys(readers);

export function checkData(manifest: DataManifest, folder: string): CaseResult[] {
  return manifest.datasets.map((each) => checkCase(each.file, () => checkDataFile(each, folder)));
}

function checkDataFile(each: DataFile, folder: string): number {
  const read = readers[each.file];
  if (read === undefined) throw new Error(`The engine has no data set that is read from ${each.file}.`);
  const comparison = new Comparison(tolerance);
  const bytes = readFileSync(path.join(folder, each.file));
  if (createHash("sha256").update(bytes).digest("hex") !== each.sha256)
    throw new Error("The file is not the one whose SHA-256 the manifest has.");
  datasets.useFiles({ [each.file]: bytes.toString("utf8") });
  const data = read();
  const features = each.columns.filter((column) => column !== each.target);
  comparison.numbers([data.x.shape[0] ?? 0], [each.rows]);
  comparison.claim(data.featureNames.join() === features.join(), `the features are ${features.join()}`);
  const columns = features.map((_, column) =>
    [...data.x.data].filter((_number, at) => at % features.length === column),
  );
  const means = columns.map(meanOf);
  comparison.numbers(means, each.column_means);
  const deviations = columns.map((values, at) =>
    Math.sqrt(meanOf(values.map((value) => (value - (means[at] ?? 0)) ** 2))),
  );
  comparison.numbers(deviations, each.column_stds_population);
  if (each.class_counts !== undefined) {
    const counts = each.class_counts.map((_, at) => data.labels.filter((label) => label === at).length);
    comparison.numbers(counts, each.class_counts);
  }
  return comparison.worst;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
