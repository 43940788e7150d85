// The modules beside a notebook as a script's: Node wants the whole name of a file in an import, knows no paths of a tsconfig.json, and looks for
// types that are imported like values. What modules import in other ways, their script leads there.

import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { compileModules, isLocalSpecifier } from "../compile/moduleCompiler.ts";
import { isMoreThanTypes } from "./scriptParts.ts";
import { type ScriptFolders, wayTo } from "./scriptPlace.ts";
import { typeImportsOf } from "./typeUses.ts";

export interface ScriptModules {
  /** Module, as the script names it → what it imports → the module that is meant. Only what Node would not find. */
  readonly ways: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Module → its imports of types that do not say so, as they stand and as Node takes them. */
  readonly typeImports: ReadonlyMap<string, readonly (readonly [before: string, after: string])[]>;
  /** Whether the script must help Node with any of it. */
  readonly needHelp: boolean;
  /** Whether one has enums or the like. */
  readonly needsTransform: boolean;
}

/** Of all modules that `specifiers` of cells reach. */
export function scriptModules(specifiers: readonly string[], folders: ScriptFolders | null): ScriptModules {
  const ways = new Map<string, Map<string, string>>();
  const typeImports = new Map<string, readonly (readonly [string, string])[]>();
  if (folders === null) return { ways, typeImports, needHelp: false, needsTransform: false };
  const place = { folder: folders.notebook, workspaceFolder: folders.workspace };
  const compiled = specifiers.map((specifier) => compileModules(specifier, place));
  const modules = new Map(
    compiled.flatMap((each) => ("modules" in each ? each.modules : [])).map((each) => [each.path, each]),
  );
  for (const { path: importer, imports } of modules.values()) {
    const led = Object.entries(imports).flatMap(([specifier, file]): (readonly [string, string])[] =>
      file === null || isFoundByNode(specifier, file, importer) ? [] : [[specifier, wayTo(file, folders)]],
    );
    if (led.length > 0) ways.set(wayTo(importer, folders), new Map(led));
  }
  const parsed = [...modules.keys()].filter((file) => /\.[cm]?ts$/.test(file)).map(parse);
  for (const file of parsed) {
    const imports = typeImportsOf(file);
    if (imports.length > 0) typeImports.set(wayTo(file.fileName, folders), imports);
  }
  const needHelp = ways.size > 0 || typeImports.size > 0;
  return { ways, typeImports, needHelp, needsTransform: parsed.some(isMoreThanTypes) };
}

/** JSON is not: Node reads it only where the import says so. */
function isFoundByNode(specifier: string, file: string, importer: string): boolean {
  const isNamedWhole = isLocalSpecifier(specifier) && path.resolve(path.dirname(importer), specifier) === file;
  return isNamedWhole && !file.endsWith(".json");
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
}

/** The modules that cells import, as they write them. */
export function importedModules(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const module = isCall ? node.arguments[0] : ts.isImportDeclaration(node) ? node.moduleSpecifier : undefined;
    if (module !== undefined && ts.isStringLiteralLike(module)) found.push(module.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What leads Node's imports, and says of types that they are. It must run before the modules are imported. */
export function helpText({ ways, typeImports }: ScriptModules): string {
  const byUrl = "([module, found]) => [new URL(module, import.meta.url).href, found] as const";
  return `const ways = new Map(Object.entries<Record<string, string>>(${written([...ways].map(([module, names]) => [module, Object.fromEntries(names)]))}).map(${byUrl}));
const types = new Map(Object.entries<string[][]>(${written([...typeImports])}).map(${byUrl}));
registerHooks({
  resolve(name, context, next) {
    const way = ways.get(String(context.parentURL))?.[name];
    if (way === undefined) return next(name, context);
    const found = next(new URL(way, import.meta.url).href, context);
    return way.endsWith(".json") ? { ...found, importAttributes: { type: "json" } } : found;
  },
  load(url, context, next) {
    const found = next(url, context);
    const imports = types.get(url) ?? [];
    if (imports.length === 0) return found;
    const text = new TextDecoder().decode(found.source as Uint8Array);
    return { ...found, source: imports.reduce((now, [before = "", after = ""]) => now.replace(before, () => after), text) };
  },
});`;
}

/** An object, a line for each entry. */
function written(entries: readonly (readonly [string, unknown])[]): string {
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`).join("\n")}\n}`;
}
