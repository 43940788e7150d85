// Where a script stands, seen from its notebook: how it names the modules beside the notebook, and the folder in which its paths begin.

import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { localModuleFile } from "../compile/moduleCompiler.ts";

/** Absolute paths. */
export interface ScriptFolders {
  readonly script: string;
  readonly notebook: string;
}

/** A module as the script names it: Node wants the whole name of its file, and the way to it from where the script stands. */
export function movedModule(module: string, folders: ScriptFolders | null): string {
  if (folders === null || !/^\.\.?(?:\/|$)/.test(module)) return module;
  const target = path.resolve(folders.notebook, module);
  const file = localModuleFile(target) ?? target;
  const way = path.relative(folders.script, file);
  // Between two drives there is no way.
  if (path.isAbsolute(way)) return pathToFileURL(file).href;
  const written = way.replaceAll(path.sep, "/");
  return written.startsWith("../") ? written : `./${written}`;
}

/** A statement after which relative paths begin where those of cells do: in the notebook's folder, wherever Node was started. */
export function enterFolder({ script, notebook }: ScriptFolders): string {
  const way = path.relative(script, notebook);
  if (path.isAbsolute(way)) return `process.chdir(${JSON.stringify(notebook)});`;
  const added = way === "" ? "" : ` + ${JSON.stringify(`/${way.replaceAll(path.sep, "/")}`)}`;
  return `process.chdir(import.meta.dirname${added});`;
}

/** What takes paths: `datasets.csv`, `load`, `model.save` and `toPyTorch().save`. */
const fileCalls: ReadonlySet<string> = new Set(["csv", "load", "save"]);
const fileModules = /^(?:node:)?(?:fs|fs\/promises|child_process|process)$/;

/** Whether code reads or writes files, or asks where it runs. */
export function usesFiles(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    return ts.isStringLiteral(node.moduleSpecifier) && fileModules.test(node.moduleSpecifier.text);
  }
  if (ts.isIdentifier(node) && node.text === "process") return true;
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    if (ts.isIdentifier(name) && fileCalls.has(name.text)) return true;
  }
  return ts.forEachChild(node, usesFiles) ?? false;
}
