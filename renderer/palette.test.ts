// The palette keeps its promises: text colours can be read, and colours of one chart can be told apart by everybody.

import { expect, test } from "vitest";
import {
  type ColourRole,
  cellShade,
  contrast,
  gradientColour,
  inkOn,
  palettes,
  parseColour,
  relativeLuminance,
  type ThemeKind,
} from "./theme.ts";

// Machado, Oliveira and Fernandes 2009, severity 1: linear RGB as each kind of vision sees it.
const vision = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const kinds = Object.keys(palettes) as ThemeKind[];
/** The editor backgrounds of the themes that ship with VS Code; dark data colours must also stand on black. */
const backgrounds: Readonly<Record<ThemeKind, readonly string[]>> = {
  light: ["#ffffff"],
  dark: ["#1f1f1f", "#000000"],
  highContrastDark: ["#000000"],
  highContrastLight: ["#ffffff"],
};
const charts: Readonly<Record<string, readonly ColourRole[]>> = {
  "train and validation": ["train", "validation"],
  "train, validation and gradient": ["train", "validation", "gradient"],
  runs: ["run-1", "run-2", "run-3", "run-4", "run-5"],
  classes: ["class-0", "class-1", "class-2", "class-3", "class-4", "class-5", "class-6", "class-7"],
};

for (const kind of kinds) {
  for (const [chart, roles] of Object.entries(charts)) {
    for (const [name, matrix] of Object.entries(vision)) {
      test(`${kind}: ${chart} stay at least 9.9 apart in ${name} vision`, () => {
        expect(
          smallestDistance(
            roles.map((role) => palettes[kind][role]),
            matrix,
          ),
        ).toBeGreaterThanOrEqual(9.9);
      });
    }
  }

  test(`${kind}: colours that carry words have a contrast of 4.5:1 with the page`, () => {
    const worded: readonly ColourRole[] = [
      "train",
      "validation",
      "gradient",
      ...(charts.runs ?? []),
      "run-other",
      "warning",
      "error",
      "good",
      "neutral",
    ];
    for (const role of worded) {
      for (const background of backgrounds[kind]) {
        expect(contrast(palettes[kind][role], background), `${role} on ${background}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test(`${kind}: classes, which are marks only, have a contrast of 3:1`, () => {
    for (const role of charts.classes ?? []) {
      for (const background of backgrounds[kind])
        expect(contrast(palettes[kind][role], background), role).toBeGreaterThanOrEqual(3);
    }
  });

  test(`${kind}: the gradient scale is monotone in luminance up to 10`, () => {
    const luminances = Array.from({ length: 11 }, (_, index) =>
      relativeLuminance(gradientColour(10 ** (index - 9), kind)),
    );
    const sign = kind === "dark" || kind === "highContrastDark" ? 1 : -1;
    for (let index = 1; index < luminances.length; index++) {
      expect(sign * ((luminances[index] ?? 0) - (luminances[index - 1] ?? 0)), `10^${index - 9}`).toBeGreaterThan(0);
    }
  });

  test(`${kind}: numbers can be read on every colour of the scale`, () => {
    for (let exponent = -9; exponent <= 3; exponent += 0.05) {
      const colour = gradientColour(10 ** exponent, kind);
      expect(contrast(inkOn(colour), colour), colour).toBeGreaterThanOrEqual(4.5);
    }
  });
}

for (const kind of kinds)
  test(`${kind}: the number in a cell can be read on every shade that a cell has`, () => {
    const highContrast = kind.startsWith("highContrast");
    for (const page of backgrounds[kind])
      for (const role of ["good", "warning", "class-0", "class-1"] as const) {
        let before = 0;
        for (let share = 0; share <= 1; share += 0.01) {
          const colour = cellShade(page, palettes[kind][role], share, highContrast);
          expect(contrast(inkOn(colour), colour), `${role} ${share}`).toBeGreaterThanOrEqual(highContrast ? 7 : 4.5);
          const far = contrast(page, colour);
          expect(far, "more is never paler").toBeGreaterThanOrEqual(before - 0.01);
          before = far;
        }
      }
  });

function smallestDistance(colours: readonly string[], matrix: readonly number[]): number {
  const seen = colours.map((colour) => oklab(asSeen(colour, matrix)));
  let smallest = Infinity;
  seen.forEach((one, index) => {
    for (const other of seen.slice(index + 1)) {
      smallest = Math.min(smallest, 100 * Math.hypot(...one.map((value, at) => value - (other[at] ?? 0))));
    }
  });
  return smallest;
}

function asSeen(colour: string, matrix: readonly number[]): readonly number[] {
  const linear = parseColour(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [0, 1, 2].map((row) => {
    const value = linear.reduce((sum, channel, column) => sum + channel * (matrix[3 * row + column] ?? 0), 0);
    return Math.min(1, Math.max(0, value));
  });
}

function oklab([red = 0, green = 0, blue = 0]: readonly number[]): readonly number[] {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}
