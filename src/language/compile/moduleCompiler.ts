// A module that a notebook imports from its own folder, with all that it imports there → CommonJS with source maps.

import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { CompiledModule, CompiledModules } from "../../shared/kernelProtocol.ts";
import type { CompileError } from "../../shared/languageProtocol.ts";
import { type Say, sayIn } from "../languageWords.ts";
import { positionMapper } from "../program/sourcePositions.ts";
import { parseProblem } from "./earlyErrors.ts";
import { syntaxErrors, withoutMapComment } from "./eraseTypes.ts";

const moduleOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleDetection: ts.ModuleDetectionKind.Force,
  newLine: ts.NewLineKind.LineFeed,
  esModuleInterop: true,
  allowJs: true,
  isolatedModules: true,
  sourceMap: true,
  experimentalDecorators: false,
  useDefineForClassFields: true,
};

/** What may follow a specifier without an ending, in the order that is tried. */
const endings = [".ts", ".mts", ".js", ".mjs", ".cjs", ".json"] as const;
/** TypeScript lets one write the ending of the compiled file. */
const sourceEndings: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

/** What keeps a module from being compiled, in words for the user. */
class ModuleProblem extends Error {}

/**
 * Compiles `specifier` as seen from `folder`, and every module that it reaches by relative imports.
 * Packages and Node's own modules are left to Node (`null` in `imports`).
 */
export function compileModules(
  specifier: string,
  folder: string,
  say: Say = sayIn("en"),
): CompiledModules | { readonly error: string } {
  try {
    const entry = localModulePath({ specifier, folder, importer: say("notebookFolder", { folder }), say });
    const modules = new Map<string, CompiledModule>();
    const waiting = [entry];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (modules.has(file)) continue;
      const compiled = compileModule(file, say);
      modules.set(file, compiled);
      waiting.push(...Object.values(compiled.imports).filter((imported) => imported !== null));
    }
    return { entry, modules: [...modules.values()] };
  } catch (error) {
    if (error instanceof ModuleProblem) return { error: error.message };
    throw error;
  }
}

/** Whether `specifier` names a file of the user's rather than a package. */
export function isLocalSpecifier(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === "." || specifier === ".." || path.isAbsolute(specifier);
}

function compileModule(file: string, say: Say): CompiledModule {
  const source = readFileSync(file, "utf8");
  if (file.endsWith(".json")) return compileJson(file, source, say);
  const output = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: moduleOptions,
  });
  const code = withoutMapComment(output.outputText);
  const [error = earlyError(code, output.sourceMapText ?? "", say)] = syntaxErrors(output.diagnostics ?? [], source);
  if (error !== null) throw new ModuleProblem(`${file}:${error.line}:${error.column} ${error.message}`);
  const map = { ...JSON.parse(output.sourceMapText ?? "{}"), file, sources: [file] };
  return {
    path: file,
    code,
    map: JSON.stringify(map),
    imports: importsOf(code, file, say),
  };
}

/** Node wraps a CommonJS module in a function. */
const commonJs = { sourceType: "script", allowReturnOutsideFunction: true } as const;

/** What TypeScript lets pass but cannot run: a name declared twice, `await` outside a function (which CommonJS lacks), … */
function earlyError(code: string, map: string, say: Say): CompileError | null {
  const problem = parseProblem(code, commonJs);
  if (problem === null) return null;
  const isAwait = parseProblem(code, { ...commonJs, allowAwaitOutsideFunction: true }) === null;
  const message = isAwait ? say("awaitInModule") : problem.message;
  return { ...positionMapper(code, map)(problem.offset), message };
}

function compileJson(file: string, source: string, say: Say): CompiledModule {
  try {
    JSON.parse(source);
  } catch (problem) {
    throw new ModuleProblem(
      say("notJson", { file, reason: problem instanceof Error ? problem.message : `${problem}` }),
    );
  }
  const map = JSON.stringify({ version: 3, file, sources: [file], names: [], mappings: "" });
  return { path: file, code: `module.exports = ${source.trim()};\n`, map, imports: {} };
}

/** Taken from the compiled code: imports of types alone are gone from it. */
function importsOf(code: string, file: string, say: Say): Record<string, string | null> {
  const { importedFiles } = ts.preProcessFile(code, true, true);
  return Object.fromEntries(
    importedFiles.map(({ fileName }) => [
      fileName,
      isLocalSpecifier(fileName)
        ? localModulePath({ specifier: fileName, folder: path.dirname(file), importer: file, say })
        : null,
    ]),
  );
}

function localModulePath({
  specifier,
  folder,
  importer,
  say,
}: {
  readonly specifier: string;
  readonly folder: string;
  readonly importer: string;
  readonly say: Say;
}): string {
  const target = path.resolve(folder, specifier);
  const found = localModuleFile(target);
  if (found !== null) return found;
  const tried = moduleCandidates(target)
    .map((candidate) => path.relative(folder, candidate))
    .join(", ");
  throw new ModuleProblem(say("moduleNotFound", { specifier, importer, tried }));
}

/** The file that an import of an absolute path means, which may leave out its ending or have that of what it compiles to; null without one. */
export function localModuleFile(target: string): string | null {
  return moduleCandidates(target).find(isFile) ?? null;
}

function moduleCandidates(target: string): string[] {
  const ending = path.extname(target);
  const source = sourceEndings[ending];
  const instead = source === undefined ? [] : [target.slice(0, -ending.length) + source];
  if (ending === ".ts" || ending === ".mts" || ending === ".cts" || ending === ".json" || source !== undefined) {
    return [target, ...instead];
  }
  return [target, ...endings.map((each) => target + each), ...endings.map((each) => path.join(target, `index${each}`))];
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
