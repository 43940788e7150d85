// Modules from the notebook's folder, compiled by the session and evaluated here as CommonJS; evaluated anew when their source changed.

import { createRequire } from "node:module";
import path from "node:path";
import { compileFunction } from "node:vm";
import type { CompiledModule, ModulesAnswer } from "../../shared/kernelProtocol.ts";
import { debugComments } from "../debugging/debuggedSource.ts";
import { ImportError } from "../errors/cellErrors.ts";
import type { StackFrames } from "../errors/stackFrames.ts";

export interface LocalModulesOptions {
  readonly folder: string;
  readonly frames: StackFrames;
  /** Asks the session for a module and all that it imports of the user's own. */
  readonly compile: (specifier: string) => Promise<ModulesAnswer>;
  /** A package or a module of Node, as seen from a folder. */
  readonly importPackage: (specifier: string, folder: string) => Promise<object>;
}

interface LoadedModule {
  readonly code: string;
  /** What Node calls `module`: the code may replace its `exports`. */
  readonly module: { exports: unknown };
}

type Evaluate = (
  exports: unknown,
  require: (specifier: string) => unknown,
  module: { exports: unknown },
  file: string,
  folder: string,
) => void;

export class LocalModules {
  readonly #options: LocalModulesOptions;
  readonly #loaded = new Map<string, LoadedModule>();

  constructor(options: LocalModulesOptions) {
    this.#options = options;
  }

  async import(specifier: string): Promise<object> {
    const compiled = await this.#options.compile(specifier);
    if ("error" in compiled) throw new ImportError(compiled.error);
    if ("isPackage" in compiled) return this.#importPackage(specifier, compiled.note);
    const graph = new Map(compiled.modules.map((module) => [module.path, module]));
    for (const file of this.#outdated(graph)) this.#loaded.delete(file);
    const packages = await this.#loadPackages(graph);
    return asNamespace(this.#evaluate(compiled.entry, graph, packages));
  }

  async #importPackage(specifier: string, note: string | null): Promise<object> {
    try {
      return await this.#options.importPackage(specifier, this.#options.folder);
    } catch (error) {
      if (error instanceof ImportError && note !== null) error.message += ` ${note}`;
      throw error;
    }
  }

  /** Modules whose own source changed, and all that import one of them, however far. */
  #outdated(graph: ReadonlyMap<string, CompiledModule>): ReadonlySet<string> {
    const outdated = new Set<string>();
    for (const module of graph.values()) {
      if (this.#loaded.get(module.path)?.code !== module.code) outdated.add(module.path);
    }
    for (let found = -1; found !== outdated.size; ) {
      found = outdated.size;
      for (const module of graph.values()) {
        const imported = Object.values(module.imports);
        if (imported.some((file) => file !== null && outdated.has(file))) outdated.add(module.path);
      }
    }
    return outdated;
  }

  /** `require` answers at once, but ES modules load in their own time: what the modules to evaluate need is fetched first. */
  async #loadPackages(graph: ReadonlyMap<string, CompiledModule>): Promise<ReadonlyMap<string, unknown>> {
    const packages = new Map<string, unknown>();
    for (const module of graph.values()) {
      if (this.#loaded.has(module.path)) continue;
      for (const [specifier, file] of Object.entries(module.imports)) {
        if (file === null)
          packages.set(packageKey(module.path, specifier), await this.#loadPackage(specifier, module.path));
      }
    }
    return packages;
  }

  async #loadPackage(specifier: string, importer: string): Promise<unknown> {
    if (specifier !== "nnbook") {
      try {
        return createRequire(importer)(specifier);
      } catch (error) {
        // An ES module cannot be required by Node 20; whatever is missing is worded by the import below.
        if (!hasCode(error, ["ERR_REQUIRE_ESM", "MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"])) throw error;
      }
    }
    const namespace = await this.#options.importPackage(specifier, path.dirname(importer));
    return { ...namespace, __esModule: true };
  }

  #evaluate(file: string, graph: ReadonlyMap<string, CompiledModule>, packages: ReadonlyMap<string, unknown>): unknown {
    const loaded = this.#loaded.get(file);
    // In a circle of imports this is what the module has exported so far, as in Node.
    if (loaded !== undefined) return loaded.module.exports;
    const source = graph.get(file);
    if (source === undefined) throw new ImportError(`The module ${file} was not compiled.`);
    const { folder, frames } = this.#options;
    frames.addScript(file, { label: path.relative(folder, file), cellId: null, code: source.code, map: source.map });
    const module: { exports: unknown } = { exports: {} };
    this.#loaded.set(file, { code: source.code, module });
    const require = (specifier: string): unknown => {
      const imported = source.imports[specifier];
      if (typeof imported === "string") return this.#evaluate(imported, graph, packages);
      const key = packageKey(file, specifier);
      return packages.has(key) ? packages.get(key) : createRequire(file)(specifier);
    };
    try {
      const code = source.code + debugComments({ file, text: null, map: source.map });
      const evaluate = compileFunction(code, ["exports", "require", "module", "__filename", "__dirname"], {
        filename: file,
      }) as Evaluate;
      evaluate(module.exports, require, module, file, path.dirname(file));
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
    return module.exports;
  }
}

function packageKey(importer: string, specifier: string): string {
  return `${importer}\n${specifier}`;
}

/** What `import * as` gives for a CommonJS module: its exports, and the whole as `default` unless it has one. */
function asNamespace(exports: unknown): object {
  if (typeof exports === "object" && exports !== null && "__esModule" in exports) return exports;
  const named = typeof exports === "object" || typeof exports === "function" ? exports : {};
  return { ...named, default: exports };
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.includes(String(error.code));
}
