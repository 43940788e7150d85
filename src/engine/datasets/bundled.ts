// The real data sets that come with nnbook, read from their CSV files through the host, or as `useFiles` says.

import { describeValue, ValueError } from "../errors.ts";
import { engineHost, setEngineHost } from "../host.ts";
import { Floats } from "../intrinsics.ts";
import { Tensor } from "../tensor.ts";
import { Dataset, type DatasetOrigin, oneHotTargets } from "./dataset.ts";

const licence = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)";

/**
 * Fisher's irises: 150 flowers of three species, four measures each in centimetres.
 *
 * `x` is `[150, 4]`, `y` is `[150, 3]`, one-hot.
 *
 * @example datasets.iris().standardize().split({ validation: 0.2 })
 */
export function iris(): Dataset {
  return readClasses("iris.csv", {
    name: "iris",
    what: "Fisher's irises, four measures in cm of 150 flowers of three species.",
    source: "Fisher, R. A. (1936). Iris. UCI Machine Learning Repository. https://doi.org/10.24432/C56C76",
    licence,
  });
}

/**
 * Chemical analyses of 178 Italian wines from three cultivars, 13 measures each. The measures differ in size by thousands: standardize them.
 *
 * `x` is `[178, 13]`, `y` is `[178, 3]`, one-hot.
 *
 * @example datasets.wine().standardize().split({ validation: 0.2 })
 */
export function wine(): Dataset {
  return readClasses("wine.csv", {
    name: "wine",
    what: "chemical analyses of 178 Italian wines from three cultivars, 13 measures each.",
    source:
      "Aeberhard, S. and Forina, M. (1992). Wine. UCI Machine Learning Repository. https://doi.org/10.24432/C5PC7J",
    licence,
  });
}

/**
 * Handwritten digits: 1797 pictures of 8 × 8 points, each from 0 (white) to 16.
 *
 * `x` is `[1797, 64]`, row by row; `y` is `[1797, 10]`, one-hot.
 *
 * @example datasets.digits().standardize().split({ validation: 0.2, seed: 1 })
 */
export function digits(): Dataset {
  return readClasses("digits.csv", {
    name: "digits",
    what: "1797 handwritten digits as pictures of 8 × 8 points from 0 to 16.",
    source:
      "Alpaydin, E. and Kaynak, C. (1998). Optical Recognition of Handwritten Digits (test part). UCI Machine Learning Repository. https://doi.org/10.24432/C50P49",
    licence,
  });
}

/** The texts of data files by their names, or what reads one. */
export type DataFiles = Readonly<Record<string, string>> | ((name: string) => string);

/**
 * Says where `iris.csv`, `wine.csv` and `digits.csv` come from, outside a notebook: notebooks have them. Give their texts by
 * name, or a function that reads one at once. Texts add to what was known before, a function replaces it.
 *
 * @example datasets.useFiles((name) => readFileSync(new URL(`data/${name}`, folder), "utf8"))
 * @example datasets.useFiles({ "iris.csv": await (await fetch("data/iris.csv")).text() })
 */
export function useFiles(files: DataFiles): void {
  if (typeof files === "function") {
    setEngineHost({ readDataFile: files });
    return;
  }
  const isGiven = typeof files === "object" && files !== null;
  if (!isGiven || Object.values(files).some((text) => typeof text !== "string"))
    throw new ValueError({
      op: "datasets.useFiles",
      expected: "the texts of data files by their names, or a function that gives the text of one",
      got: describeValue(files),
      hint: 'For example { "iris.csv": text }; await the text before.',
    });
  const { readDataFile: before } = engineHost();
  const texts = { ...files };
  setEngineHost({ readDataFile: (name) => texts[name] ?? before(name) });
}

/** A table with a header line, numbers, and the class in the last column. Classes are in order: by number, else as they first appear. */
function readClasses(file: string, origin: DatasetOrigin): Dataset {
  const lines = readLines(file, origin.name);
  const header = (lines[0] ?? "").split(",");
  const featureNames = header.slice(0, -1);
  const cells = lines.slice(1).map((line) => line.split(","));
  const named = [...new Set(cells.map((row) => row.at(-1) ?? ""))];
  const areNumbers = named.every((name) => name !== "" && Number.isFinite(Number(name)));
  const classNames = areNumbers ? named.sort((left, right) => Number(left) - Number(right)) : named;
  const numbers = new Floats(cells.length * featureNames.length);
  cells.forEach((row, index) => {
    if (row.length !== header.length) throw damaged(file, origin.name, `${row.length} values in line ${index + 2}`);
    featureNames.forEach((_, column) => {
      const value = Number(row[column]);
      if (row[column] === "" || !Number.isFinite(value))
        throw damaged(file, origin.name, `"${row[column]}" in line ${index + 2}`);
      numbers[index * featureNames.length + column] = value;
    });
  });
  const labels = cells.map((row) => classNames.indexOf(row.at(-1) ?? ""));
  return new Dataset({
    origin,
    task: "classification",
    x: new Tensor([cells.length, featureNames.length], numbers),
    y: oneHotTargets(labels, classNames.length),
    labels,
    featureNames,
    classNames: areNumbers ? classNames.map((name) => (origin.name === "digits" ? name : `class ${name}`)) : classNames,
    steps: [],
  });
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
      hint: "Install nnbook again.",
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
