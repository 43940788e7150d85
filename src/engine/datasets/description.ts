// What a data set says of itself: text for a cell's output, with source and licence.

import { type DatasetFacts, engineHost } from "../host.ts";
import type { DatasetParts } from "./dataset.ts";

/** The answer of `about()`: read it as text, or take its fields. */
export class DatasetDescription {
  /** What the data set is called. */
  readonly name: string;
  /** Where it comes from. */
  readonly source: string;
  /** Under which terms it may be used. */
  readonly licence: string;
  readonly #facts: DatasetFacts;

  constructor(parts: DatasetParts, sizes: DatasetFacts["sizes"]) {
    const { origin, featureNames, classNames, steps, x, y } = parts;
    this.name = origin.name;
    this.source = origin.source;
    this.licence = origin.licence;
    this.#facts = { origin, sizes, featureNames, classNames, shapes: [x.shape, y.shape], steps };
  }

  /** All of it, a line for each fact, in the reader's language. */
  get text(): string {
    return engineHost().describeDataset(this.#facts) ?? englishDescription(this.#facts);
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }
}

function englishDescription({ origin, sizes, featureNames, classNames, shapes, steps }: DatasetFacts): string {
  const [x, y] = shapes;
  const rows: [string, string][] = [
    ["examples", sizes.map(({ name, size }) => (sizes.length === 1 ? `${size}` : `${size} ${name}`)).join(", ")],
    ["features", `${featureNames.length}: ${shortList(featureNames)}`],
    classNames.length === 0 ? ["target", "a number"] : ["classes", `${classNames.length}: ${shortList(classNames)}`],
    ["x, y", `[${x.join(", ")}], [${y.join(", ")}]`],
    ...(origin.missing === undefined ? [] : [["missing", origin.missing] as [string, string]]),
    ...(steps.length === 0 ? [] : [["prepared", steps.join(", ")] as [string, string]]),
    ["source", origin.source],
    ["licence", origin.licence],
  ];
  return [`${origin.name}: ${origin.what}`, ...rows.map(([label, text]) => `  ${label.padEnd(9)} ${text}`)].join("\n");
}

/** All names where they are few, else the first and the last of them. */
export function shortList(names: readonly string[]): string {
  return names.length <= 8 ? names.join(", ") : `${names.slice(0, 3).join(", ")} … ${names.at(-1)}`;
}
