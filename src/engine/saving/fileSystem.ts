// How a host with a file system keeps models. The file system is handed in, as Node's `fs` has it: the engine knows no platform.

import type { HostFiles } from "../host.ts";

/** What is used of Node's `fs`. */
export interface FileSystem {
  readFileSync(path: string): Uint8Array;
  writeFileSync(path: string, bytes: Uint8Array): void;
  renameSync(from: string, to: string): void;
  mkdirSync(path: string, options: { readonly recursive: true }): unknown;
  rmSync(path: string, options: { readonly force: true }): void;
}

/** What is used of Node's `path`. */
export interface PathRules {
  resolve(...parts: string[]): string;
  dirname(path: string): string;
}

/** @param folder Where relative paths begin, asked for each time. */
export function filesIn(fs: FileSystem, path: PathRules, folder: () => string): HostFiles {
  const place = (file: string) => path.resolve(folder(), file);
  return {
    place,
    read(file) {
      try {
        return fs.readFileSync(place(file));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    write(files) {
      const all = files.map(({ path: file, bytes }) => ({ to: place(file), beside: `${place(file)}.part`, bytes }));
      try {
        for (const { to, beside, bytes } of all) {
          fs.mkdirSync(path.dirname(to), { recursive: true });
          fs.writeFileSync(beside, bytes);
        }
        for (const { to, beside } of all) fs.renameSync(beside, to);
      } catch (error) {
        for (const { beside } of all) discard(fs, beside);
        throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}

function discard(fs: FileSystem, file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // What kept it from being written is the error to tell of.
  }
}
