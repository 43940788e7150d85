// Where a script stands, seen from its notebook: how it names the modules beside the notebook, and the folder in which its paths begin.

import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { isLocalSpecifier, localModuleFile } from "../compile/moduleCompiler.ts";
import { pathTarget, projectPaths } from "../imports/projectPaths.ts";

/** Absolute paths. */
export interface ScriptFolders {
  readonly script: string;
  readonly notebook: string;
  /** Up to where a tsconfig.json above the notebook counts. */
  readonly workspace?: string | undefined;
}

/** A module as the script names it: Node wants the whole name of its file, and the way to it from where the script stands. */
export function movedModule(module: string, folders: ScriptFolders | null): string {
  const file = folders === null ? null : ownFile(module, folders);
  return folders === null || file === null ? module : wayTo(file, folders);
}

/** The file of the user's own that a cell means by the name of a module; where none is, where it would be. `null` for a package. */
function ownFile(module: string, { notebook, workspace }: ScriptFolders): string | null {
  if (isLocalSpecifier(module)) {
    const target = path.resolve(notebook, module);
    return localModuleFile(target) ?? target;
  }
  const project = projectPaths({ folder: notebook, workspaceFolder: workspace });
  const target = pathTarget(module, path.join(notebook, "notebook"), project);
  return target !== null && "file" in target ? target.file : null;
}

/** A file as the script names it. */
export function wayTo(file: string, { script }: ScriptFolders): string {
  const way = path.relative(script, file);
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
