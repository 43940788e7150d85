// The pure parts of the layer card: its rows, its place, its text.

import { describe, expect, test } from "vitest";
import type { GradientsLayer } from "../../src/shared/views.ts";
import { placeCard } from "./cardPlace.ts";
import { cardRows, tableText } from "./cardRows.ts";

const layer: GradientsLayer = {
  name: "dense_3",
  type: "dense",
  activation: "sigmoid",
  inputShape: [null, 16],
  outputShape: [null, 16],
  parameters: 272,
  sentence: { tone: "warning", messages: [] },
  series: {
    meanAbs: [1, 5.67e-8],
    mean: [1, 1.23e-8],
    std: [1, 9.6e-8],
    l2: [1, 0.0074],
    max: [1, "Infinity"],
    zeroShare: [0, 0.004],
    nearZeroShare: [0, 0.75],
    signalMeanAbs: [1, 3.2e-8],
    signalL2: [],
    signalMax: [],
    weightMean: [0, 0.01],
    weightStd: [0.2, 0.21],
    updateRatio: [1, 2.7e-7],
    activationMean: [1, 0.48],
    activationStd: [1, 0.15],
    saturatedShare: [0, 0.42],
    deadShare: [null, null],
  },
};

describe("the card's rows", () => {
  test("word the numbers of one recorded step", () => {
    const rows = Object.fromEntries(cardRows([{ layer, index: 1 }], "en").map((row) => [row.id, row.cells[0]]));
    expect(rows).toEqual({
      meanAbs: "5.67×10⁻⁸",
      mean: "1.2×10⁻⁸ ± 9.6×10⁻⁸",
      size: "0.0074, ∞",
      zeroShare: "< 1 %, 75 %",
      signal: "3.2×10⁻⁸",
      weights: "0.010 ± 0.21",
      updateRatio: "2.7×10⁻⁷",
      activation: "0.48 ± 0.15",
      lost: "42 %, –",
    });
  });

  test("have a dash, never a zero, where a run has no such layer or no record", () => {
    const rows = cardRows(
      [
        { layer: null, index: 1 },
        { layer, index: -1 },
      ],
      "en",
    );
    expect(new Set(rows.flatMap((row) => row.cells))).toEqual(new Set(["–"]));
  });

  test("can be copied into a spreadsheet", () => {
    expect(tableText(["step 6", "sigmoid"], [["mean |g|", "5.67×10⁻⁸"]])).toBe("step 6\tsigmoid\nmean |g|\t5.67×10⁻⁸");
  });
});

describe("the card's place", () => {
  const anchor = { left: 0, top: 100, width: 120, height: 24 };
  const keep = { left: 0, top: 40, width: 450, height: 264 };

  test("is beside the names and the plot where there is room", () => {
    const place = placeCard({
      anchor,
      keep,
      holder: { width: 980, height: 420 },
      wantedWidth: 380,
      height: 340,
    });
    expect(place).toEqual({ left: 466, top: 52, width: 380 });
  });

  test("is below the row on a narrow page, and above it near the bottom", () => {
    const narrow = { keep, holder: { width: 600, height: 500 }, wantedWidth: 380, height: 300 };
    expect(placeCard({ ...narrow, anchor })).toEqual({ left: 220, top: 128, width: 380 });
    expect(placeCard({ ...narrow, anchor: { ...anchor, top: 400 } })).toEqual({ left: 220, top: 96, width: 380 });
  });
});
