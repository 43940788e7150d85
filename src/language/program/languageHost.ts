// What TypeScript sees of the world for one notebook: libraries and nnbook's types from memory, the user's own files from disk.

import ts from "typescript";
import type { ProjectPaths } from "../imports/projectPaths.ts";
import { ambientText } from "./ambientTypes.ts";
import type { NotebookProgram } from "./notebookProgram.ts";
import { OwnModules } from "./ownModules.ts";

/** Texts of declaration files by name: TypeScript's libraries, and nnbook's types by path. */
export interface LanguageFiles {
  readonly typescriptLibs: Readonly<Record<string, string>>;
  readonly nnbookTypes: Readonly<Record<string, string>>;
}

const libFolder = "/nnbook/lib/";
export const nnbookTypesFolder = "/nnbook/types/";
export const nnbookEntry = `${nnbookTypesFolder}src/kernel/nnbookModule.d.ts`;
const globalsFile = "/nnbook/globals.d.ts";
const untitledFolder = "/nnbook/untitled";
const mainLib = "lib.es2023.d.ts";

/** Whether a file is in memory only. */
export function isVirtualFile(file: string): boolean {
  return file.startsWith("/nnbook/");
}

/** Files that every notebook sees, made once; and whether work on them is to end. */
export class SharedFiles {
  readonly isInterrupted: () => boolean;
  readonly #texts = new Map<string, string>();
  readonly #snapshots = new Map<string, ts.IScriptSnapshot>();
  readonly #ofDisk = new Map<string, { readonly version: string; readonly snapshot: WeakRef<ts.IScriptSnapshot> }>();

  constructor({ typescriptLibs, nnbookTypes }: LanguageFiles, isInterrupted: () => boolean = () => false) {
    this.isInterrupted = isInterrupted;
    for (const [name, text] of Object.entries(typescriptLibs)) this.#texts.set(libFolder + name, text);
    for (const [name, text] of Object.entries(nnbookTypes)) this.#texts.set(nnbookTypesFolder + name, text);
    this.#texts.set(globalsFile, ambientText);
  }

  has(file: string): boolean {
    return this.#texts.has(file);
  }

  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  /**
   * A file as it is on the disk. TypeScript asks for all files of a program after every change of one, and keeps those that it
   * has parsed: as long as it does, they are not read again; what it lets go of is not held here either.
   */
  diskSnapshot(file: string): ts.IScriptSnapshot | undefined {
    const version = diskVersion(file);
    const before = this.#ofDisk.get(file);
    const kept = before?.version === version ? before.snapshot.deref() : undefined;
    if (kept !== undefined) return kept;
    const text = ts.sys.readFile(file);
    if (text === undefined) {
      this.#ofDisk.delete(file);
      return undefined;
    }
    const snapshot = ts.ScriptSnapshot.fromString(text);
    this.#ofDisk.set(file, { version, snapshot: new WeakRef(snapshot) });
    return snapshot;
  }

  snapshot(file: string): ts.IScriptSnapshot | undefined {
    const text = this.#texts.get(file);
    if (text === undefined) return undefined;
    const snapshot = this.#snapshots.get(file) ?? ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(file, snapshot);
    return snapshot;
  }
}

export interface HostOptions {
  readonly shared: SharedFiles;
  readonly program: NotebookProgram;
  /** Where the notebook lies; `null` for an untitled one. */
  readonly folder: string | null;
  /** Tells this notebook's program from those of others in the same folder. */
  readonly fileName: string;
  /** What a tsconfig.json says of where modules are: the same object as long as it says the same. */
  readonly projectPaths: () => ProjectPaths | null;
}

/** The path under which a notebook's program is known. It is in the notebook's folder, so that relative imports resolve. */
export function programPath(folder: string | null, fileName: string): string {
  return `${folder === null ? untitledFolder : withSlashes(folder)}/${fileName}`;
}

export function createLanguageHost({
  shared,
  program,
  folder,
  fileName,
  projectPaths,
}: HostOptions): ts.LanguageServiceHost {
  const programFile = programPath(folder, fileName);
  const currentFolder = folder === null ? untitledFolder : withSlashes(folder);
  const hasNodeTypes = folder !== null && findsNodeTypes(currentFolder);
  // Nnbook is there before a cell imports it: completion and quick fixes offer its names.
  const roots = [...(hasNodeTypes ? [] : [globalsFile]), nnbookEntry, programFile];
  let project = projectPaths();
  let options = compilerOptions(hasNodeTypes, project);
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => {
      const now = projectPaths();
      if (now !== project) options = compilerOptions(hasNodeTypes, now);
      project = now;
      return options;
    },
    getScriptFileNames: () => roots,
    getScriptVersion: (file) => (file === programFile ? program.version : shared.has(file) ? "1" : diskVersion(file)),
    getScriptSnapshot: (file) => {
      if (file === programFile) return program.snapshot;
      return isVirtualFile(file) ? shared.snapshot(file) : shared.diskSnapshot(file);
    },
    getCancellationToken: () => ({ isCancellationRequested: shared.isInterrupted }),
    getCurrentDirectory: () => currentFolder,
    getDefaultLibFileName: () => libFolder + mainLib,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    fileExists: (file) => file === programFile || shared.has(file) || (!isVirtualFile(file) && ts.sys.fileExists(file)),
    readFile: (file) =>
      file === programFile ? program.text : isVirtualFile(file) ? shared.text(file) : ts.sys.readFile(file),
    directoryExists: (path) => isVirtualFile(`${path}/`) || ts.sys.directoryExists(path),
    getDirectories: (path) => (isVirtualFile(`${path}/`) ? [] : ts.sys.getDirectories(path)),
    readDirectory: (path, ...rest) => (isVirtualFile(`${path}/`) ? [] : ts.sys.readDirectory(path, ...rest)),
    realpath: (path) => (isVirtualFile(path) || path === programFile ? path : (ts.sys.realpath?.(path) ?? path)),
  };
  const modules = new OwnModules(host, currentFolder);
  host.resolveModuleNameLiterals = (literals, importer, _redirected, settings, source) =>
    modules.resolve(literals, importer, settings, source);
  // TypeScript asks for it, and keeps it out of its declarations.
  return Object.assign(host, { hasInvalidatedResolutions: (importer: string) => modules.isOutdated(importer) });
}

function compilerOptions(hasNodeTypes: boolean, project: ProjectPaths | null): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    // What Node 20 has, and `using`, which the compiler lowers.
    lib: [mainLib, "lib.esnext.disposable.d.ts"],
    ...project?.options,
    paths: { ...project?.options.paths, nnbook: [nnbookEntry] },
    types: hasNodeTypes ? ["node"] : [],
    strict: true,
    // Learners' helper functions need no annotations.
    noImplicitAny: false,
    allowJs: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
  };
}

function findsNodeTypes(folder: string): boolean {
  const parts = folder.split("/");
  return parts.some((_, index) => {
    const ancestor = parts.slice(0, parts.length - index).join("/");
    return ts.sys.fileExists(`${ancestor}/node_modules/@types/node/package.json`);
  });
}

/** Changes whenever the file does. Packages are taken to stand still while a notebook is open. */
function diskVersion(file: string): string {
  if (file.includes("/node_modules/")) return "1";
  return String(ts.sys.getModifiedTime?.(file)?.getTime() ?? 0);
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}
