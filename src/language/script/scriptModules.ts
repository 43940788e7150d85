// The modules beside a notebook as a script's: Node wants the whole name of a file in an import, and knows no paths of a tsconfig.json. What
// modules import in other ways, their script leads there.

import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { compileModules, isLocalSpecifier } from "../compile/moduleCompiler.ts";
import { isMoreThanTypes } from "./scriptParts.ts";
import { type ScriptFolders, wayTo } from "./scriptPlace.ts";

export interface ScriptModules {
  /** Module, as the script names it → what it imports → the module that is meant. Only what Node would not find. */
  readonly ways: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether one has enums or the like. */
  readonly needsTransform: boolean;
}

/** Of all modules that `specifiers` of cells reach. */
export function scriptModules(specifiers: readonly string[], folders: ScriptFolders | null): ScriptModules {
  const ways = new Map<string, Map<string, string>>();
  if (folders === null) return { ways, needsTransform: false };
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
  return { ways, needsTransform: [...modules.keys()].some(hasMoreThanTypes) };
}

/** JSON is not: Node reads it only where the import says so. */
function isFoundByNode(specifier: string, file: string, importer: string): boolean {
  const isNamedWhole = isLocalSpecifier(specifier) && path.resolve(path.dirname(importer), specifier) === file;
  return isNamedWhole && !file.endsWith(".json");
}

function hasMoreThanTypes(file: string): boolean {
  if (!/\.[cm]?ts$/.test(file)) return false;
  return isMoreThanTypes(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true));
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

/** What leads Node's imports. It must run before the modules are imported. */
export function leadingText({ ways }: ScriptModules): string {
  const lines = [...ways].map(([module, names]) => {
    const led = [...names].map(([name, way]) => `${JSON.stringify(name)}: ${JSON.stringify(way)}`);
    return `  ${JSON.stringify(module)}: { ${led.join(", ")} },`;
  });
  return `const ways: Record<string, Record<string, string>> = {
${lines.join("\n")}
};
const led = new Map(Object.entries(ways).map(([module, names]) => [new URL(module, import.meta.url).href, names]));
registerHooks({
  resolve(name, context, next) {
    const way = led.get(String(context.parentURL))?.[name];
    if (way === undefined) return next(name, context);
    const found = next(new URL(way, import.meta.url).href, context);
    return way.endsWith(".json") ? { ...found, importAttributes: { type: "json" } } : found;
  },
});`;
}
