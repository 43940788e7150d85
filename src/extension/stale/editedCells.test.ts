// Which cells ran with other code than there is now: what merely ran again is not among them.

import { expect, test } from "vitest";
import { cellNames } from "../../language/change/cellNames.ts";
import type { CellState, LastRun } from "./cellStates.ts";
import { editedSinceRun } from "./editedCells.ts";

const texts = {
  data: "const data = load();",
  model: "const model = make();",
  fit: "const run = await model.fit(data);",
};

/** The notebook after its cells ran in order, with these texts now, and these cells run once more. */
function edited(now: Partial<typeof texts>, runAgain: readonly (keyof typeof texts)[] = [], kernel = 1): string[] {
  let order = 0;
  const ran = (text: string, before: LastRun | null): LastRun => {
    const names = cellNames(text);
    order++;
    const history = before?.history ?? [];
    const isSame = before?.names.code === names.code;
    return {
      names,
      order,
      history: isSame ? history : [...history, { names, order }],
      kernel: 1,
      outcome: "succeeded",
    };
  };
  const cells = Object.entries(texts).map(
    ([id, text]): CellState => ({
      id,
      names: cellNames({ ...texts, ...now }[id as keyof typeof texts]),
      lastRun: ran(text, null),
      isUnderWay: false,
      hasOutputs: true,
    }),
  );
  const again = cells.map((cell) =>
    runAgain.includes(cell.id as keyof typeof texts)
      ? { ...cell, lastRun: ran({ ...texts, ...now }[cell.id as keyof typeof texts], cell.lastRun) }
      : cell,
  );
  const state = { cells: again, kernel, deaths: new Map(), removedNames: new Set<string>() };
  return [...editedSinceRun(state)];
}

test("a cell that was edited, and those that take from it", () => {
  expect(edited({})).toEqual([]);
  expect(edited({ data: "const data = load(2);" })).toEqual(["data", "fit"]);
  expect(edited({ data: "// only a comment\nconst data = load();" })).toEqual([]);
  expect(edited({ model: "const model = make(2);" })).toEqual(["model", "fit"]);
});

test("also once the edited cell has run; not where it ran again as it was, and not after a restart alone", () => {
  expect(edited({ data: "const data = load(2);" }, ["data"])).toEqual(["fit"]);
  expect(edited({}, ["data", "model"])).toEqual([]);
  expect(edited({ data: "const data = load(2);" }, ["data", "fit"])).toEqual([]);
  expect(edited({}, [], 2)).toEqual([]);
  expect(edited({ data: "const data = load(2);" }, [], 2)).toEqual(["data", "fit"]);
});
