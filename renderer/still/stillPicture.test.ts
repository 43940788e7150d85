// Pictures without a browser: each sample view as SVG, with nothing cut off and nothing of a file read as markup.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type View, viewMimeTypes } from "../../src/shared/views.ts";
import { stillPicture } from "./stillPicture.ts";
import { cutText, wrapText } from "./svgDrawing.ts";

const folder = new URL("../../test/renderer/samples/", import.meta.url);
const samples = readdirSync(folder).map((file) => ({
  name: file.replace(".json", ""),
  view: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as View,
}));
const sample = (name: string) => samples.find((each) => each.name === name)?.view as View;
const draw = (view: View, locale: "en" | "ko" = "en") => stillPicture(viewMimeTypes[view.kind], view, locale);

describe.each(samples)("$name", ({ name, view }) => {
  // Before its first epoch a training has nothing to draw, and in a picture nothing can be chosen.
  const isDrawn = view.kind !== "control" && !["trainingWaiting", "trainingDivergedAtOnce"].includes(name);

  test.each(["en", "ko"] as const)(
    isDrawn ? "is drawn inside of its size (%s)" : "is left to its text (%s)",
    (locale) => {
      const picture = draw(view, locale);
      if (!isDrawn) return expect(picture).toBeNull();
      const svg = picture?.svg ?? "";
      expect(svg).not.toMatch(/ (?:x|y|cx|cy|r|d|width|height|points|viewBox)="[^"]*(?:NaN|Infinity|undefined)/);
      expect(svg).not.toContain("undefined");
      const [, width, height] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
      expect(width).toBeLessThanOrEqual(1040);
      expect(height).toBeLessThanOrEqual(2600);
      for (const [, x, y] of svg.matchAll(/<(?:circle cx|rect x|text x)="(-?[\d.]+)" (?:c?y)="(-?[\d.]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(width ?? 0);
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(height ?? 0);
      }
      // GitHub and Jupyter show it within their own pages: no script, nothing from elsewhere, no style but that of a dark page.
      const style = /<style>@media \(prefers-color-scheme:dark\)\{(\.[\w-]+\{(fill|stroke):[^{}<;]+\})+\}<\/style>/;
      expect(svg).toMatch(style);
      expect(svg.replace(style, "")).not.toMatch(/<(script|style|image|foreignObject)|href|url\(/);
      expect(svg).toContain(`<title>${picture?.label.split(":")[0]}</title>`);
      return expect(svg.length).toBeLessThan(700_000);
    },
  );
});

test("a deep network keeps its size: the first layers, and how many more there are", () => {
  const view = sample("networkRun");
  if (view.kind !== "network") throw new Error("The sample is another view.");
  const [input, first] = view.nodes;
  const layers = Array.from({ length: 100 }, (_, at) => ({ ...first, name: `deep_${at}`, takes: [at] }));
  const svg = draw({ ...view, nodes: [input, ...layers] as typeof view.nodes, units: null })?.svg ?? "";
  expect(svg).toContain(">deep_58<");
  expect(svg).not.toContain(">deep_59<");
  expect(svg).toContain(">and 41 more<");
});

test("a long name of a layer stands whole, in lines where there is no room for one; ends have dashed borders", () => {
  const view = sample("networkRun");
  if (view.kind !== "network") throw new Error("The sample is another view.");
  const long = "an_encoder_block_with_a_long_name_1_dense_2_of_two";
  const named = (takes: readonly number[] | null) => {
    const nodes = view.nodes.map((node, at) =>
      at === 2 ? { ...node, name: long, takes: takes ?? node.takes } : at === 3 ? { ...node, takes: [1, 2] } : node,
    );
    return draw({ ...view, nodes, run: null })?.svg ?? "";
  };
  for (const svg of [named(null), named([0])]) {
    const texts = [...svg.matchAll(/font-weight="600"[^>]*>([^<]*)</g)].map(([, text]) => text).join("");
    expect(texts).toContain(long);
    expect(svg.match(/stroke-dasharray="3 2"/g)).toHaveLength(2);
  }
});

test("text that is too long for its place is broken or cut", () => {
  expect(wrapText("one two three", 50)).toEqual(["one two", "three"]);
  expect(wrapText("a".repeat(40), 70)).toEqual([`${"a".repeat(8)}…`]);
  expect(cutText("short", 100)).toBe("short");
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

test("a surface shows in its picture where its paths begin, as on the page", () => {
  const view = sample("surfaceBeale");
  expect(draw(view)?.svg).toContain(">start</text>");
  expect(draw(view, "ko")?.svg).toContain(">출발점</text>");
  expect(draw({ ...view, start: null } as View)?.svg).not.toContain(">start</text>");
});

test("data that are no view have no picture", () => {
  expect(stillPicture(viewMimeTypes.surface, { kind: "surface", version: 1 }, "en")).toBeNull();
  expect(stillPicture("application/vnd.nnbook.future.v9+json", {}, "en")).toBeNull();
});

test("a training shows in its picture where it stopped, or was no number any more, and its best validation", () => {
  const stopped = draw(sample("trainingStopped"))?.svg ?? "";
  expect(stopped).toContain('stroke-dasharray="3 3"');
  expect(stopped).toContain("a4 4 0 1 0 8 0");
  // All planned epochs, as on the page.
  expect(stopped).toContain(">40<");
  expect(draw(sample("trainingDiverged"))?.svg).toContain(">NaN at step 25<");
  expect(draw(sample("trainingFinished"))?.svg).not.toContain('stroke-dasharray="3 3"');
});

test("a matrix has its shares, a boundary its line and marks, and what is not finite is hatched, as on the page", () => {
  const matrix = draw(sample("confusionIris"))?.svg ?? "";
  for (const text of ["recall", "precision", "44 %", "65 %", "0"]) expect(matrix).toContain(`>${text}</text>`);
  const boundary = draw(sample("boundaryMoons"))?.svg ?? "";
  expect(boundary).toContain(">validation: hollow</text>");
  // The line lies on a wider one of the page's colour.
  expect(boundary.match(/<path d="[^"]*" fill="none" stroke-width="4"/g)).toHaveLength(1);
  expect(boundary.match(/ stroke-width="1.8"/g)?.length).toBeGreaterThan(1);
  expect(draw(sample("tensorSmall"))?.svg).toMatch(/<path d="M[^"]*" fill="none" stroke-width="1.5"/);
});
