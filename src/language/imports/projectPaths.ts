// What the nearest tsconfig.json says of where modules are: `paths` and `baseUrl`, for types and for runs alike. Nothing else of it is read:
// cells have settings of their own.

import { isBuiltin } from "node:module";
import path from "node:path";
import ts from "typescript";

/** Where a notebook lies, and the folder above it (or the same) up to which its project may reach. */
export interface ProjectPlace {
  readonly folder: string;
  /** Without one, or outside of it, a project is looked for in the notebook's own folder alone. */
  readonly workspaceFolder?: string | undefined;
}

export interface ProjectPaths {
  /** The tsconfig.json. */
  readonly file: string;
  readonly options: ts.CompilerOptions;
  /** What is wrong with the file, in TypeScript's words. */
  readonly problem: string | null;
}

interface ReadPaths {
  /** Of every file that was looked at, when it changed last. */
  readonly times: ReadonlyMap<string, number>;
  readonly paths: ProjectPaths;
}

const known = new Map<string, ReadPaths>();

/** As the files are now: the same object as long as they stay. `null` where there is no tsconfig.json. */
export function projectPaths(place: ProjectPlace): ProjectPaths | null {
  const file = nearestConfig(place);
  if (file === null) return null;
  const before = known.get(file);
  if (before !== undefined && [...before.times].every(([each, time]) => modifiedTime(each) === time))
    return before.paths;
  const read = readPaths(file);
  known.set(file, read);
  return read.paths;
}

function nearestConfig({ folder, workspaceFolder = folder }: ProjectPlace): string | null {
  const way = path.relative(workspaceFolder, folder);
  const isInside = way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
  for (let at = folder; ; at = path.dirname(at)) {
    const file = withSlashes(path.join(at, "tsconfig.json"));
    if (ts.sys.fileExists(file)) return file;
    if (!isInside || path.relative(workspaceFolder, at) === "" || at === path.dirname(at)) return null;
  }
}

function readPaths(file: string): ReadPaths {
  const times = new Map<string, number>();
  const look = (each: string) => void times.set(each, modifiedTime(each));
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    // The files of the project do not matter here, and may be many.
    readDirectory: () => [],
    fileExists: (each) => {
      look(each);
      return ts.sys.fileExists(each);
    },
    readFile: (each) => {
      look(each);
      return ts.sys.readFile(each);
    },
  };
  const { config = {}, error } = ts.readConfigFile(file, host.readFile);
  const { options, errors } = ts.parseJsonConfigFileContent(config, host, path.posix.dirname(file), undefined, file);
  const [problem] = [error, ...errors.filter(({ code }) => !harmless.has(code))].filter((each) => each !== undefined);
  // Where `paths` are relative to: TypeScript keeps it beside them, as another file that this one extends may say them.
  const { baseUrl, paths, pathsBasePath } = options;
  return {
    times,
    paths: {
      file,
      options: {
        ...(baseUrl === undefined ? {} : { baseUrl }),
        ...(paths === undefined ? {} : { paths }),
        ...(pathsBasePath === undefined ? {} : { pathsBasePath }),
      },
      problem: problem === undefined ? null : ts.flattenDiagnosticMessageText(problem.messageText, " "),
    },
  };
}

/** No files in the project, and options that this TypeScript does not know. */
const harmless: ReadonlySet<number> = new Set([18002, 18003, 5023, 5025]);

/** Where `paths` or `baseUrl` lead: to a file of the user's own, or to none, and where it was looked for. */
export type PathTarget = { readonly file: string } | { readonly tried: readonly string[] };

const resolution: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true,
};

/** `null` for what is a package or a module of Node's. */
export function pathTarget(specifier: string, importer: string, project: ProjectPaths | null): PathTarget | null {
  if (project === null || specifier === "nnbook" || isBuiltin(specifier)) return null;
  const { options } = project;
  if (options.paths === undefined && options.baseUrl === undefined) return null;
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    withSlashes(importer),
    { ...resolution, ...options },
    ts.sys,
  );
  if (resolvedModule === undefined) {
    const tried = substitutions(specifier, options);
    return tried.length === 0 ? null : { tried };
  }
  const { resolvedFileName, isExternalLibraryImport } = resolvedModule;
  if (isExternalLibraryImport === true || resolvedFileName.includes("/node_modules/")) return null;
  return { file: path.normalize(resolvedFileName.replace(/\.d\.([cm]?)ts$/, ".$1js")) };
}

/** What `paths` makes of a name, and `baseUrl` where its first part is a folder there. A pattern that takes every name says nothing of this one. */
function substitutions(specifier: string, { paths = {}, baseUrl, pathsBasePath }: ProjectPaths["options"]): string[] {
  const base = baseUrl ?? String(pathsBasePath ?? "");
  const [folder = "", ...rest] = specifier.split("/");
  const isInBase = baseUrl !== undefined && rest.length > 0 && ts.sys.directoryExists(path.join(baseUrl, folder));
  const mapped = Object.entries(paths).flatMap(([pattern, targets]) => {
    const [before = "", after] = pattern.split("*", 2);
    const matches =
      after === undefined
        ? pattern === specifier
        : pattern !== "*" && specifier.startsWith(before) && specifier.endsWith(after);
    if (!matches) return [];
    const part = specifier.slice(before.length, specifier.length - (after?.length ?? 0));
    return targets.map((target) =>
      path.join(
        base,
        target.replace("*", () => part),
      ),
    );
  });
  return isInBase ? [...mapped, path.join(baseUrl, specifier)] : mapped;
}

function modifiedTime(file: string): number {
  return ts.sys.getModifiedTime?.(file)?.getTime() ?? 0;
}

function withSlashes(file: string): string {
  return file.replaceAll("\\", "/");
}
