// Before the first journey: our extension is installed once, for the windows of all.

import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { installExtensions } from "../../../scripts/host/server.mts";
import { parseVscodeVersion, setUpHost } from "../../../scripts/host/setUpHost.mts";
import { vsixFile } from "../../../scripts/paths.mts";

declare module "vitest" {
  interface ProvidedContext {
    readonly extensionsFolder: string;
  }
}

export default async function installOnce(project: TestProject): Promise<() => Promise<void>> {
  const host = await setUpHost(parseVscodeVersion(process.env.NNBOOK_VSCODE ?? "1.139"));
  const folder = await installExtensions(host, [vsixFile]);
  project.provide("extensionsFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}
