// docs/reference is what the doc comments say now, every link in it leads somewhere, and what matters most is told with its shapes.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { collectNnbookTypes, collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { anchorOf, referenceTexts } from "../scripts/reference/writePages.mts";

import * as engine from "../src/engine/index.ts";
import { TestNotebook, testServer } from "../src/language/notebooks.testing.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "docs", "reference");
// Reads what `tsc -b` wrote.
const texts = referenceTexts(path.join(root, "build", "types"));
const page = (name: string) => texts.get(`${name}.md`) ?? "";

test("the pages are those of the doc comments (npm run docs writes them)", () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) =>
    path.relative(folder, path.join(parentPath, name)).split(path.sep).join("/"),
  );
  expect(names.sort()).toEqual([...texts.keys()].sort());
  const stale = [...texts].filter(([name, text]) => readFileSync(path.join(folder, name), "utf8") !== text);
  expect(
    stale.map(([name]) => name),
    "run npm run docs",
  ).toEqual([]);
});

describe.each([...texts].filter(([name]) => name.endsWith(".md")))("%s", (name, text) => {
  const anchorsIn = (markdown: string) =>
    [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

  test("has no heading twice, and links only to headings and pages that are there", () => {
    const anchors = anchorsIn(text);
    expect(new Set(anchors).size).toBe(anchors.length);
    const pictures = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = ""]) => file);
    expect(pictures.filter((file) => !texts.has(file))).toEqual([]);
    const links = [...text.matchAll(/\]\(([\w-]*\.md)?(#[\w-]+)?\)/g)];
    expect(links.length).toBeGreaterThan(0);
    for (const [, file, anchor] of links) {
      const target = file === undefined ? text : texts.get(file);
      expect(target, `${name} links to ${file}`).toBeDefined();
      if (anchor !== undefined) expect(anchorsIn(target ?? "")).toContain(anchor.slice(1));
    }
  });

  test("has a word on everything", () => {
    const silent = text
      .split(/^### /m)
      .slice(1)
      .filter((part) => {
        const words = part
          .replace(/^.*\n/, "")
          .replace(/```[\s\S]*?```/g, "")
          .trim();
        return words.length < 4;
      });
    expect(silent.map((part) => part.split("\n")[0])).toEqual([]);
  });
});

test("a layer is told with its shapes, its options and an example; an activation with its formula and slope", () => {
  const dense = /### layers\.dense[\s\S]*?(?=\n### )/.exec(page("layers"))?.[0] ?? "";
  expect(dense).toMatch(/`\[batch, …, features\]`/);
  expect(dense).toMatch(/\| `kernelInitializer` \| .*"glorotUniform" by default/);
  expect(dense).toMatch(/\*\*Throws\*\* ShapeError[\s\S]*```ts/);
  expect(page("activations")).toMatch(
    /\| `sigmoid` \| !\[sigmoid\]\(curves\/sigmoid\.svg\) \| `1 \/ \(1 \+ e⁻ˣ\)` \| 0\.25 \|/,
  );
  // Sigmoid passes through a half in the middle (60 of 120 from the top), its slope through a quarter.
  expect(texts.get("curves/sigmoid.svg")).toMatch(/L100 67\.5[\s\S]*L100 60/);
  // From simple to involved.
  expect(page("layers").indexOf("### layers.dense")).toBeLessThan(
    page("layers").indexOf("### layers.multiHeadAttention"),
  );
});

test.each([
  ["losses", ["losses.custom"]],
  ["optimizers", []],
  // What these do is told in words alone.
  ["schedules", ["schedules.piecewise", "schedules.reduceOnPlateau"]],
] as const)("each of the %s is told with its formula, but for %j", (name, inWords: readonly string[]) => {
  const parts = page(name)
    .split(/^### /m)
    .slice(1)
    .filter((part) => part.startsWith(`${name}.`));
  expect(parts.length).toBeGreaterThan(5);
  const without = parts.filter((part) => {
    const words = part.replace(/```[\s\S]*?```/g, "").replace(/^\|.*$/gm, "");
    return ![...words.matchAll(/`[^`]+`/g)].some(([code]) => /[·√²−Σ^] ?\S/.test(code));
  });
  const names = without.map((part) => part.split("\n")[0] ?? "");
  expect(names.filter((each) => !inWords.includes(each))).toEqual([]);
});

test("the words are those of the hovers", () => {
  const types = collectNnbookTypes(path.join(root, "build", "types"));
  const notebook = new TestNotebook(testServer(collectTypescriptLibs(), types));
  const imports = 'import { compare, layers, losses, optimizers, show, tensor } from "nnbook";';
  const places: readonly (readonly [cell: string, page: string])[] = [
    ["layers.conv|2d(8, 3)", "layers"],
    ["layers.ls|tm(4)", "layers"],
    ["losses.hu|ber()", "losses"],
    ["optimizers.ad|am()", "optimizers"],
    ["show.gra|dients([])", "pictures"],
    ["tensor([1]).mat|mul([[1]])", "tensors"],
    ["comp|are", "experiments"],
  ];
  for (const [cell, name] of places) {
    const words = notebook.hover([imports, cell])?.documentation.split("*@")[0]?.trim() ?? "";
    expect(words.length, cell).toBeGreaterThan(20);
    expect(page(name), cell).toContain(words);
  }
});

test("each method has a heading to link to", () => {
  for (const [name, methods] of Object.entries({ models: ["Model.fit", "Model.save"], tensors: ["Tensor.matmul"] }))
    for (const method of methods) {
      expect(page(name)).toContain(`\n#### ${method}\n`);
      expect(page(name)).toContain(`](#${anchorOf(method)})`);
    }
});

test("what is shown as a picture has one, light and dark", () => {
  const pictures = [...texts].filter(([name]) => name.startsWith("pictures/"));
  expect(pictures.length).toBeGreaterThan(10);
  for (const [name, svg] of pictures) expect(svg, name).toContain("prefers-color-scheme:dark");
});

test("an example gives what it says it gives", () => {
  // `… // [1, 2]`: numbers alone, or in lists.
  const examples = [...texts.values()].flatMap((text) => [...text.matchAll(/^(\S.*[^;]) \/\/ (\[.*\]|-?[\d.]+)$/gm)]);
  expect(examples.length).toBeGreaterThan(20);
  for (const [line, code = "", said = ""] of examples) {
    const given: unknown = runInNewContext(code, { ...engine });
    const values = engine.tensor(given instanceof engine.Tensor ? given : (given as number));
    const expected = engine.tensor(JSON.parse(said));
    expect(values.shape, line).toEqual(expected.shape);
    expect(values.sub(expected).abs().max().item(), line).toBeLessThan(1e-6);
  }
});
