// What is in the bundles and in the package, and how large it is. Reads what `npm run build` left in dist/ and build/meta.

import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { listFiles } from "@vscode/vsce";
import type { Metafile } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { bundles, vsixBudgetBytes } from "../scripts/bundles.mts";
import { packageOf } from "../scripts/thirdPartyNotices.mts";

const root = path.resolve(import.meta.dirname, "..");

/** The folders of ours and the packages that may go into each bundle. */
const contents: Readonly<Record<string, readonly string[]>> = {
  extension: ["src/extension", "src/session", "src/notebook", "src/shared", "jsonc-parser"],
  languageWorker: [
    "src/language",
    "src/notebook",
    "src/shared",
    "typescript",
    "acorn",
    "magic-string",
    "@jridgewell/remapping",
    "@jridgewell/trace-mapping",
    "@jridgewell/gen-mapping",
    "@jridgewell/sourcemap-codec",
    "@jridgewell/resolve-uri",
    "jsonc-parser",
  ],
  kernel: ["src/kernel", "src/shared"],
  kernelWorker: [
    "src/kernel",
    "src/engine",
    "src/insights",
    "src/shared",
    "@jridgewell/trace-mapping",
    "@jridgewell/sourcemap-codec",
    "@jridgewell/resolve-uri",
  ],
  computeWorker: ["src/kernel", "src/engine"],
  jobWorker: ["src/kernel", "src/engine"],
  exporters: ["src/kernel", "src/engine"],
  unknownNames: ["src/kernel", "src/shared"],
  modelRules: ["src/insights", "src/engine"],
  cli: ["src/cli", "src/session", "src/notebook", "src/shared", "jsonc-parser"],
  convert: [
    "src/convert",
    "renderer",
    "src/notebook",
    "src/shared",
    "@vscode/markdown-it-katex",
    "katex",
    "markdown-it",
    "entities",
    "linkify-it",
    "mdurl",
    "punycode.js",
    "uc.micro",
    "highlight.js",
    // What is imported is read as notebooks are, with the place of a mistake.
    "jsonc-parser",
  ],
  renderer: ["renderer", "src/shared", "chart.js", "@kurkle/color"],
  page: ["renderer", "src/shared"],
  grid: ["renderer", "src/shared"],
  engine: ["src/engine", "src/engineAlone"],
  engineHelper: ["src/engine", "src/engineAlone"],
  engineJobs: ["src/engine", "src/engineAlone"],
};

describe.each(bundles)("the bundle $name", (bundle) => {
  test("holds only what belongs into it", () => {
    const inputs = inputsOf(bundle.name);
    expect(inputs.length).toBeGreaterThan(0);
    const foreign = inputs.filter((input) => !contents[bundle.name]?.includes(originOf(input)));
    expect(foreign, `allowed: ${contents[bundle.name]?.join(", ")}`).toEqual([]);
  });

  test(`has at most ${bundle.budgetBytes} bytes`, () => {
    expect(statSync(path.join(root, bundle.output)).size).toBeLessThanOrEqual(bundle.budgetBytes);
  });

  test("is made from the sources as they are now", () => {
    const builtMs = statSync(path.join(root, bundle.output)).mtimeMs;
    const newer = inputsOf(bundle.name).filter(
      (input) => !existsSync(path.join(root, input)) || statSync(path.join(root, input)).mtimeMs > builtMs,
    );
    expect(newer, "run npm run build").toEqual([]);
  });
});

test("no bundle of the extension names a map: a debugger would look for one that does not ship, and say so", () => {
  const shipped = bundles.filter(({ isLibrary }) => !isLibrary);
  const naming = shipped.filter(({ output }) => {
    const text = readFileSync(path.join(root, output), "utf8");
    // The words alone stand in what writes maps for cells.
    return /^\/\/# sourceMappingURL=/m.test(text.slice(-200));
  });
  expect(naming.map(({ output }) => output)).toEqual([]);
});

test("the extension takes VS Code's API once: a copy for each file would be most of its start", () => {
  const text = readFileSync(path.join(root, "dist", "extension.cjs"), "utf8");
  expect(text.match(/require\("vscode"\)/g)).toHaveLength(1);
});

describe("the package", () => {
  let files: readonly string[];
  beforeAll(async () => {
    // 0 is "no package manager": node_modules stays out.
    files = (await listFiles({ cwd: root, packageManager: 0 })).map((file) => file.split(path.sep).join("/"));
  }, 120_000);

  test("holds what runs and what is read, and nothing else", () => {
    // The engine alone is for programs outside VS Code.
    const isOutside = (file: string) => file.startsWith("dist/engine/");
    for (const { output } of bundles) if (!isOutside(output)) expect(files).toContain(output);
    expect(files.filter(isOutside)).toEqual([]);
    const texts = ["dist/typescriptLibs.json", "dist/nnbookTypes.json", "dist/thirdPartyNotices.txt", "NOTICE"];
    for (const file of [...texts, "package.json", "package.nls.ko.json"]) expect(files).toContain(file);
    expect(files.some((file) => /^dist\/data\/.+\.csv$/.test(file))).toBe(true);
    expect(files.some((file) => /^media\/samples\/.+\.nnbook$/.test(file))).toBe(true);
    for (const file of [
      "media/templates/newNotebook.nnbook",
      "docs/problems.md",
      "docs/problems.ko.md",
      "docs/reference/layers.md",
    ])
      expect(files).toContain(file);
    const kinds =
      /\.(cjs|js|json|csv|nnbook|svg|png|webp|md)$|^(LICENSE|NOTICE|bin\/nnbook(\.cmd)?|dist\/thirdPartyNotices\.txt)$/;
    const folders = /^(bin|dist|docs|l10n|media|schemas|syntaxes)\/|^[^/]+$/;
    expect(files.filter((file) => !kinds.test(file) || !folders.test(file))).toEqual([]);
  });

  test("holds whatever its page links to", () => {
    const links = [...readFileSync(path.join(root, "README.md"), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)];
    const targets = links.map(([, target = ""]) => decodeURI(target));
    expect(targets.length).toBeGreaterThan(15);
    const isThere = (target: string) => files.some((file) => file === target || file.startsWith(`${target}/`));
    expect(targets.filter((target) => !isThere(target))).toEqual([]);
  });

  test(`has at most ${vsixBudgetBytes} bytes`, () => {
    // Each file compressed by itself, and its two entries in the archive's lists, as a ZIP does it.
    const sizes = files.map(
      (file) => deflateRawSync(readFileSync(path.join(root, file))).length + 2 * (60 + file.length),
    );
    expect(sizes.length).toBeGreaterThan(50);
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(vsixBudgetBytes);
  });

  test("passes on the licence of every package whose code is in it", () => {
    const notices = readFileSync(path.join(root, "dist", "thirdPartyNotices.txt"), "utf8");
    const parts = notices.split(/^={80}$/m);
    const inputs = bundles.flatMap((bundle) => Object.keys(metafile(bundle.name).inputs));
    const packages = [...new Set(inputs.flatMap((input) => packageOf(input) ?? []))];
    expect(packages).toEqual(expect.arrayContaining(["typescript", "chart.js", "acorn", "jsonc-parser", "katex"]));
    for (const name of packages) {
      const part = parts.find((text) => text.trim().startsWith(`${name} `));
      expect(part, name).toMatch(/permission is hereby granted|apache license|redistribution and use/i);
    }
  });
});

function metafile(name: string): Metafile {
  const file = path.join(root, "build", "meta", `${name}.json`);
  if (!existsSync(file)) throw new Error(`There is no ${path.relative(root, file)}: run npm run build first.`);
  return JSON.parse(readFileSync(file, "utf8")) as Metafile;
}

/** What a bundle is made of; the module that asks for VS Code's API is no file. */
function inputsOf(name: string): string[] {
  return Object.keys(metafile(name).inputs).filter((input) => !input.startsWith("vscode-once:"));
}

/** The package, or the folder of ours, that an input comes from. */
function originOf(input: string): string {
  const inPackage = packageOf(input);
  if (inPackage !== null) return inPackage;
  const [first = "", second = ""] = input.split("/");
  return first === "src" ? `${first}/${second}` : first;
}
