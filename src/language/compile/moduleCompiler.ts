// A module that a notebook imports from its own folder, with all that it imports there → CommonJS with source maps.

import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import type { CompiledModule, ModulesAnswer } from "../../shared/kernelProtocol.ts";
import type { CompileError } from "../../shared/languageProtocol.ts";
import { type ProjectPaths, type ProjectPlace, pathTarget, projectPaths } from "../imports/projectPaths.ts";
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
 * Compiles `specifier` as seen from a notebook, and every module of the user's own that it reaches: by relative imports, and by the `paths` of a
 * tsconfig.json. Packages and Node's own modules are left to Node (`null` in `imports`).
 */
export function compileModules(specifier: string, place: ProjectPlace, say: Say = sayIn("en")): ModulesAnswer {
  const { folder } = place;
  const project = projectPaths(place);
  try {
    const importer = path.join(folder, "notebook");
    const entry = ownModulePath(specifier, importer, { project, place: say("notebookFolder", { folder }), say });
    if (entry === null) return { isPackage: true, note: projectNote(project, say) };
    const modules = new Map<string, CompiledModule>();
    const waiting = [entry];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (modules.has(file)) continue;
      const compiled = compileModule(file, project, say);
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

/** A tsconfig.json with a mistake may say less than it means to. */
export function projectNote(project: ProjectPaths | null, say: Say): string | null {
  if (project === null || project.problem === null) return null;
  return say("projectBroken", { file: project.file, reason: project.problem });
}

function compileModule(file: string, project: ProjectPaths | null, say: Say): CompiledModule {
  const source = readFileSync(file, "utf8");
  if (file.endsWith(".json")) return compileJson(file, source, say);
  if (/\.[jt]sx$/.test(file)) throw new ModuleProblem(say("markupInModule", { file }));
  const output = ts.transpileModule(source, {
    // TypeScript would leave a module of that ending the form it has.
    fileName: file.replace(/\.m([jt]s)$/, ".$1"),
    reportDiagnostics: true,
    compilerOptions: moduleOptions,
    transformers: { before: [moduleMeta(file)] },
  });
  const code = withoutMapComment(output.outputText);
  const [error = earlyError(code, output.sourceMapText ?? "", say)] = syntaxErrors(output.diagnostics ?? [], source);
  if (error !== null) throw new ModuleProblem(`${file}:${error.line}:${error.column} ${error.message}`);
  const map = { ...JSON.parse(output.sourceMapText ?? "{}"), file, sources: [file] };
  return {
    path: file,
    code,
    map: JSON.stringify(map),
    imports: importsOf(code, file, { project, say }),
  };
}

/** `import.meta`, which CommonJS lacks, as an object of what Node says there of a file. */
function moduleMeta(file: string): ts.TransformerFactory<ts.SourceFile> {
  const facts = { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) };
  return (context) => {
    const { factory } = context;
    const meta = () => {
      const parts = Object.entries(facts).map(([name, text]) =>
        factory.createPropertyAssignment(name, factory.createStringLiteral(text)),
      );
      return factory.createParenthesizedExpression(factory.createObjectLiteralExpression(parts));
    };
    const visit = (node: ts.Node): ts.Node =>
      ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword
        ? meta()
        : ts.visitEachChild(node, visit, context);
    return (source) => ts.visitEachChild(source, visit, context);
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

interface Resolving {
  readonly project: ProjectPaths | null;
  readonly say: Say;
}

/** Taken from the compiled code: imports of types alone are gone from it. */
function importsOf(code: string, file: string, resolving: Resolving): Record<string, string | null> {
  const { importedFiles } = ts.preProcessFile(code, true, true);
  return Object.fromEntries(
    importedFiles.map(({ fileName }) => [fileName, ownModulePath(fileName, file, { ...resolving, place: file })]),
  );
}

/** The file of the user's own that an import means; `null` for a package. `place`: the importer, in words. */
function ownModulePath(
  specifier: string,
  importer: string,
  { project, place, say }: Resolving & { readonly place: string },
): string | null {
  const folder = path.dirname(importer);
  const relative = (file: string) => path.relative(folder, file);
  if (!isLocalSpecifier(specifier)) {
    const target = pathTarget(specifier, importer, project);
    if (target === null) return null;
    if ("file" in target) return localModuleFile(target.file) ?? target.file;
    throw new ModuleProblem(unknownPath(specifier, target.tried, project, say));
  }
  const target = path.resolve(folder, specifier);
  const found = localModuleFile(target);
  if (found !== null) return found;
  const tried = moduleCandidates(target).map(relative).join(", ");
  throw new ModuleProblem(say("moduleNotFound", { specifier, importer: place, tried }));
}

/** A name that a tsconfig.json leads to where nothing is. */
export function unknownPath(
  specifier: string,
  tried: readonly string[],
  project: ProjectPaths | null,
  say: Say,
): string {
  return say("pathNotFound", { specifier, file: project?.file ?? "tsconfig.json", tried: tried.join(", ") });
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
