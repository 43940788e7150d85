// The real data sets that come with nnbook, read from their CSV files through the host, or as `useFiles` says.

import { describeValue, ValueError } from "../errors.ts";
import { engineHost, setEngineHost } from "../host.ts";
import { readTable } from "./bundledTable.ts";
import type { Dataset } from "./dataset.ts";

const licence = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)";

/**
 * Fisher's irises: 150 flowers of three species, four measures each in centimetres.
 *
 * `x` is `[150, 4]`, `y` is `[150, 3]`, one-hot.
 *
 * @example datasets.iris().standardize().split({ validation: 0.2 })
 */
export function iris(): Dataset {
  return readTable("iris.csv", {
    name: "iris",
    what: "Fisher's irises, four measures in cm of 150 flowers of three species.",
    source: "Fisher, R. A. (1936). Iris. UCI Machine Learning Repository. https://doi.org/10.24432/C56C76",
    licence,
    missing: "none",
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
  return readTable("wine.csv", {
    name: "wine",
    what: "chemical analyses of 178 Italian wines from three cultivars, 13 measures each.",
    source:
      "Aeberhard, S. and Forina, M. (1992). Wine. UCI Machine Learning Repository. https://doi.org/10.24432/C5PC7J",
    licence,
    missing: "none",
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
  return readTable("digits.csv", {
    name: "digits",
    what: "1797 handwritten digits as pictures of 8 × 8 points from 0 to 16.",
    source:
      "Alpaydin, E. and Kaynak, C. (1998). Optical Recognition of Handwritten Digits (test part). UCI Machine Learning Repository. https://doi.org/10.24432/C50P49",
    licence,
    missing: "none",
  });
}

/**
 * Penguins of the Palmer Archipelago, Antarctica: four measures each (bill length, bill depth and flipper length in mm, body mass in g)
 * of 342 birds of three species. The study has 344; two that were not measured are left out.
 *
 * `x` is `[342, 4]`, `y` is `[342, 3]`, one-hot. The masses are thousands, the bills tens: standardize them.
 *
 * @example datasets.penguins().standardize().split({ validation: 0.2 })
 */
export function penguins(): Dataset {
  return readTable(
    "penguins.csv",
    {
      name: "penguins",
      what: "bills and flippers in mm and body mass in g of Antarctic penguins of three species.",
      source:
        "Gorman, K. B., Williams, T. D. and Fraser, W. R. (2014), PLoS ONE 9(3) e90081; Horst, A. M., Hill, A. P. and Gorman, K. B. (2020). palmerpenguins. https://doi.org/10.5281/zenodo.3960218",
      licence: "CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/)",
      missing: "2 of the 344 birds were not measured: left out",
    },
    { leaveOut: true },
  );
}

/**
 * Breast cancer (Wisconsin, diagnostic): 569 cell samples, each described by 30 numbers that were measured in a picture of its cell nuclei
 * (mean, standard error and largest value of ten measures). Which of them are malignant?
 *
 * `x` is `[569, 30]`, `y` is `[569, 1]`: 1 for malignant (212), 0 for benign (357).
 *
 * @example datasets.breastCancer().split({ validation: 0.2, test: 0.2, seed: 1 }).standardize()
 */
export function breastCancer(): Dataset {
  return readTable(
    "breastCancer.csv",
    {
      name: "breastCancer",
      what: "569 samples of breast tissue, 30 measures of the cell nuclei each; 1 is malignant.",
      source:
        "Wolberg, W., Mangasarian, O., Street, N. and Street, W. (1993). Breast Cancer Wisconsin (Diagnostic). UCI Machine Learning Repository. https://doi.org/10.24432/C5DW2B",
      licence,
      missing: "none",
    },
    { target: ["benign", "malignant"] },
  );
}

/**
 * Cars of the years 1970 to 1982: how many miles does each go on a gallon? Regression with 9 features: cylinders, displacement (cubic inches),
 * horsepower, weight (pounds), acceleration (seconds to 60 mph), year, and the origin as three columns of 0 and 1.
 *
 * `x` is `[392, 9]`, `y` is `[392, 1]`, miles per gallon from 9 to 46.6. Six of the 398 cars, whose horsepower is not known, are left out.
 *
 * @example datasets.autoMpg().split({ validation: 0.2, test: 0.2, seed: 1 }).standardize()
 */
export function autoMpg(): Dataset {
  return readTable(
    "autoMpg.csv",
    {
      name: "autoMpg",
      what: "miles per gallon of cars of the years 1970 to 1982, by engine, weight, year and origin.",
      source: "Quinlan, R. (1993). Auto MPG. UCI Machine Learning Repository. https://doi.org/10.24432/C5859H",
      licence,
      missing: "the horsepower of 6 of the 398 cars: left out",
    },
    { target: "number", categories: { origin: ["USA", "Europe", "Japan"] }, leaveOut: true },
  );
}

/** The texts of data files by their names, or what reads one. */
export type DataFiles = Readonly<Record<string, string>> | ((name: string) => string);

/**
 * Says where the data files (`iris.csv`, `autoMpg.csv` …: a file by the name of each real data set) come from, outside a notebook: notebooks
 * have them. Give their texts by name, or a function that reads one at once. Texts add to what was known before, a function replaces it.
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
