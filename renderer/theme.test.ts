// Theme tables: complete for every kind, fixed in scale.

import { expect, test } from "vitest";
import { gradientColour, palettes, parseColour, themeKindOf, themeRules } from "./theme.ts";

test("every theme kind that VS Code writes has a table, anything else is light", () => {
  expect(
    ["vscode-light", "vscode-dark", "vscode-high-contrast", "vscode-high-contrast-light", "", undefined].map(
      themeKindOf,
    ),
  ).toEqual(["light", "dark", "highContrastDark", "highContrastLight", "light", "light"]);
});

test("all tables name the same roles, and the rules write each of them for each kind", () => {
  const roles = Object.keys(palettes.light);
  for (const [kind, palette] of Object.entries(palettes)) {
    expect(Object.keys(palette).sort()).toEqual([...roles].sort());
    const rule = themeRules()
      .split("\n")
      .find((line) => line.startsWith(`.view[data-theme="${kind}"]`));
    for (const role of roles) expect(rule).toContain(`--nn-${role}: `);
  }
});

test("the gradient scale is fixed: its ends stand at 10⁻⁹ and 10³, and what lies outside takes the end's colour", () => {
  expect(parseColour(gradientColour(1e-9, "light"))).toEqual(parseColour(palettes.light["g-9"]));
  expect(gradientColour(1e-30, "light")).toBe(gradientColour(1e-9, "light"));
  expect(gradientColour(0, "light")).toBe(gradientColour(1e-9, "light"));
  expect(parseColour(gradientColour(1e3, "dark"))).toEqual(parseColour(palettes.dark.g3));
  expect(gradientColour(1e20, "dark")).toBe(gradientColour(1e3, "dark"));
  expect(parseColour(gradientColour(1e-5, "dark"))).toEqual(parseColour(palettes.dark["g-5"]));
});

test("high contrast rounds to powers of ten, other themes do not", () => {
  expect(gradientColour(2e-4, "highContrastDark")).toBe(gradientColour(1e-4, "highContrastDark"));
  expect(gradientColour(2e-4, "dark")).not.toBe(gradientColour(1e-4, "dark"));
});

test("colours are read in the three forms that tables and computed styles use", () => {
  expect(parseColour("#0b67b2")).toEqual([11, 103, 178]);
  expect(parseColour("#abc")).toEqual([170, 187, 204]);
  expect(parseColour("rgba(1, 2, 3, 0.5)")).toEqual([1, 2, 3]);
});
