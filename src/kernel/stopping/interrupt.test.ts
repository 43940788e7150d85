// Stops that keep variables, in kernels of different versions of Node.

import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../../test/support/testSession.ts";

const endless: Readonly<Record<string, string>> = {
  "a loop": "while (true) { n++ }",
  "a loop after an await": "await null; for (;;) n++",
  "a loop in a timer": "setInterval(() => { for (;;) n++ }, 1); await new Promise(() => {})",
  "a loop in a tick": "process.nextTick(() => { for (;;) n++ }); await new Promise(() => {})",
  "a loop after a wait of node:timers/promises":
    'import { setTimeout as sleep } from "node:timers/promises"; await sleep(5); for (;;) n++',
  "a flood of microtasks": "for (;;) await null",
  "loops in try and finally": "for (;;) try { for (;;) n++ } catch {} finally { n = -1 }",
  "a promise that never settles": "await new Promise(() => {})",
  "a regular expression": '/(a+)+$/.test("a".repeat(40) + "b")',
  "a blocked thread": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "a loop of waits": "for (;;) { await new Promise(r => setTimeout(r, 5)); n++ }",
  "a value that cannot be shown": '({ [Symbol.for("nodejs.util.inspect.custom")]() { for (;;) n++ } })',
  "a flood of text": 'for (;;) console.log("x")',
  "a flood of outputs": "for (;;) display({ n: n++ })",
  "a flood of failing timers": "setInterval(() => { throw n++ }, 0); for (;;) await new Promise(r => setTimeout(r))",
  "a flood of trainings":
    'import { layers, sequential } from "nnbook"; for (;;) { const m = sequential([layers.dense(1)]); m.compile({ loss: "mse", optimizer: "sgd" }); await m.fit([[1]], [[1]], { epochs: 1, seed: 1 }) }',
  "a loop that carries an AsyncLocalStorage":
    'import { AsyncLocalStorage } from "node:async_hooks"; await new AsyncLocalStorage().run(1, async () => { await null; for (;;) n++ })',
  "a loop beside a class named Error": "class Error {}; for (;;) n++",
};

/** The Nodes that VS Code's versions have: this test's own, and 20 where the machine has one. */
const nodes = [process.execPath, "/usr/bin/node"].filter((file) => existsSync(file));

describe.each(nodes)("a kernel of %s", (nodePath) => {
  let kernel: TestSession;
  beforeAll(async () => {
    kernel = await startTestSession({ nodePath });
    await kernel.run("const keep: number[] = [1, 2, 3]; let n = 0");
  }, 60_000);
  afterAll(() => kernel.dispose());

  test.each(Object.keys(endless))("stops %s, three times, and keeps variables", async (name) => {
    for (let round = 0; round < 3; round++) {
      const before = Number(await kernel.value("keep.push(0)"));
      const running = kernel.run(endless[name] ?? "");
      await kernel.until("cellStarted");
      await wait(40);
      const asked = performance.now();
      await kernel.session.interrupt();
      expect(await running).toMatchObject({ kind: "interrupted" });
      // A second on a machine that is not busy with other tests.
      expect(performance.now() - asked).toBeLessThan(3000);
      expect(await kernel.value("keep.length")).toBe(String(before));
    }
  });
});
