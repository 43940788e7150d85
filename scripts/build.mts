// Builds dist/: the bundles, the texts that completion and hovers need, the data sets, the licences, the engine as a package. `--watch` does it again on every save.

import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { buildRoutines } from "./buildRoutines.mts";
import { type Bundle, bundles, esbuildOptions, suiteBundle } from "./bundles.mts";
import { buildFolder, distFolder, rootFolder } from "./paths.mts";
import { PlainError, readFlags, runScript, runTool } from "./run.mts";
import { writeThirdPartyNotices } from "./thirdPartyNotices.mts";

const flags = readFlags({ watch: { type: "boolean", default: false }, suite: { type: "boolean", default: false } });

await runScript(async () => {
  await mkdir(path.join(buildFolder, "meta"), { recursive: true });
  await mkdir(distFolder, { recursive: true });
  await buildRoutines();
  if (flags.suite) return runAll([() => buildBundle(suiteBundle)]);
  if (flags.watch) {
    await runAll([copyData, buildTexts, buildEnginePackage]);
    return watchBundles();
  }
  const bundling = bundles.map((bundle) => () => buildBundle(bundle));
  await runAll([copyData, ...bundling, writeNotices, buildTexts, buildEnginePackage]);
});

/** Does every job even when one fails, so that one broken part does not keep the others from being built. */
async function runAll(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: string[] = [];
  for (const job of jobs) {
    try {
      await job();
    } catch (error) {
      failures.push(error instanceof PlainError ? error.message : String(error instanceof Error ? error.stack : error));
    }
  }
  if (failures.length > 0) throw new PlainError(failures.join("\n"));
}

async function buildBundle(bundle: Bundle): Promise<void> {
  const started = performance.now();
  const options = esbuildOptions(bundle, { root: rootFolder, minify: true });
  const { metafile, warnings } = await esbuild.build({ ...options, metafile: true }).catch(async (error: unknown) => {
    throw new PlainError(`${bundle.output} was not built.\n${await describeFailure(error)}`);
  });
  for (const text of await esbuild.formatMessages(warnings, { kind: "warning" })) console.warn(text);
  await writeFile(path.join(buildFolder, "meta", `${bundle.name}.json`), JSON.stringify(metafile));
  const { size } = await stat(path.join(rootFolder, bundle.output));
  const [kilobytes, duration] = [Math.ceil(size / 1000), Math.round(performance.now() - started)];
  console.log(`${bundle.output.padEnd(28)} ${String(kilobytes).padStart(5)} kB  ${String(duration).padStart(5)} ms`);
}

/** From what esbuild says it put into the bundles. */
async function writeNotices(): Promise<void> {
  const metafiles = await Promise.all(
    bundles.map(async ({ name }) => {
      const text = await readFile(path.join(buildFolder, "meta", `${name}.json`), "utf8");
      return JSON.parse(text) as esbuild.Metafile;
    }),
  );
  await writeThirdPartyNotices(metafiles, { root: rootFolder, distFolder });
}

async function watchBundles(): Promise<void> {
  // .vscode/tasks.json waits for these two lines.
  const reportBuilds: esbuild.Plugin = {
    name: "report builds",
    setup(build) {
      build.onStart(() => console.log("[watch] build started"));
      build.onEnd(() => console.log("[watch] build finished"));
    },
  };
  for (const bundle of bundles) {
    const options = esbuildOptions(bundle, { root: rootFolder, minify: false });
    const context = await esbuild.context({
      ...options,
      logLevel: "warning",
      plugins: [...(options.plugins ?? []), reportBuilds],
    });
    await context.watch();
  }
}

/** Types first: the texts for completion are the declaration files that tsc writes. */
async function buildTexts(): Promise<void> {
  const types = await runTool("typescript/bin/tsc", ["-b", "src/kernel"]);
  if (types.exitCode !== 0) throw new PlainError(`The types of src/kernel do not check.\n${types.text}`);
  const { writeLanguageFiles } = await import(pathToFileURL(path.join(import.meta.dirname, "languageFiles.mts")).href);
  await writeLanguageFiles({ typesFolder: path.join(buildFolder, "types"), distFolder });
}

/** What stands beside the engine's bundle; its declarations are those that `buildTexts` had written. */
async function buildEnginePackage(): Promise<void> {
  const file = path.join(import.meta.dirname, "enginePackage.mts");
  const { writeEnginePackage } = await import(pathToFileURL(file).href);
  await writeEnginePackage({ root: rootFolder, typesFolder: path.join(buildFolder, "types"), distFolder });
}

async function copyData(): Promise<void> {
  const from = path.join(rootFolder, "media", "data");
  const to = path.join(distFolder, "data");
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (name.endsWith(".csv")) await copyFile(path.join(from, name), path.join(to, name));
  }
}

async function describeFailure(error: unknown): Promise<string> {
  const messages = (error as Partial<esbuild.BuildFailure>).errors;
  if (!messages?.length) return String(error);
  return (await esbuild.formatMessages(messages, { kind: "error", color: process.stdout.isTTY })).join("\n");
}
