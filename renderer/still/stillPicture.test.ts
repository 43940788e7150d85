import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type View, viewMimeTypes } from "../../src/shared/views.ts";
import { stillPicture } from "./stillPicture.ts";

const folder = new URL("../../test/renderer/samples/", import.meta.url);
const samples = readdirSync(folder).map((file) => ({
  name: file.replace(".json", ""),
  view: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as View,
}));
const sample = (name: string) => samples.find((each) => each.name === name)?.view as View;
const draw = (view: View, locale: "en" | "ko" = "en") => stillPicture(viewMimeTypes[view.kind], view, locale);

const drawnKinds = ["training", "gradients", "activation", "optimizers", "surface", "boundary", "confusion", "images"];

describe.each(samples)("$name", ({ name, view }) => {
  // Before its first epoch a training has nothing to draw.
  const isDrawn = drawnKinds.includes(view.kind) && !["trainingWaiting", "trainingDivergedAtOnce"].includes(name);

  test(isDrawn ? "is drawn with finite numbers inside of its size" : "is left to its text", () => {
    const picture = draw(view);
    if (!isDrawn) return expect(picture).toBeNull();
    const svg = picture?.svg ?? "";
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    const dots = [...svg.matchAll(/<circle cx="(-?[\d.]+)" cy="(-?[\d.]+)"/g)];
    for (const [, x, y] of dots) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(Number(width));
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(Number(height));
    }
    // GitHub and Jupyter show it within their own pages: no script, no style, nothing from elsewhere.
    expect(svg).not.toMatch(/<(script|style|image|foreignObject)|href|url\(/);
    return expect(svg.length).toBeLessThan(700_000);
  });
});

test("gradients stand on a log axis, each layer in its row", () => {
  const view = sample("gradientsOne");
  if (view.kind !== "gradients") throw new Error("The sample is another view.");
  const rows = view.runs[0]?.layers.length ?? 0;
  const ys = [...(draw(view)?.svg.matchAll(/<circle cx="[\d.]+" cy="([\d.]+)"/g) ?? [])].map(([, y]) => Number(y));
  expect(ys).toHaveLength(rows);
  expect(new Set(ys.slice(1).map((y, index) => y - (ys[index] ?? 0)))).toEqual(new Set([20]));
});

test("its label is the view's sentence in the reader's language", () => {
  expect(draw(sample("trainingVanishing"))?.label).toContain("vanishing");
  expect(draw(sample("trainingVanishing"), "ko")?.label).toContain("기울기 소실");
});

test("names of a stranger's file are text, whatever they hold", () => {
  const view = sample("gradientsOne");
  const text = JSON.stringify(view).replaceAll('"dense_1"', JSON.stringify('</text><script>"&\u0000'));
  const svg = stillPicture(viewMimeTypes.gradients, JSON.parse(text), "en")?.svg ?? "";
  expect(svg).toContain("&lt;/text&gt;&lt;script&gt;&quot;&amp;</text>");
});

test("data that are no view have no picture", () => {
  expect(stillPicture(viewMimeTypes.surface, { kind: "surface", version: 1 }, "en")).toBeNull();
  expect(stillPicture("application/vnd.nnbook.future.v9+json", {}, "en")).toBeNull();
});
