// A kernel that is to make way for other programs does so in the thread of its cells, and computes as before.

import os from "node:os";
import { expect, test } from "vitest";
import { startTestSession } from "../../test/support/testSession.ts";

const priority = `import os from "node:os";\nos.getPriority()`;

test("a kernel takes the cores after other programs where it is asked to, and only there", async () => {
  const own = os.getPriority();
  const lower = process.platform === "win32" ? os.constants.priority.PRIORITY_BELOW_NORMAL : Math.min(19, own + 5);
  for (const [yields, expected] of [
    [true, lower],
    [false, own],
  ] as const) {
    const kernel = await startTestSession({ yields });
    expect(await kernel.value(priority)).toBe(String(expected));
    await kernel.dispose();
  }
}, 60_000);
