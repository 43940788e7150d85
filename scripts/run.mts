// Starts other programs and waits for them; knows how to call npm and the tools in node_modules on every platform.

import { spawn } from "node:child_process";
import path from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { rootFolder } from "./paths.mts";

/** A failure the reader can act on: shown as its message alone, without a stack trace. */
export class PlainError extends Error {
  override name = "PlainError";
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Show what the program prints as it comes. Otherwise it is only kept. */
  readonly show?: boolean;
  readonly timeoutMs?: number;
}

export interface RunResult {
  readonly exitCode: number;
  /** Standard output and standard error, as they came. */
  readonly text: string;
}

/** Runs a program to its end. Never throws for an exit code: the caller looks at it. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? rootFolder,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      // A killed child has an exit code of null; it then counts as failed.
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (options.show) process.stdout.write(chunk);
      });
    }
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode: exitCode ?? 1, text }));
  });
}

/** Runs a JavaScript tool of a package in our node_modules, on the Node that runs this script. */
export function runTool(tool: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runProgram(process.execPath, [path.join(rootFolder, "node_modules", tool), ...args], options);
}

/** Runs npm in a folder of its own: what the surrounding `npm run` put into the environment must not steer it. */
export function runNpm(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const env = Object.fromEntries(
    Object.entries(options.env ?? process.env).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|command|config_(local_prefix|global_prefix|prefix|workspace|include))/i.test(name),
    ),
  );
  const npmScript = process.env.npm_execpath;
  if (npmScript && /\.[cm]?js$/.test(npmScript)) {
    return runProgram(process.execPath, [npmScript, ...args], { ...options, env });
  }
  return runProgram(process.platform === "win32" ? "npm.cmd" : "npm", args, { ...options, env });
}

/** What the command line says; an option that does not exist ends the script with a sentence. */
export function readFlags<Options extends ParseArgsOptionsConfig>(
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>["values"] {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`);
    console.error(`${error instanceof Error ? error.message : String(error)}\nThere is: ${known.join(", ")}.`);
    process.exit(1);
  }
}

/** Runs the body of a script: plain errors are printed as they are, and any makes the exit code 1. */
export async function runScript(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    process.exitCode = 1;
  }
}
