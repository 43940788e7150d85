// What a data set says of itself: text for a cell's output, with source and licence.

import type { DatasetParts } from "./dataset.ts";

/** The answer of `about()`: read it as text, or take its fields. */
export class DatasetDescription {
  /** What the data set is called. */
  readonly name: string;
  /** Where it comes from. */
  readonly source: string;
  /** Under which terms it may be used. */
  readonly licence: string;
  /** All of it, a line for each fact. */
  readonly text: string;

  constructor(parts: DatasetParts, sizes: readonly { readonly name: string; readonly size: number }[]) {
    const { origin, featureNames, classNames, steps } = parts;
    this.name = origin.name;
    this.source = origin.source;
    this.licence = origin.licence;
    const rows: [string, string][] = [
      ["examples", sizes.map(({ name, size }) => (sizes.length === 1 ? `${size}` : `${size} ${name}`)).join(", ")],
      ["features", `${featureNames.length}: ${shortList(featureNames)}`],
      classNames.length === 0 ? ["target", "a number"] : ["classes", `${classNames.length}: ${shortList(classNames)}`],
      ["x, y", `[${parts.x.shape.join(", ")}], [${parts.y.shape.join(", ")}]`],
      ...(origin.missing === undefined ? [] : [["missing", origin.missing] as [string, string]]),
      ...(steps.length === 0 ? [] : [["prepared", steps.join(", ")] as [string, string]]),
      ["source", origin.source],
      ["licence", origin.licence],
    ];
    this.text = [`${origin.name}: ${origin.what}`, ...rows.map(([label, text]) => `  ${label.padEnd(9)} ${text}`)].join(
      "\n",
    );
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }
}

function shortList(names: readonly string[]): string {
  return names.length <= 8 ? names.join(", ") : `${names.slice(0, 3).join(", ")} … ${names.at(-1)}`;
}
