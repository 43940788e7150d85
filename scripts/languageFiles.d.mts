/** TypeScript's `lib.es*.d.ts` and `lib.decorators*.d.ts` by file name: the language without a browser. */
export declare function collectTypescriptLibs(): Record<string, string>;
/** The declaration files that nnbook's module needs, by path relative to `buildTypesFolder`, with `/` on every platform. */
export declare function collectNnbookTypes(buildTypesFolder: string): Record<string, string>;
/** What an entry exports with all that it needs, by path relative to `buildTypesFolder`. */
export declare function collectTypes(buildTypesFolder: string, entry: string): Record<string, string>;
/** Writes both into `distFolder`, under the names the language worker looks for. */
export declare function writeLanguageFiles(folders: {
  readonly typesFolder: string;
  readonly distFolder: string;
}): Promise<void>;
