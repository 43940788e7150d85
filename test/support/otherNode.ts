// A Node of another version than the one in node_modules, if this machine has one on its PATH.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** The path of a Node with this major version; `null` where the PATH has none outside of packages. */
export function findNode(major: number): string | null {
  const program = process.platform === "win32" ? "node.exe" : "node";
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !folder.includes("node_modules"));
  for (const folder of new Set(folders)) {
    const file = path.join(folder, program);
    if (folder !== "" && existsSync(file) && majorVersionOf(file) === major) return file;
  }
  return null;
}

function majorVersionOf(file: string): number {
  try {
    return Number(/^v(\d+)\./.exec(execFileSync(file, ["--version"], { encoding: "utf8" }))?.[1]);
  } catch {
    return Number.NaN; // It does not run here: as if it were not there.
  }
}
