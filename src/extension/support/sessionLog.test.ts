// The lines that sessions leave in the output channel, and what is known of kernels afterwards.

import { expect, test } from "vitest";
import { duration, SessionLog } from "./sessionLog.ts";

function recorded() {
  const lines: string[] = [];
  const write = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
  const log = new SessionLog({ info: write("info"), warn: write("warn"), error: write("error") });
  return { lines, log };
}

const started = { kind: "kernelStarted", pid: 7, node: "v22.1.0", backend: "simd-relaxed", ms: 140.4 } as const;

test("says of each kernel when it came, what ran how long, and why it went", () => {
  const { lines, log } = recorded();
  const tell = log.listener("lesson.nnbook");
  tell(started);
  tell({ kind: "cellEnded", label: "Cell 2", outcome: "succeeded", ms: 1234 });
  tell({ kind: "stopAsked", label: "Cell 3" });
  tell({ kind: "cellEnded", label: "Cell 3", outcome: "interrupted", ms: 200_500 });
  tell({ kind: "kernelDied", death: { kind: "signal", signal: "SIGSEGV" } });
  expect(lines).toEqual([
    "info lesson.nnbook: kernel started in 140 ms (process 7, Node v22.1.0, simd-relaxed)",
    "info lesson.nnbook: Cell 2 succeeded after 1.2 s",
    "info lesson.nnbook: Cell 3 is to stop",
    "info lesson.nnbook: Cell 3 was stopped after 3 min 20 s",
    "error lesson.nnbook: kernel died: native code crashed (SIGSEGV)",
  ]);
  expect(log.kernels).toEqual([
    { text: "died: native code crashed (SIGSEGV)", cells: { succeeded: 1, interrupted: 1 } },
  ]);
});

test("keeps the kernels of notebooks apart, each restart for itself, and only the newest", () => {
  const { log } = recorded();
  const [one, other] = [log.listener("one.nnbook"), log.listener("other.nnbook")];
  one(started);
  other(started);
  other({ kind: "cellEnded", label: "Cell 1", outcome: "failed", ms: 1 });
  one({ kind: "kernelEnded", reason: "restarted" });
  one(started);
  expect(log.kernels).toEqual([
    { text: "ended: it is restarted", cells: {} },
    { text: "running (Node v22.1.0, simd-relaxed)", cells: { failed: 1 } },
    { text: "running (Node v22.1.0, simd-relaxed)", cells: {} },
  ]);
  for (let count = 0; count < 9; count++) one(started);
  expect(log.kernels).toHaveLength(5);
});

test("names no notebook where kernels are told about", () => {
  const { log } = recorded();
  log.listener("secret.nnbook")(started);
  expect(JSON.stringify(log.kernels)).not.toContain("secret");
});

test("durations read as people say them", () => {
  expect([12.3, 999.4, 1000, 59_940, 61_000].map(duration)).toEqual([
    "12 ms",
    "999 ms",
    "1.0 s",
    "59.9 s",
    "1 min 1 s",
  ]);
});
