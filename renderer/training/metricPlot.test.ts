// How the lines of a metric look: what is hidden, pale, or a single point.

import { expect, test } from "vitest";
import { lineLooks } from "./metricPlot.ts";

const theme = { colour: (role: string) => (role === "train" ? "#0000ff" : "#ff0000"), highContrast: false };
const points = (count: number) => Array.from({ length: count }, (_, at) => ({ x: at + 1, y: 1 }));
const none = new Set<"train" | "validation">();

test("a single point is drawn as one, and the points of a line are not", () => {
  const radii = (train: number, validation: number) =>
    lineLooks(theme, { train: points(train), validation: points(validation) }, { smoothing: 0, hidden: none }).map(
      ({ pointRadius }) => pointRadius,
    );
  expect(radii(1, 0)).toEqual([2.5, 0, 0, 0]);
  expect(radii(2, 1)).toEqual([0, 2.5, 0, 0]);
});

test("a hidden role has no line and no moving mean; without smoothing no moving mean is drawn", () => {
  const lines = { train: points(2), validation: points(2) };
  const hidden = (smoothing: number, roles: typeof none) =>
    lineLooks(theme, lines, { smoothing, hidden: roles }).map((look) => look.hidden);
  expect(hidden(0, none)).toEqual([false, false, true, true]);
  expect(hidden(0.5, new Set(["validation"]))).toEqual([false, true, false, true]);
});

test("behind its moving mean a line is pale", () => {
  const lines = { train: points(2), validation: points(2) };
  const [train, , smooth] = lineLooks(theme, lines, { smoothing: 0.5, hidden: none });
  expect(smooth?.borderColor).toBe("#0000ff");
  expect(train?.borderColor).not.toBe("#0000ff");
});
