// Where the imports of a notebook and its modules lead, and whether that still holds: files come and go while a notebook is open.

import ts from "typescript";

/** As TypeScript answers; it keeps the second part out of its declarations. */
type Resolution = ts.ResolvedModuleWithFailedLookupLocations & { readonly failedLookupLocations?: readonly string[] };

export class OwnModules {
  readonly #host: ts.ModuleResolutionHost;
  /** For the imports of packages, which may be many: they are taken to stand still while a notebook is open. */
  readonly #ofPackages: ts.ModuleResolutionCache;
  /** Files that were looked for in vain, by the file that imports. */
  readonly #missed = new Map<string, ReadonlySet<string>>();
  /** The user's own files that were found, by the file that imports. */
  readonly #found = new Map<string, ReadonlySet<string>>();

  constructor(host: ts.ModuleResolutionHost, folder: string) {
    this.#host = host;
    this.#ofPackages = ts.createModuleResolutionCache(folder, (name) => name);
  }

  resolve(
    literals: readonly ts.StringLiteralLike[],
    importer: string,
    options: ts.CompilerOptions,
    source: ts.SourceFile,
  ): readonly ts.ResolvedModuleWithFailedLookupLocations[] {
    const cache = importer.includes("/node_modules/") ? this.#ofPackages : undefined;
    const missed = new Set<string>();
    const found = new Set<string>();
    const resolutions = literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(source, literal, options);
      const resolution: Resolution = ts.resolveModuleName(
        ...([literal.text, importer, options, this.#host, cache, undefined, mode] as const),
      );
      const { resolvedModule, failedLookupLocations = [] } = resolution;
      if (resolvedModule === undefined) for (const file of failedLookupLocations) missed.add(file);
      else if (resolvedModule.isExternalLibraryImport !== true) found.add(resolvedModule.resolvedFileName);
      return resolution;
    });
    if (cache !== undefined) return resolutions;
    this.#missed.set(importer, missed);
    this.#found.set(importer, found);
    return resolutions;
  }

  /** Whether an import of the file leads elsewhere by now: what was missing has come, or what was there has gone. */
  isOutdated(importer: string): boolean {
    for (const file of this.#found.get(importer) ?? []) if (!this.#host.fileExists(file)) return true;
    for (const file of this.#missed.get(importer) ?? []) if (this.#host.fileExists(file)) return true;
    return false;
  }
}
