// The points of a line that grows, changes its axis or its smoothing, or is replaced.

import { expect, test } from "vitest";
import type { ViewNumber } from "../../src/shared/json.ts";
import type { TrainingView } from "../../src/shared/views.ts";
import { LineFiller, type Point } from "./metricLines.ts";

const view = {} as TrainingView;

function filler() {
  const line: Point[] = [];
  const smooth: Point[] = [];
  const fill = new LineFiller(line, smooth);
  return (values: readonly ViewNumber[], log = false, smoothing = 0) => {
    fill.fill(values, view, { log, smoothing });
    return { line: [...line.map((point) => ({ ...point }))], smooth: [...smooth.map((point) => ({ ...point }))] };
  };
}

test("whatever came before, the points are those of the values as they stand now", () => {
  const values: readonly ViewNumber[] = Array.from({ length: 3_000 }, (_, at) =>
    at % 500 === 7 ? "NaN" : Math.sin(at),
  );
  const shown = filler();
  const steps: readonly (readonly [readonly ViewNumber[], boolean, number])[] = [
    [values.slice(0, 900), false, 0],
    [values.slice(0, 1_900), false, 0],
    [values.slice(0, 2_000), true, 0],
    [values.slice(0, 2_000), true, 0.9],
    [values.slice(0, 2_900), true, 0.9],
    [values.slice(1, 2_950), true, 0.9],
    [values.slice(0, 20), false, 0.5],
    [values, false, 0],
  ];
  for (const step of steps) expect(shown(...step)).toEqual(filler()(...step));
});
