// A kernel that runs out of memory ends alone, and says why.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../test/support/testSession.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession({ maxHeapMb: 64 });
}, 60_000);
afterAll(() => kernel.dispose());

test("a kernel that runs out of memory says so, and the next run works", async () => {
  const outcome = await kernel.run("const all = []; for (;;) all.push({ x: all.length, y: [all.length] })");
  expect(outcome).toMatchObject({ kind: "lost", loss: { kind: "died", death: { kind: "outOfMemory" } } });
  expect(await kernel.value("1")).toBe("1");
});
