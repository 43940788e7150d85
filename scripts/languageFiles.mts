// Collects the declaration files that completion and hovers need into two JSON files: TypeScript's libraries and nnbook's own types.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { declarationFile, neededTypes } from "./neededTypes.mts";

/** What `import … from "nnbook"` gives, in the folder that `tsc -b` writes declaration files to. */
const nnbookEntry = "src/kernel/nnbookModule.d.ts";

/** TypeScript's `lib.es*.d.ts` and `lib.decorators*.d.ts` by file name: the language without a browser. */
export function collectTypescriptLibs(): Record<string, string> {
  const folder = path.dirname(createRequire(import.meta.url).resolve("typescript"));
  const names = readdirSync(folder).filter((name) => /^lib\.(?:es|decorators)[\w.]*\.d\.ts$/.test(name));
  // The `full` ones add the browser.
  const needed = names.filter((name) => !name.includes(".full.")).sort();
  if (needed.length === 0) throw new Error(`No lib.es*.d.ts in ${folder}. Is TypeScript 6 installed?`);
  return Object.fromEntries(needed.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}

/** The declaration files that nnbook's module needs, by path relative to `buildTypesFolder`, with `/` on every platform. */
export function collectNnbookTypes(buildTypesFolder: string): Record<string, string> {
  return collectTypes(buildTypesFolder, nnbookEntry);
}

/** What an entry exports with all that it needs, by path relative to `buildTypesFolder`. */
export function collectTypes(buildTypesFolder: string, entry: string): Record<string, string> {
  return neededTypes(readWithImports(buildTypesFolder, entry), entry);
}

function readWithImports(buildTypesFolder: string, entry: string): Record<string, string> {
  const files = new Map<string, string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const onDisk = path.join(buildTypesFolder, file);
    if (!existsSync(onDisk)) throw new Error(`${file} is missing in ${buildTypesFolder}. Run "npx tsc -b".`);
    const text = readFileSync(onDisk, "utf8");
    files.set(file, text);
    waiting.push(...importedFiles(file, text));
  }
  return Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes both into `distFolder`, under the names the language worker looks for. */
export async function writeLanguageFiles(folders: {
  readonly typesFolder: string;
  readonly distFolder: string;
}): Promise<void> {
  const texts = {
    "typescriptLibs.json": collectTypescriptLibs(),
    "nnbookTypes.json": collectNnbookTypes(folders.typesFolder),
  };
  for (const [name, files] of Object.entries(texts)) {
    await writeFile(path.join(folders.distFolder, name), JSON.stringify(files));
  }
}

/** Not `ts.preProcessFile`: it does not see `export * as name from "…"`. */
function importedFiles(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      if (ts.isStringLiteral(node.moduleSpecifier)) found.push(node.moduleSpecifier.text);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) found.push(node.argument.literal.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext));
  return found.filter((specifier) => specifier.startsWith(".")).map((specifier) => declarationFile(file, specifier));
}
