// Finds a Chromium (or Chrome, or Edge) to drive; on Linux with apt it installs one when there is none.

import { accessSync, constants } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PlainError, runProgram } from "../run.mts";

const programNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "msedge",
];

/** Fonts for Korean and for emoji: without them pictures show boxes. */
const aptPackages = ["chromium", "fonts-nanum", "fonts-noto-color-emoji"];

/** The path of a Chromium; installs one where that is possible, else says what to do. */
export async function setUpChromium(progress: (line: string) => void = console.log): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.platform === "linux" && findProgram("apt-get")) {
    await installWithApt(progress);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new PlainError(
    [
      "No Chromium, Chrome or Edge was found. Install one, or set CHROMIUM to the path of its program:",
      "  Debian, Ubuntu   sudo apt-get install -y chromium",
      "  Fedora           sudo dnf install chromium",
      "  macOS            brew install --cask google-chrome",
      "  Windows          winget install Google.Chrome",
    ].join("\n"),
  );
}

export function findChromium(): string | null {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new PlainError(`CHROMIUM names "${chosen}", which is no program.`);
  }
  for (const name of programNames) {
    const found = findProgram(name);
    if (found) return found;
  }
  return usualPlaces().find(isProgram) ?? null;
}

/** The path of a program on the PATH. */
export function findProgram(name: string): string | null {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending);
      if (folder && isProgram(candidate)) return candidate;
    }
  }
  return null;
}

async function installWithApt(progress: (line: string) => void): Promise<void> {
  const command = (args: readonly string[]) =>
    os.userInfo().uid === 0 ? ["apt-get", ...args] : ["sudo", "-n", "apt-get", ...args];
  progress(`Installing ${aptPackages.join(", ")} with apt-get (once, about a minute) ...`);
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...aptPackages],
  ]) {
    const [program = "", ...rest] = command(args);
    const result = await runProgram(program, rest, {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).catch((error: unknown) => ({ exitCode: 1, text: String(error) }));
    if (result.exitCode === 0) continue;
    throw new PlainError(
      [
        `${program} ${rest.join(" ")} failed:`,
        result.text.trim().split("\n").slice(-8).join("\n"),
        `Install it yourself (sudo apt-get update && sudo apt-get install -y ${aptPackages.join(" ")}), or set CHROMIUM to the path of a Chromium.`,
      ].join("\n"),
    );
  }
}

function usualPlaces(): readonly string[] {
  const macNames = ["Google Chrome", "Chromium", "Microsoft Edge"];
  const windowsNames = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
  if (process.platform === "darwin") return macNames.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (process.platform !== "win32") return [];
  const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => process.env[name] ?? []);
  return roots.flatMap((root) => windowsNames.map((name) => path.join(root, name)));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not to be run: the next place is tried
  }
}
