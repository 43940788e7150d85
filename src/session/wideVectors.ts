// Whether kernels run with V8's experimental 256-bit vectors: only where they are wanted, and after a self-test in a process of its own.

import os from "node:os";
import type { KernelDeath, VectorReport } from "../shared/kernelProtocol.ts";
import type { VectorRefusal, VectorVerdict } from "../shared/words/vectorWords.ts";
import { KernelProcess } from "./kernelProcess.ts";

/** Makes one 256-bit operation of two neighbouring 128-bit ones, in code that V8 optimizes. */
export const wideVectorsFlag = "--experimental-wasm-revectorize";

/** For the test alone: all code is optimized before it runs. Otherwise most of what is compared would not have met the flag. */
const testFlag = "--no-liftoff";

const testLimitMs = 30_000;

/** Node's exit code for an option that it does not know. */
const badOptionCode = 9;

export interface WideVectorsOptions {
  /** The folder of the bundles. */
  readonly distFolder: string;
  /** The Node that kernels run with; this process's own when absent. */
  readonly nodePath?: string;
  /** Asked before a kernel starts. */
  readonly isWanted: () => boolean;
  /** Called once, when the test is over. */
  readonly onVerdict: (verdict: VectorVerdict) => void;
}

/** Shared by all sessions of a window: what a process finds holds for those after it. */
export class WideVectors {
  readonly #options: WideVectorsOptions;
  #verdict: Promise<VectorVerdict> | null = null;

  constructor(options: WideVectorsOptions) {
    this.#options = options;
  }

  /** What Node is told when the next kernel starts. The first that wants wide vectors waits for the test. Never rejects. */
  async kernelFlags(): Promise<readonly string[]> {
    if (!this.#options.isWanted()) return [];
    this.#verdict ??= this.#judge();
    return (await this.#verdict).kind === "used" ? [wideVectorsFlag] : [];
  }

  async #judge(): Promise<VectorVerdict> {
    const wide = await testVectors(this.#options, [wideVectorsFlag, testFlag]);
    // Not at the same time: two that share a core would tell nothing about speed.
    const usual = "kind" in wide ? wide : await testVectors(this.#options, [testFlag]);
    const verdict = verdictOf(wide, usual);
    this.#options.onVerdict(verdict);
    return verdict;
  }
}

type TestResult = VectorReport | VectorRefusal;

function verdictOf(wide: TestResult, usual: TestResult): VectorVerdict {
  if ("kind" in wide) return { kind: "refused", refusal: wide };
  const { backend, mismatch, compared, gigaflops } = wide;
  if (backend === "plain") return { kind: "refused", refusal: { kind: "noRoutines" } };
  if (mismatch !== null) return { kind: "refused", refusal: { kind: "mismatch", ...mismatch } };
  return { kind: "used", compared, gigaflops, gigaflopsWithout: "kind" in usual ? null : usual.gigaflops };
}

/** Starts a kernel that runs the self-test and nothing else. */
function testVectors({ distFolder, nodePath }: WideVectorsOptions, flags: readonly string[]): Promise<TestResult> {
  return new Promise((resolve) => {
    const finish = (result: TestResult) => {
      clearTimeout(timer);
      kernel.kill();
      resolve(result);
    };
    const kernel = new KernelProcess({
      distFolder,
      folder: os.tmpdir(),
      flags,
      ...(nodePath === undefined ? {} : { nodePath }),
      onMessage: (message) => {
        if (message.kind === "ready") kernel.send({ kind: "testVectors" });
        if (message.kind === "vectorsTested") finish(message.report);
        if (message.kind === "failedInBackground") finish({ kind: "failed", problem: message.error.message });
      },
      onDeath: (death) => finish(isBadOption(death) ? { kind: "unknownFlag" } : { kind: "died", death }),
    });
    const timer = setTimeout(() => finish({ kind: "late", seconds: testLimitMs / 1000 }), testLimitMs);
  });
}

function isBadOption(death: KernelDeath): boolean {
  return death.kind === "ended" && (death.code === badOptionCode || /bad option/i.test(death.complaint));
}
