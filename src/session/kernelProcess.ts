// One kernel process: forked from the bundle, spoken to by messages; knows why it died.

import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import type { FromKernel, KernelDeath, ToKernel } from "../shared/kernelProtocol.ts";

export interface KernelProcessOptions {
  /** The folder of the bundles. */
  readonly distFolder: string;
  /** The notebook's folder: where the cells' relative paths start. */
  readonly folder: string;
  /** The Node to run it with; this process's own when absent. */
  readonly nodePath?: string;
  readonly maxHeapMb?: number;
  /** How long a training that is to stop gets to end between two steps. */
  readonly trainingGraceMs?: number;
  /** Whether it makes way for other programs when all cores are busy. */
  readonly yields?: boolean;
  /** Options of Node and V8. A process that does not know one ends at once. */
  readonly flags?: readonly string[];
  readonly onMessage: (message: FromKernel) => void;
  /** Called once. */
  readonly onDeath: (death: KernelDeath) => void;
}

/** How much of what the process complained about is kept to tell why it died. */
const complaintLength = 16_000;

export class KernelProcess {
  readonly #child: ChildProcess;
  readonly #onDeath: (death: KernelDeath) => void;
  #complaint = "";
  #lastWords: KernelDeath | null = null;
  #isOver = false;

  constructor(options: KernelProcessOptions) {
    this.#onDeath = options.onDeath;
    const { distFolder, folder, nodePath, maxHeapMb, trainingGraceMs, yields = false, flags = [], onMessage } = options;
    this.#child = fork(
      path.join(distFolder, "kernel.cjs"),
      [
        ...(maxHeapMb === undefined ? [] : [`--max-heap-mb=${maxHeapMb}`]),
        ...(trainingGraceMs === undefined ? [] : [`--training-grace-ms=${trainingGraceMs}`]),
        ...(yields ? ["--yield"] : []),
      ],
      {
        cwd: existsSync(folder) ? folder : os.homedir(),
        // VS Code's own binary is Electron: this makes it Node.
        env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
        execArgv: [...flags],
        ...(nodePath === undefined ? {} : { execPath: nodePath }),
        serialization: "advanced",
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      },
    );
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-complaintLength);
    });
    this.#child.on("message", (message) => {
      if (this.#isOver) return;
      // Only our own bundle is at the other end: kernelProtocol.ts says what it sends.
      const told = message as FromKernel;
      if (told.kind === "died") this.#lastWords = told.death;
      else onMessage(told);
    });
    this.#child.on("error", (error) => this.#end({ kind: "notStarted", problem: error.message }));
    // "close" comes after "exit", when all that it wrote has been read.
    this.#child.on("close", (code, signal) => this.#end(this.#death(code, signal)));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: ToKernel): void {
    if (this.#isOver || !this.#child.connected) return;
    this.#child.send(message, (error) => {
      if (error !== null) this.#complaint += `\n${error.message}`;
    });
  }

  /** Ends it at once and for certain; its death is not reported. */
  kill(): void {
    this.#isOver = true;
    this.#child.kill("SIGKILL");
  }

  #end(death: KernelDeath): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onDeath(death);
  }

  #death(code: number | null, signal: NodeJS.Signals | null): KernelDeath {
    if (this.#lastWords !== null) return this.#lastWords;
    if (/heap out of memory|Allocation failed|Array buffer allocation failed/i.test(this.#complaint)) {
      return { kind: "outOfMemory", limitMb: null };
    }
    if (signal !== null) return { kind: "signal", signal };
    return { kind: "ended", code, complaint: lastLine(this.#complaint) };
  }
}

/** What Node writes of its own debugger is no complaint. */
function lastLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return (
    lines.findLast((line) => line !== "" && !/^(?:Debugger |For help, see: |Waiting for the debugger )/.test(line)) ??
    ""
  );
}
