// Finds every table of words in a folder, so that no test has to list them.

import { readdirSync } from "node:fs";
import path from "node:path";
import type { WordTable } from "../../src/shared/words/message.ts";

/** The tables that the files of a folder export, with their names. */
export async function findWordTables(folder: string): Promise<readonly [name: string, table: WordTable<string>][]> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(Words|Sentences)\.ts$/.test(file),
  );
  const modules: Record<string, unknown>[] = await Promise.all(files.map((file) => import(path.join(folder, file))));
  return modules.flatMap((exported) =>
    Object.entries(exported).filter((entry): entry is [string, WordTable<string>] => isTable(entry[1])),
  );
}

function isTable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "en" in value && "ko" in value && typeof value.en === "object";
}
