// `npm run fixtures -- [FOLDER]`: checks the engine against every case of a folder of reference values, on each backend asked for.
// `--backend plain,simd,simdBaseline` chooses; by default plain and simd. The folder is test/fixtures unless another is given.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { FileResult } from "../test/support/fixtureChecks/folder.ts";
import { buildRoutines } from "./buildRoutines.mts";
import { rootFolder } from "./paths.mts";
import { PlainError, runScript } from "./run.mts";

const backendNames = ["plain", "simd", "simdBaseline"] as const;
type BackendName = (typeof backendNames)[number];

interface Request {
  readonly folder: string;
  readonly backends: readonly BackendName[];
}

await runScript(async () => {
  const { folder, backends } = readCommandLine(process.argv.slice(2));
  // The engine imports them.
  await buildRoutines();
  const { checkFolder, FolderError } = await load<typeof import("../test/support/fixtureChecks/folder.ts")>(
    "test/support/fixtureChecks/folder.ts",
  );
  const { useBackend } = await load<typeof import("../src/engine/index.ts")>("src/engine/index.ts");
  let failures = 0;
  for (const backend of backends) {
    const name = useBackend(backend);
    if (backend !== "plain" && name === "plain")
      throw new PlainError(`The backend ${backend} does not run here: WebAssembly with SIMD is missing.`);
    console.log(`On ${name}`);
    const results = await checkFolder(folder).catch((error: unknown) => {
      throw error instanceof FolderError ? new PlainError(error.message) : error;
    });
    for (const result of results) for (const line of report(result)) console.log(line);
    const failed = results.reduce((sum, result) => sum + countFailures(result), 0);
    console.log(`${failed === 0 ? "All agree" : `${failed} failed`} on ${name}.\n`);
    failures += failed;
  }
  if (failures > 0) process.exitCode = 1;
});

function load<Module>(file: string): Promise<Module> {
  return import(pathToFileURL(path.join(rootFolder, file)).href);
}

function readCommandLine(args: string[]): Request {
  let parsed: { values: { backend: string }; positionals: string[] };
  try {
    parsed = parseArgs({
      args,
      options: { backend: { type: "string", default: "plain,simd" } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : String(error)}\nThere is: [FOLDER], --backend.`);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) throw new PlainError(`Expected one folder, got ${positionals.join(" and ")}.`);
  const backends = values.backend.split(",").map((given) => {
    const known = backendNames.find((name) => name === given.trim());
    if (known === undefined)
      throw new PlainError(`--backend: expected some of ${backendNames.join(",")}, got "${given}".`);
    return known;
  });
  // In the folder the user stands in: npm changes to the clone's.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const [given] = positionals;
  return {
    folder: given === undefined ? path.join(rootFolder, "test", "fixtures") : path.resolve(cwd, given),
    backends,
  };
}

function isFailed({ worst, skipped }: FileResult["cases"][number]): boolean {
  // NaN is not at most 1, and fails.
  return skipped === undefined && !(worst <= 1);
}

function countFailures({ cases, error }: FileResult): number {
  return cases.filter(isFailed).length + (error === undefined ? 0 : 1);
}

/** A line for the file, and one for each case that failed or was left out. */
function* report({ file, cases, error }: FileResult): Iterable<string> {
  const skipped = cases.filter((each) => each.skipped !== undefined);
  const failed = cases.filter(isFailed);
  const checked = cases.filter((each) => each.skipped === undefined);
  const worst = checked.reduce<(typeof cases)[number] | undefined>(
    (most, each) => (most === undefined || !(each.worst <= most.worst) ? each : most),
    undefined,
  );
  const counts = [
    `${cases.length} cases`.padStart(10),
    `${checked.length - failed.length} passed`.padStart(11),
    `${failed.length} failed`.padStart(9),
    `${skipped.length} skipped`.padStart(11),
  ];
  const largest = worst === undefined ? "" : `  worst ${amount(worst.worst)} of the tolerance (${worst.name})`;
  yield `  ${file.padEnd(39)}${counts.join("")}${largest}`;
  if (error !== undefined) yield `    FAILED ${file}: ${error}`;
  for (const each of failed) yield `    FAILED ${each.name}: ${each.error ?? `${amount(each.worst)} of the tolerance`}`;
  for (const each of skipped) yield `    skipped ${each.name}: ${each.skipped}`;
}

function amount(worst: number): string {
  if (!Number.isFinite(worst)) return Number.isNaN(worst) ? "NaN" : "infinitely much";
  return worst < 1000 ? worst.toFixed(3) : worst.toExponential(2);
}
