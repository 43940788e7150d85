// Names that are longer than their room keep what tells them apart.

import { expect, it } from "vitest";
import { fittedName } from "./fittedName.ts";

/** Every letter is ten wide. */
const widthOf = (text: string) => [...text].length * 10;

it("leaves a name whole that fits, and cuts a longer one in its middle", () => {
  expect(fittedName("much too fast", 130, widthOf)).toBe("much too fast");
  expect(fittedName("much too fast", 100, widthOf)).toBe("much…fast");
});

it("keeps the ends by which names differ", () => {
  const names = ["Adam, learning rate 0.01", "Adam, learning rate 0.001"].map((name) => fittedName(name, 120, widthOf));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(widthOf(name)).toBeLessThanOrEqual(120);
});

it("splits no letter of two units, and ends with dots alone where there is no room", () => {
  expect(fittedName("🦁🐯🐻🐼🐨", 30, widthOf)).toBe("🦁…🐨");
  expect(fittedName("Adam", 5, widthOf)).toBe("…");
});
