// Packages and Node's own modules, resolved from the notebook's folder as Node would from a file there.

import { existsSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { cellWord } from "../../shared/words/cellWords.ts";
import type { Locale } from "../../shared/words/message.ts";
import { ImportError } from "../errors/cellErrors.ts";

/** Imports a package as seen from `folder`. A missing one is an error that says where it was looked for and what to do. */
export async function importPackage(specifier: string, folder: string, locale: Locale): Promise<object> {
  if (isBuiltin(specifier)) return asObject(await import(specifier));
  try {
    return asObject(await importFrom(folder)(specifier));
  } catch (error) {
    throw wordMissing(error, { specifier, folder, locale }) ?? error;
  }
}

/** The script that imports for the cells; it exists nowhere, and stands in no stack trace. */
export const importerName = "nnbook-import.js";

/** `import()` as it would be in a file in `folder`: Node takes the script's name for the place of the importer. */
function importFrom(folder: string): (specifier: string) => Promise<unknown> {
  const importer = path.join(folder, importerName);
  // Since Node 20.12; before, only what `require` can resolve is found.
  const loader: unknown = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  if (loader === undefined) {
    return (specifier) => import(pathToFileURL(createRequire(importer).resolve(specifier)).href);
  }
  const script = new Script("(specifier) => import(specifier)", {
    filename: importer,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as (specifier: string) => Promise<unknown>;
}

/** Node calls the constant above experimental in the output of the first cell that imports: that is our business, not the user's. */
export function silenceImporterWarning(): void {
  const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (!String(args[0]).startsWith("vm.USE_MAIN_CONTEXT_DEFAULT_LOADER")) emitWarning(...args);
  };
}

function wordMissing(
  error: unknown,
  { specifier, folder, locale }: { readonly specifier: string; readonly folder: string; readonly locale: Locale },
): ImportError | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  if (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND") {
    const name = packageName(specifier);
    // A package that is there but lacks something itself is its own error, in its own words.
    if (isInstalled(name, folder)) return null;
    const looked = { name, specifier, folder: path.join(folder, "node_modules") };
    return new ImportError(cellWord("packageNotFound", locale, looked), { cause: error });
  }
  return null;
}

function isInstalled(name: string, folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, "node_modules", name))) return true;
    if (at === path.dirname(at)) return false;
  }
}

/** "lodash/fp" → "lodash"; "@scope/name/part" → "@scope/name". */
function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function asObject(namespace: unknown): object {
  return namespace as object;
}
