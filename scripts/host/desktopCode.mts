// A desktop VS Code, where there is one: finding it, and opening the samples in it with the extension from this clone.

import { existsSync } from "node:fs";
import path from "node:path";
import { firstSample, rootFolder, samplesFolder } from "../paths.mts";
import { PlainError, runProgram } from "../run.mts";
import { findProgram } from "./setUpChromium.mts";

const macProgram = "/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code";
const oldestMinor = 100;

/** The path of a `code` command that can open a window here and is new enough; `null` where there is none. */
export async function findDesktopCode(): Promise<string | null> {
  // Inside a remote window `code` only talks to that window and takes no extension from a folder.
  if (process.env.VSCODE_IPC_HOOK_CLI) return null;
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null;
  const program = findProgram("code") ?? findProgram("code-insiders") ?? (existsSync(macProgram) ? macProgram : null);
  if (!program) return null;
  const answer = await runCode(program, ["--version"]);
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)\./m.exec(answer.text) ?? [];
  if (Number(major) > 1 || Number(minor) >= oldestMinor) return program;
  console.log(`${program} is VS Code ${major}.${minor}; nnbook needs 1.${oldestMinor}. Using the web version instead.`);
  return null;
}

export async function openDesktopCode(program: string): Promise<void> {
  console.log(`Opening ${firstSample} with ${program} ...`);
  const opened = await runCode(program, [
    "--new-window",
    `--extensionDevelopmentPath=${rootFolder}`,
    `--extensionDevelopmentPath=${path.join(import.meta.dirname, "openNotebook")}`,
    samplesFolder,
  ]);
  if (opened.exitCode !== 0)
    throw new PlainError(`${program} failed:\n${opened.text}\nThe web version: npm start -- --web`);
}

function runCode(program: string, args: readonly string[]): ReturnType<typeof runProgram> {
  const env = { ...process.env, NNBOOK_OPEN: path.join(samplesFolder, firstSample) };
  // On Windows `code` is a .cmd file, which only the shell can start.
  if (process.platform !== "win32") return runProgram(program, args, { env });
  return runProgram("cmd.exe", ["/d", "/s", "/c", program, ...args], { env });
}
