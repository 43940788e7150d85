// Compiles the engine's AssemblyScript routines to WebAssembly, in two builds, and writes them as a module the engine imports.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildFolder, rootFolder } from "./paths.mts";
import { differenceOf } from "./routineDifference.mts";
import { PlainError, runScript, runTool } from "./run.mts";

const sourceFolder = path.join(rootFolder, "src", "engine", "backend", "assembly");
const generatedFile = path.join(rootFolder, "src", "engine", "backend", "simd", "generatedRoutines.ts");

/** The largest memory, in pages of 64 KiB: 2 GiB. The module and whoever makes its memory must agree. */
const maximumPages = 32768;

/** The second is written as its difference to the first. `relaxed` needs relaxed SIMD (Node 22, Chromium 114), `baseline` runs wherever there is SIMD. */
const builds = [
  { name: "baseline", features: [] },
  { name: "relaxed", features: ["--enable", "relaxed-simd"] },
] as const;

/** Does nothing when the sources are those of the last time. */
export async function buildRoutines(): Promise<void> {
  const mark = `// Sources: ${await digestOfSources()}`;
  if (existsSync(generatedFile) && (await readFile(generatedFile, "utf8")).includes(mark)) return;
  await mkdir(buildFolder, { recursive: true });
  const [baseline = noBytes, relaxed = noBytes] = await Promise.all(
    builds.map(async ({ name, features }) => {
      const file = path.join(buildFolder, "routines", `${name}.wasm`);
      await compile(file, features);
      return readFile(file);
    }),
  );
  const texts = [
    textOf("baseline", differenceOf(noBytes, baseline), baseline.length),
    textOf("relaxed", differenceOf(baseline, relaxed), relaxed.length),
  ];
  const head =
    "// The engine's WebAssembly routines as base64 text, packed; the second build as its difference to the first. Written by scripts/buildRoutines.mts: do not edit.";
  await writeFile(
    generatedFile,
    [head, mark, `\nexport const maximumPages: number = ${maximumPages};\n`, ...texts].join("\n"),
  );
}

const noBytes = new Uint8Array();

function textOf(name: string, difference: Uint8Array, length: number): string {
  const text = Buffer.from(difference).toString("base64");
  return `export const ${name}Difference: string =\n  "${text}";\nexport const ${name}Length: number = ${length};\n`;
}

async function compile(file: string, features: readonly string[]): Promise<void> {
  const { exitCode, text } = await runTool("assemblyscript/bin/asc.js", [
    path.join(sourceFolder, "index.ts"),
    ...["--outFile", file, "--runtime", "stub", "-O3", "--noAssert"],
    ...["--enable", "simd", "--enable", "threads", ...features],
    ...["--importMemory", "--sharedMemory", "--initialMemory", "64", "--maximumMemory", String(maximumPages)],
  ]);
  if (exitCode !== 0) throw new PlainError(`The engine's routines were not compiled.\n${text}`);
}

async function digestOfSources(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([maximumPages, builds]));
  hash.update(await readFile(path.join(sourceFolder, "..", "opcodes.ts")));
  for (const script of ["buildRoutines.mts", "routineDifference.mts"])
    hash.update(await readFile(path.join(rootFolder, "scripts", script)));
  for (const name of (await readdir(sourceFolder, { recursive: true })).sort())
    if (name.endsWith(".ts")) hash.update(name).update(await readFile(path.join(sourceFolder, name)));
  return hash.digest("hex").slice(0, 16);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await runScript(buildRoutines);
