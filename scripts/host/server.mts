// One VS Code server on loopback with its own data folder: started, given the extension, and ended for sure.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createVSIX } from "@vscode/vsce";
import { buildFolder } from "../paths.mts";
import { PlainError, runProgram } from "../run.mts";
import type { Host } from "./setUpHost.mts";

/** Settings that keep prompts, welcome pages and guesses away. */
const quietSettings: Readonly<Record<string, unknown>> = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "git.enabled": false,
  // In the browser it is on by default and would rewrite the files that tests open.
  "files.autoSave": "off",
  // Word completions look like completions that know something.
  "editor.wordBasedSuggestions": "off",
  "editor.hover.delay": 200,
  "window.autoDetectColorScheme": false,
  "workbench.list.mouseWheelScrollSensitivity": 2,
  "typescript.disableAutomaticTypeAcquisition": true,
  "typescript.surveys.enabled": false,
  "npm.fetchOnlinePackageInfo": false,
};

/** Trust as it is by default, but for the question at the start. */
const restrictedSettings: Readonly<Record<string, unknown>> = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
};

export interface ServerOptions {
  readonly host: Host;
  /** Extensions to install, as .vsix files. */
  readonly vsixFiles: readonly string[];
  /** Where extensions stand that `installExtensions` has installed: several servers may use them. Otherwise each has a folder of its own. */
  readonly extensionsFolder?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches the server, the extension host and the kernels. */
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** What the address must hold, as `tkn`, to be let in. Without one, whoever reaches the port is. */
  readonly token?: string;
  /**
   * Whether the page may run tests inside the extension host. A built VS Code otherwise ignores, silently, the paths of
   * tests in its address; but with it, no dialog is ever shown.
   */
  readonly runsTests?: boolean;
  /** Whether folders are not trusted until the user says so, as in a VS Code that nobody has set up; otherwise all are. */
  readonly isRestricted?: boolean;
}

export interface Server {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  /** User data, logs and its own extensions; removed by `stop`. */
  readonly dataFolder: string;
  readonly stop: () => Promise<void>;
  /** Resolves when the server is gone, by whatever reason. */
  readonly ended: Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const { host } = options;
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), "nnbook-host-"));
  const userFolder = path.join(dataFolder, "user");
  const folders = dataFolders(dataFolder, options.extensionsFolder);
  try {
    await mkdir(path.join(userFolder, "User"), { recursive: true });
    const restricted = options.isRestricted ? restrictedSettings : {};
    const settings = { ...quietSettings, ...restricted, ...options.settings };
    await writeFile(path.join(userFolder, "User", "settings.json"), JSON.stringify(settings, null, 2));
    for (const vsix of options.vsixFiles) await installVsix(host, folders, vsix);
    const port = options.port ?? (await listenOn(0));
    const logFile = path.join(dataFolder, "server.log");
    const child = spawnServer({
      host,
      folders,
      port,
      logFile,
      env: options.env ?? {},
      token: options.token ?? null,
      runsTests: options.runsTests ?? false,
      isRestricted: options.isRestricted ?? false,
    });
    const endOnExit = () => {
      endTree(child, "SIGKILL");
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    };
    process.once("exit", endOnExit);
    endOnSignals();
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const stop = async () => {
      await stopTree(child);
      process.off("exit", endOnExit);
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    };
    await waitUntilUp(child, port, logFile).catch(async (error: unknown) => {
      await stopTree(child);
      throw error;
    });
    return { origin: `http://127.0.0.1:${port}`, port, pid: child.pid ?? 0, dataFolder, stop, ended };
  } catch (error) {
    await rm(dataFolder, { recursive: true, force: true });
    throw error;
  }
}

/** Installs extensions for any number of servers; answers with their folder. */
export async function installExtensions(host: Host, vsixFiles: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "nnbook-extensions-"));
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), "nnbook-install-"));
  try {
    for (const vsix of vsixFiles) await installVsix(host, dataFolders(dataFolder, folder), vsix);
    return folder;
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

function dataFolders(dataFolder: string, extensionsFolder = path.join(dataFolder, "extensions")): readonly string[] {
  const userFolder = path.join(dataFolder, "user");
  return ["--server-data-dir", dataFolder, "--user-data-dir", userFolder, "--extensions-dir", extensionsFolder];
}

/** The helper that opens the first notebook, as a .vsix. */
export async function packageOpener(): Promise<string> {
  const packagePath = path.join(buildFolder, "host", "openNotebook.vsix");
  await mkdir(path.dirname(packagePath), { recursive: true });
  const cwd = path.join(import.meta.dirname, "openNotebook");
  await createVSIX({ cwd, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}

/** A port that the user chose: a number that a server can have, and that none has now. */
export async function parsePort(text: string): Promise<number> {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new PlainError(`--port: expected a whole number from 1 to 65535, got "${text}".`);
  }
  const reason = await listenOn(port).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? String(error),
  );
  if (reason === null) return port;
  const why = reason === "EADDRINUSE" ? "another program uses it" : `it cannot be opened (${reason})`;
  throw new PlainError(`--port ${port}: ${why}. Choose another one, or leave --port out: a free one is found then.`);
}

let signalsAreWatched = false;

/** A signal alone would end us without "exit", and the server, which is in a process group of its own, would live on. */
function endOnSignals(): void {
  if (signalsAreWatched) return;
  signalsAreWatched = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => process.exit(process.exitCode ?? 130));
  }
}

async function installVsix(host: Host, folders: readonly string[], vsix: string): Promise<void> {
  if (!existsSync(vsix)) throw new PlainError(`There is no ${path.basename(vsix)} yet. Make it: npm run package`);
  const args = [host.serverMain, ...folders, "--accept-server-license-terms", "--install-extension", vsix, "--force"];
  const result = await runProgram(host.node, args, { env: serverEnvironment({}), timeoutMs: 120_000 });
  if (result.exitCode !== 0 || !/successfully installed/i.test(result.text)) {
    throw new PlainError(`VS Code ${host.version} did not install ${path.basename(vsix)}:\n${result.text.trim()}`);
  }
}

function spawnServer(options: {
  readonly host: Host;
  readonly folders: readonly string[];
  readonly port: number;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly runsTests: boolean;
  readonly isRestricted: boolean;
}): ChildProcess {
  const log = openSync(options.logFile, "w");
  const child = spawn(
    options.host.node,
    [
      options.host.serverMain,
      ...["--host", "127.0.0.1", "--port", String(options.port)],
      ...(options.token === null ? ["--without-connection-token"] : ["--connection-token", options.token]),
      ...["--accept-server-license-terms", ...options.folders, "--telemetry-level", "off"],
      ...(options.isRestricted ? [] : ["--disable-workspace-trust"]),
      ...["--disable-getting-started-override", "--disable-update-check"],
      ...(options.runsTests ? ["--enable-smoke-test-driver"] : []),
    ],
    {
      stdio: ["ignore", log, log],
      env: serverEnvironment(options.env),
      // A process group of its own: the server, its extension hosts and their kernels are ended together.
      detached: process.platform !== "win32",
    },
  );
  closeSync(log);
  return child;
}

function serverEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  // No marketplace: no requests that fail.
  return { ...process.env, VSCODE_PROXY_URI: "", EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...extra };
}

async function waitUntilUp(child: ChildProcess, port: number, logFile: string): Promise<void> {
  const failed = async (what: string) =>
    new PlainError(
      `The VS Code server ${what}. The end of its log:\n${(await readFile(logFile, "utf8")).slice(-3000)}`,
    );
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw await failed("ended at once");
    const up = await fetch(`http://127.0.0.1:${port}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await wait(100);
  }
  throw await failed("did not answer within 30 seconds");
}

async function stopTree(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  endTree(child, "SIGTERM");
  await Promise.race([ended, wait(3000)]);
  // What outlived the server: an extension host that was idle, a kernel that ignores signals.
  endTree(child, "SIGKILL");
}

function endTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}

/** Opens a port for a moment and answers with its number; 0 takes a free one. */
function listenOn(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
