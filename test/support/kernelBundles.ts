// For tests that need a real kernel: builds the bundles it consists of into a temporary folder, with the product's own options.

import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { bundles, esbuildOptions } from "../../scripts/bundles.mts";
import { rootFolder } from "../../scripts/paths.mts";

export type BundleName =
  | "kernel"
  | "kernelWorker"
  | "computeWorker"
  | "jobWorker"
  | "exporters"
  | "languageWorker"
  | "cli"
  | "convert"
  | "renderer"
  | "page";

export interface BuiltBundles {
  /** Laid out as `dist` is. */
  readonly distFolder: string;
  /** An empty folder, for notebooks and modules. */
  readonly workFolder: string;
  remove(): Promise<void>;
}

/** Builds the named bundles, and the data sets beside them. */
export async function buildKernelBundles(
  names: readonly BundleName[] = ["kernel", "kernelWorker", "computeWorker", "languageWorker"],
): Promise<BuiltBundles> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "nnbook-test-"));
  const distFolder = path.join(folder, "dist");
  const workFolder = path.join(folder, "work");
  // Any cell may name what is not there.
  const wanted = bundles.filter(({ name }) => name === "unknownNames" || names.some((each) => each === name));
  await Promise.all(
    wanted.map((bundle) => {
      const outfile = path.join(folder, bundle.output);
      return esbuild.build({
        ...esbuildOptions(bundle, { root: rootFolder, minify: false }),
        outfile,
        sourcemap: false,
      });
    }),
  );
  await cp(path.join(rootFolder, "media", "data"), path.join(distFolder, "data"), { recursive: true });
  await cp(path.join(rootFolder, "package.json"), path.join(folder, "package.json"));
  await mkdir(workFolder);
  return { distFolder, workFolder, remove: () => rm(folder, { recursive: true, force: true }) };
}
