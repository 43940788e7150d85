// The `nnbook` command of VS Code's terminals: a shell with what the extension adds to the environment finds it, and it runs the command line with the editor's Node.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type * as vscode from "vscode";

vi.mock("vscode", () => import("../../test/support/fakeVscode.ts"));

const { offerTerminalCommand } = await import("./terminalCommand.ts");

const scripts = path.resolve(import.meta.dirname, "..", "..", "bin");
let extensionPath = "";
beforeAll(() => {
  extensionPath = mkdtempSync(path.join(os.tmpdir(), "nnbook terminal "));
  cpSync(scripts, path.join(extensionPath, "bin"), { recursive: true });
  mkdirSync(path.join(extensionPath, "dist"));
  const commandLine =
    "console.log(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE])); process.exitCode = 3;";
  writeFileSync(path.join(extensionPath, "dist", "cli.cjs"), commandLine);
});
afterAll(() => rmSync(extensionPath, { recursive: true, force: true }));

/** What a terminal of VS Code would have. */
function terminalEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  const collection = {
    append: (name: string, value: string) => {
      env[name] = `${env[name] ?? ""}${value}`;
    },
    replace: (name: string, value: string) => {
      env[name] = value;
    },
  };
  offerTerminalCommand({
    extensionPath,
    environmentVariableCollection: collection as unknown as vscode.GlobalEnvironmentVariableCollection,
  });
  return env;
}

test("is found by its name, gets its arguments as they are, and gives its exit code", () => {
  const env = terminalEnvironment();
  const { status, stdout, stderr } = spawnSync('nnbook run "a book.nnbook" --json', {
    env,
    shell: true,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([["run", "a book.nnbook", "--json"], "1"]);
  expect(status).toBe(3);
});

test("an nnbook of the user's own goes before it", () => {
  expect(terminalEnvironment().PATH).toBe(`${process.env.PATH}${path.delimiter}${path.join(extensionPath, "bin")}`);
});

test.skipIf(process.platform === "win32")("may be executed", () => {
  expect(statSync(path.join(scripts, "nnbook")).mode & 0o111).toBe(0o111);
});
