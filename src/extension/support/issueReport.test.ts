// What a report of an issue tells, and that it asks first.

import { expect, test } from "vitest";
import { factsText, type IssueFacts, issueText } from "./issueReport.ts";

const facts: IssueFacts = {
  extensionVersion: "0.1.0",
  editor: { name: "Code | OSS", version: "1.100.0", host: "desktop", remote: undefined, language: "ko" },
  isTrusted: true,
  system: {
    os: "Linux 6.1 (linux-x64)",
    node: "v22.1.0",
    processor: "A Processor",
    cores: 2,
    memoryBytes: 4 * 2 ** 30,
    hasSimd: true,
  },
  threads: 0,
  kernels: [
    { text: "died: native code crashed (SIGSEGV)", cells: { succeeded: 3, lost: 1 } },
    { text: "running (Node v22.1.0, simd-relaxed)", cells: {} },
  ],
  settings: { "nnbook.traceDetail": "full" },
};

test("versions, machine, kernels and changed settings, a row each", () => {
  expect(factsText(facts).split("\n")).toEqual([
    "| | |",
    "|---|---|",
    "| nnbook | 0.1.0 |",
    "| Editor | Code \\| OSS 1.100.0 (desktop, ko) |",
    "| Workspace | trusted |",
    "| System | Linux 6.1 (linux-x64) |",
    "| Node | v22.1.0 |",
    "| Processor | A Processor, 2 cores |",
    "| Memory | 4.0 GiB |",
    "| WebAssembly SIMD | yes |",
    "| Threads | as the kernel decides |",
    "| Kernel 1 | died: native code crashed (SIGSEGV); cells: 3 succeeded, 1 lost |",
    "| Kernel 2 | running (Node v22.1.0, simd-relaxed) |",
    '| nnbook.traceDetail | "full" |',
    "",
  ]);
  expect(factsText({ ...facts, kernels: [], threads: 3 })).toMatch(
    /\| Threads \| 3 \|\n\| Kernels \| none has started \|/,
  );
});

test("asks what only the reader knows before it tells what the machine knows", () => {
  const text = issueText(facts, { about: "not sent", what: "What?", expected: "Expected?", steps: "Steps?" });
  const order = ["<!-- not sent -->", "## What?", "## Expected?", "## Steps?", "| nnbook |"].map((part) =>
    text.indexOf(part),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBe(0);
});
