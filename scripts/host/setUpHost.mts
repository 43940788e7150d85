// Sets up a real VS Code (server and web workbench) out of npm packages alone: no compiler, no download from elsewhere.
// It is installed once per version into the user's cache folder, beside `node_modules` and git.

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PlainError, runNpm } from "../run.mts";
import { searchStandIn, spdlogStandIn, watchdogStandIn } from "./nativeStandIns.mts";

/** The VS Codes that we test in: the newest, and the oldest that `engines.vscode` promises. */
export const vscodeVersions = {
  "1.139": { codeServer: "4.139.1", nodeMajor: 24 },
  "1.100": { codeServer: "4.100.3", nodeMajor: 20 },
} as const;

export type VscodeVersion = keyof typeof vscodeVersions;

export interface Host {
  readonly version: VscodeVersion;
  /** The Node that runs the server and its extension host. */
  readonly node: string;
  /** The server's entry point. */
  readonly serverMain: string;
}

/** Counts the changes to what this file does to the installed server: one made by an older recipe is not used. */
const recipe = 4;

type Progress = (line: string) => void;

export function parseVscodeVersion(text: string): VscodeVersion {
  if (Object.hasOwn(vscodeVersions, text)) return text as VscodeVersion;
  throw new PlainError(`--vscode: expected one of ${Object.keys(vscodeVersions).join(", ")}, got "${text}".`);
}

/** Where set-up steps keep what they install. */
export function cacheFolder(): string {
  const chosen = process.env.NNBOOK_CACHE;
  // From where the user stands: npm changes to the clone's folder.
  if (chosen) return path.resolve(process.env.INIT_CWD ?? process.cwd(), chosen);
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "nnbook");
}

/** Answers with the installed host of that version; installs it first where it is missing. */
export async function setUpHost(version: VscodeVersion, progress: Progress = console.log): Promise<Host> {
  const { codeServer, nodeMajor } = vscodeVersions[version];
  const folder = path.join(
    cacheFolder(),
    `vscode-server-${codeServer}-node-${nodeMajor}-${process.platform}-${process.arch}-r${recipe}`,
  );
  if (!existsSync(folder)) await install(version, folder, progress);
  return {
    version,
    node: nodeProgram(folder, nodeMajor),
    serverMain: path.join(serverFolder(folder), "out", "server-main.js"),
  };
}

/** Everything goes into a folder beside the final one, which is renamed at the very end: a set-up cut short leaves nothing half done. */
async function install(version: VscodeVersion, folder: string, progress: Progress): Promise<void> {
  const { codeServer, nodeMajor } = vscodeVersions[version];
  const draft = await makeDraft(folder);
  const started = Date.now();
  const step = (text: string) => progress(`  ${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s  ${text}`);
  progress(`Setting up VS Code ${version} in ${folder} (once, about half a minute, 300 to 500 MB) ...`);
  try {
    await writeFile(path.join(draft, "package.json"), '{ "private": true }\n');
    step(`code-server ${codeServer}, which carries VS Code ${version}, and Node ${nodeMajor}`);
    await installPackages(draft, [`code-server@${codeServer}`, ...nodePackages(nodeMajor)]);
    const server = serverFolder(draft);
    step("the server's own packages");
    await installPackages(server, ["--omit=dev"]);
    step("the packages of the built-in extensions");
    await installPackages(path.join(server, "extensions"), ["--omit=dev"]);
    await adaptServer(server);
    if (version === "1.100") await shortenResourceWait(server);
    await rename(draft, folder);
    step("done");
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another set-up that ran at the same time was first: its result is as good.
    if (existsSync(folder)) return;
    throw error;
  }
}

/** A new folder beside the final one, named after this process; those of set-ups that were killed are removed. */
async function makeDraft(folder: string): Promise<string> {
  const cache = path.dirname(folder);
  try {
    await mkdir(cache, { recursive: true });
    for (const name of await readdir(cache)) {
      const owner = /\.draft-(\d+)-/.exec(name)?.[1];
      if (owner && !isAlive(Number(owner))) await rm(path.join(cache, name), { recursive: true, force: true });
    }
    return await mkdtemp(`${folder}.draft-${process.pid}-`);
  } catch (error) {
    throw new PlainError(
      `The set-up keeps what it installs in ${cache}, but cannot write there (${error instanceof Error ? error.message : String(error)}).\n` +
        "Make that folder writable, or name another one: NNBOOK_CACHE=/path/to/a/folder",
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user exists, though it takes no signal from us.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Without install scripts: they refuse root and compile what nothing here needs. Not `npm ci`: the lock files inside are stale. */
async function installPackages(folder: string, args: readonly string[]): Promise<void> {
  const npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...args];
  const result = await runNpm(npm, { cwd: folder }).catch((error: unknown) => {
    throw new PlainError(`npm could not be started (${String(error)}). It comes with Node: https://nodejs.org`);
  });
  if (result.exitCode === 0) return;
  throw new PlainError(
    [
      `npm ${npm.join(" ")} failed:`,
      result.text.trim(),
      "The set-up needs the npm registry (see `npm config get registry`) and about 1 GB of free disk.",
      "Run the same command again when that is there; nothing was left half done.",
    ].join("\n"),
  );
}

/** What code-server's install script would do, less the compiling; and the AI parts go, which only slow the start. */
async function adaptServer(server: string): Promise<void> {
  const modules = path.join(server, "node_modules");
  await rm(`${modules}.asar`, { recursive: true, force: true });
  await symlink("node_modules", `${modules}.asar`, process.platform === "win32" ? "junction" : "dir");
  const standIns = {
    "@vscode/spdlog": spdlogStandIn,
    "@vscode/native-watchdog": watchdogStandIn,
    "native-watchdog": watchdogStandIn,
  };
  for (const [name, text] of Object.entries(standIns)) {
    if (existsSync(path.join(modules, name))) await writeFile(path.join(modules, name, "index.js"), text);
  }
  await placeSearchStandIn(path.join(modules, "@vscode", "ripgrep"));
  const unneeded = ["node_modules/@github", "node_modules/@microsoft/mxc-sdk", "extensions/copilot"];
  for (const name of unneeded) await rm(path.join(server, name), { recursive: true, force: true });
  const product = JSON.parse(await readFile(path.join(server, "package.json"), "utf8")) as { version?: unknown };
  if (typeof product.version !== "string")
    throw new Error(`${server} holds no VS Code: its package.json names no version.`);
}

/**
 * In VS Code 1.100 a notebook that is closed while its outputs' webview loads makes the next one wait until the service worker gives up the requests
 * that were left behind: half a minute, many times in the tests. 10 seconds are still far more than a request takes that is answered.
 */
async function shortenResourceWait(server: string): Promise<void> {
  const file = path.join(server, "out/vs/workbench/contrib/webview/browser/pre/service-worker.js");
  const text = await readFile(file, "utf8");
  if (!text.includes("resolveTimeout=3e4")) throw new Error(`${file} does not wait as it did.`);
  await writeFile(file, text.replace("resolveTimeout=3e4", "resolveTimeout=1e4"));
}

/** Older packages download their search program in an install script. Text search is no part of the tests: it finds nothing. */
async function placeSearchStandIn(folder: string): Promise<void> {
  const program = path.join(folder, "bin", "rg");
  if (!existsSync(folder) || existsSync(program) || process.platform === "win32") return;
  await mkdir(path.dirname(program), { recursive: true });
  await writeFile(program, searchStandIn, { mode: 0o755 });
}

function serverFolder(folder: string): string {
  return path.join(folder, "node_modules", "code-server", "lib", "vscode");
}

/** Our own Node serves where it is the one wanted. */
function nodePackages(major: number): readonly string[] {
  if (isOwnNode(major)) return [];
  const platform = process.platform === "win32" ? "win" : process.platform;
  return [`node-${platform}-${process.arch}@${major}`];
}

function nodeProgram(folder: string, major: number): string {
  if (isOwnNode(major)) return process.execPath;
  const [name = ""] = nodePackages(major)[0]?.split("@") ?? [];
  return path.join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
}

function isOwnNode(major: number): boolean {
  return process.versions.node.startsWith(`${major}.`);
}
