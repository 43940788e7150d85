// The walls: who may import whom, as data. Change the table only in a commit that says why.

import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

interface Wall {
  /** Our own folders, beside the folder itself. */
  readonly folders: readonly string[];
  /** Packages; `node:*` stands for all of Node's own. */
  readonly packages: readonly string[];
}

const walls: Readonly<Record<string, Wall>> = {
  "src/shared": { folders: [], packages: [] },
  "src/engine": { folders: [], packages: [] },
  "src/engineAlone": { folders: ["src/engine"], packages: ["node:*"] },
  "src/insights": { folders: ["src/engine", "src/shared"], packages: [] },
  "src/notebook": { folders: ["src/shared"], packages: ["jsonc-parser"] },
  "src/convert": {
    // Of the renderer the pictures that need no browser.
    folders: ["src/notebook", "src/shared", "renderer/still"],
    packages: [
      "@vscode/markdown-it-katex",
      "markdown-it",
      "highlight.js/lib/core",
      ...["bash", "json", "python", "typescript"].map((language) => `highlight.js/lib/languages/${language}`),
      "node:*",
    ],
  },
  "src/language": {
    folders: ["src/notebook", "src/shared"],
    packages: ["typescript", "acorn", "magic-string", "@jridgewell/remapping", "@jridgewell/trace-mapping", "node:*"],
  },
  "src/kernel": {
    folders: ["src/engine", "src/insights", "src/shared"],
    packages: ["@jridgewell/trace-mapping", "node:*"],
  },
  "src/session": { folders: ["src/shared"], packages: ["node:*"] },
  // Of `src/convert` they import types alone: test/bundles.test.ts sees that none of its code comes with them.
  "src/extension": {
    folders: ["src/shared", "src/notebook", "src/session", "src/convert"],
    packages: ["vscode", "node:*"],
  },
  "src/cli": { folders: ["src/shared", "src/notebook", "src/session", "src/convert"], packages: ["node:*"] },
  renderer: { folders: ["src/shared"], packages: ["chart.js", "chart.js/auto", "vscode-notebook-renderer"] },
};

/** Inside the engine: a file imports only from its own floor and those below. Files that no floor names are the ground. */
const engineFloors: readonly (readonly string[])[] = [
  ["backend"],
  [
    "tensor.ts",
    "tensorMethods",
    "tensorFunctions.ts",
    "tape.ts",
    "execute.ts",
    "autodiff.ts",
    "interruption.ts",
    "gradientGraph.ts",
    "expression.ts",
    "preciseExpression.ts",
    "weightRange.ts",
    "ops",
  ],
  ["activations", "initializers", "regularizers", "constraints"],
  ["layers", "losses", "optimizers", "metrics"],
  ["datasets", "training", "saving", "exports"],
  ["experiments"],
  ["index.ts"],
];

/** Imports upwards that stand, each with its reason. */
const engineExceptions: readonly string[] = [
  // A type alone: what the host gives.
  "src/engine/host.ts imports src/engine/exports/exporter.ts",
  // A type alone: observers are told of the run itself.
  "src/engine/host.ts imports src/engine/training/run.ts",
  "src/engine/host.ts imports src/engine/experiments/race.ts",
];

const mostLines = 400;

interface SourceFile {
  /** From the root, with `/`. */
  readonly name: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files = Object.keys(walls).flatMap(readFolder);
const shippedFiles = files.filter((file) => !/\.(test|testing)\.ts$/.test(file.name));
const allFiles = [...files, ...["scripts", "test"].flatMap(readFolder)];

describe("the walls", () => {
  test.each(Object.entries(walls))("%s imports only what it may", (folder, wall) => {
    const own = shippedFiles.filter((file) => isInside(file.name, folder));
    expect(own.length, `${folder} holds no files: is the table out of date?`).toBeGreaterThan(0);
    const forbidden = own.flatMap((file) =>
      file.imports
        .filter((imported) => !isAllowed(file, imported, folder, wall))
        .map((imported) => `${file.name} imports "${imported}"`),
    );
    const allowed = [folder, ...wall.folders, ...wall.packages].join(", ");
    expect(forbidden, `${folder} may import: ${allowed}`).toEqual([]);
  });

  test("every folder with code has a row in the table", () => {
    const folders = readdirSync(path.join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => `src/${entry.name}`).sort()).toEqual(
      Object.keys(walls)
        .filter((folder) => folder.startsWith("src/"))
        .sort(),
    );
  });

  test.each([
    'import { x } from "./there.ts";',
    'import type { X } from "./there.ts";',
    'import "./there.ts";',
    'import * as x from "./there.ts";',
    'export * from "./there.ts";',
    'export * as x from "./there.ts";',
    'export type { X } from "./there.ts";',
    'const x = await import("./there.ts");',
    "const x = [await import(`./there.ts`)];",
    'type X = import("./there.ts").X;',
    'let x: typeof import("./there.ts");',
    'import x = require("./there.ts");',
    'const x = require("./there.ts");',
    '/// <reference path="there.ts" />',
  ])("see %s", (text) => {
    expect(importsOf("here.ts", text)).toEqual(["./there.ts"]);
  });

  test("stand around TypeScript alone: code in another kind of file would not be seen", () => {
    const others = ["src", "renderer"].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).filter((name) =>
        /\.([cm]?jsx?|[cm]ts|tsx)$/.test(name),
      ),
    );
    expect(others).toEqual([]);
  });

  test("the engine's floors import downwards only", () => {
    const engine = shippedFiles.filter((file) => isInside(file.name, "src/engine"));
    const upwards = engine.flatMap((file) => {
      const floor = floorOf(file.name);
      return file.imports
        .map((imported) => resolveImport(file, imported))
        .filter((target) => target !== null && floorOf(target) > floor)
        .map((target) => `${file.name} imports ${target}`);
    });
    const unexpected = upwards.filter((line) => !engineExceptions.includes(line));
    const order = engineFloors.map((floor) => floor.join(" ")).join(" < ");
    expect(unexpected, `from the ground up: other files < ${order}`).toEqual([]);
  });
});

describe("every file", () => {
  test("begins with a sentence that says what it is for", () => {
    const own = allFiles.filter(({ name }) => !name.endsWith(".d.mts"));
    expect(own.length).toBeGreaterThan(100);
    const headless = own.filter(({ text }) => !/^(#!.*\n)?\/\/ .{20,}\n/.test(text));
    expect(headless.map((file) => file.name)).toEqual([]);
  });

  test(`has at most ${mostLines} lines`, () => {
    const long = allFiles
      .map(({ name, text }) => [name, text.split("\n").length - 1] as const)
      .filter(([, lines]) => lines > mostLines);
    expect(long, "split it by role").toEqual([]);
  });
});

function readFolder(folder: string): SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.m?ts$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((name) => !name.startsWith("test/fixtures/"))
    .map((name) => {
      const text = readFileSync(path.join(root, name), "utf8");
      return { name, text, imports: importsOf(name, text) };
    });
}

/**
 * Every module that a file names, in whatever form: static, dynamic, of types alone, exported again, required.
 * From the syntax tree: TypeScript's quick scan (`preProcessFile`) overlooks `export * as name from`.
 */
function importsOf(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  const imports = source.referencedFiles.map((file) => `./${file.fileName}`);
  const visit = (node: ts.Node): void => {
    const named = moduleNamedBy(node);
    if (named && ts.isStringLiteralLike(named)) imports.push(named.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function moduleNamedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression;
  const isImport =
    called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === "require");
  return isImport ? node.arguments[0] : undefined;
}

function isAllowed(file: SourceFile, imported: string, folder: string, wall: Wall): boolean {
  const target = resolveImport(file, imported);
  if (target !== null) return [folder, ...wall.folders].some((allowed) => isInside(target, allowed));
  return wall.packages.some((allowed) =>
    allowed === "node:*" ? imported.startsWith("node:") && isBuiltin(imported) : imported === allowed,
  );
}

/** The file an import of ours names, from the root; `null` for a package. */
function resolveImport(file: SourceFile, imported: string): string | null {
  return imported.startsWith(".") ? path.posix.join(path.posix.dirname(file.name), imported) : null;
}

function isInside(name: string, folder: string): boolean {
  return name.startsWith(`${folder}/`);
}

function floorOf(name: string): number {
  const [part = ""] = name.slice("src/engine/".length).split("/");
  return engineFloors.findIndex((floor) => floor.includes(part));
}
