// Real processes: the self-test under V8's flag, and kernels that do without it where it is unknown or where the test fails.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltBundles, buildKernelBundles } from "../../test/support/kernelBundles.ts";
import { findNode } from "../../test/support/otherNode.ts";
import { startTestSession } from "../../test/support/testSession.ts";
import type { VectorVerdict } from "../shared/words/vectorWords.ts";
import { WideVectors, wideVectorsFlag } from "./wideVectors.ts";

let bundles: BuiltBundles;
beforeAll(async () => {
  bundles = await buildKernelBundles(["kernel", "kernelWorker"]);
}, 60_000);
afterAll(() => bundles.remove());

/** What became of the wish, and the flags that kernels start with then. */
async function judged(options: { readonly nodePath?: string; readonly isWanted?: boolean } = {}) {
  const { isWanted = true, ...others } = options;
  const verdicts: VectorVerdict[] = [];
  const vectors = new WideVectors({
    distFolder: bundles.distFolder,
    isWanted: () => isWanted,
    onVerdict: (verdict) => verdicts.push(verdict),
    ...others,
  });
  const flags = await Promise.all([vectors.kernelFlags(), vectors.kernelFlags()]);
  expect(flags[1]).toEqual(flags[0]);
  return { verdicts, flags: flags[0] };
}

test("where they are not wanted, nothing is tested", async () => {
  expect(await judged({ isWanted: false })).toEqual({ verdicts: [], flags: [] });
});

test("where V8 has them, they are used after a test, which is made once", async () => {
  const { verdicts, flags } = await judged();
  expect(verdicts).toEqual([
    {
      kind: "used",
      compared: expect.any(Number),
      gigaflops: expect.any(Number),
      gigaflopsWithout: expect.any(Number),
    },
  ]);
  expect(flags).toEqual([wideVectorsFlag]);
});

const node20 = findNode(20);

test.skipIf(node20 === null)("a V8 that does not know them runs kernels without them", async () => {
  const { verdicts, flags } = await judged({ nodePath: node20 ?? "" });
  expect(verdicts).toEqual([{ kind: "refused", refusal: { kind: "unknownFlag" } }]);
  expect(flags).toEqual([]);
});

test("a test that fails, and one that ends its process, leave them off", async () => {
  const worker = path.join(bundles.distFolder, "kernelWorker.cjs");
  const code = await readFile(worker, "utf8");
  const own = /testVectors: .*\(\) => testVectors\(\w+\).*(?=,\n)/;
  expect(own.test(code)).toBe(true);
  const mismatch = { what: "tanh", wanted: 1, got: 2 };
  const report = { backend: "simd-relaxed", compared: 1, mismatch, gigaflops: 1 };
  const bodies = [
    [`async () => (${JSON.stringify(report)})`, { kind: "mismatch", ...mismatch }],
    [`async () => (${JSON.stringify({ ...report, backend: "plain" })})`, { kind: "noRoutines" }],
    [`async () => { throw new Error("no") }`, { kind: "failed", problem: "no" }],
    [
      `async () => process.kill(process.pid, "SIGSEGV")`,
      { kind: "died", death: { kind: "signal", signal: "SIGSEGV" } },
    ],
  ] as const;
  try {
    for (const [body, refusal] of bodies) {
      await writeFile(
        worker,
        code.replace(own, () => `testVectors: ${body}`),
      );
      expect(await judged()).toEqual({ verdicts: [{ kind: "refused", refusal }], flags: [] });
    }
  } finally {
    await writeFile(worker, code);
  }
});

test("a session starts its kernel with the flags it is given, and waits for them", async () => {
  let answer: (flags: readonly string[]) => void = () => undefined;
  const kernelFlags = () => new Promise<readonly string[]>((resolve) => (answer = resolve));
  const kernel = await startTestSession({ kernelFlags });
  try {
    const value = kernel.value('import { execArgv } from "node:process"; execArgv.join()');
    expect(kernel.session.kernelPid).toBeUndefined();
    answer(["--stack-trace-limit=20"]);
    expect(await value).toBe("'--stack-trace-limit=20'");
    await kernel.session.restart();
    // A restart while it waits ends the cell; no kernel is left behind.
    const running = kernel.run("1");
    await kernel.session.restart();
    answer([]);
    expect(await running).toEqual({ kind: "lost", loss: { kind: "restarted" } });
    expect(kernel.session.kernelPid).toBeUndefined();
  } finally {
    await kernel.dispose();
  }
});
