// The notebooks that ship, run from top to bottom: nothing in them is out of date, and each cell needs those above alone.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cellNames } from "../../language/change/cellNames.ts";
import type { CellState } from "./cellStates.ts";
import { cellsToRun, staleCells } from "./staleCells.ts";

const folder = new URL("../../../media/samples/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".nnbook"));

test.each(files)("%s", (file) => {
  const { cells } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
    cells: { kind: string; source: string[] }[];
  };
  const code = cells.filter(({ kind }) => kind === "code").map(({ source }) => cellNames(source.join("\n")));
  const ran = code.map((names, order): CellState => {
    const lastRun = { names, order, history: [{ names, order }], kernel: 1, outcome: "succeeded" } as const;
    return { id: String(order), names, lastRun, isUnderWay: false, hasOutputs: true };
  });
  const rest = { kernel: 1, deaths: new Map<number, string>(), removedNames: new Set<string>() };
  expect(Object.fromEntries(staleCells({ cells: ran, ...rest }))).toEqual({});
  const fresh = ran.map((cell) => ({ ...cell, lastRun: null }));
  for (const [index] of fresh.entries()) {
    const needed = cellsToRun({ cells: fresh, ...rest }, String(index)).map(Number);
    expect(needed.at(-1)).toBe(index);
    expect(needed, "in their order, and none below").toEqual([...needed].sort((a, b) => a - b));
  }
});
