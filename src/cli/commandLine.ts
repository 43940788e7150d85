// What the user typed after `nnbook` → what to do, or what is wrong with it.

import { parseArgs } from "node:util";

export interface RunOptions {
  readonly file: string;
  /** Where the notebook with its outputs is written; `null` writes none. */
  readonly out: string | null;
  readonly json: boolean;
  readonly timeoutSeconds: number | null;
}

export type Command =
  | { readonly kind: "run"; readonly options: RunOptions }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "wrong"; readonly message: string };

export const helpText = `nnbook runs notebooks of neural networks in a terminal.

Usage
  nnbook run FILE [--out FILE] [--json] [--timeout SECONDS]

Runs the code cells of a .nnbook file in order, and stops at the first that fails.
Progress and errors go to stderr; what the cells print and show goes to stdout, as text.

Options
  --out FILE          write the notebook with its outputs (FILE may be the notebook itself)
  --json              print one JSON object instead of text:
                        { "ok", "cells": [{ "index", "ok", "error"?, "outputs": [{ MIME type: data }] }] }
                      index is the position in the file's list of cells, from 0; code cells only.
                      error is { "name", "message", "line"?, "column"?, "cell"?, "stack"? }; "cell" is the
                      index of the cell that line and column are in. When the file itself cannot be read:
                        { "ok": false, "error": { "name", "message" }, "cells": [] }
  --timeout SECONDS   stop when all cells together took longer
  --help, --version

Exit code
  0  every cell ran        1  a cell failed or was stopped
  2  wrong usage, or the file is missing or broken        130  stopped by Ctrl+C
`;

export function parseCommandLine(argv: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    // parseArgs words it: "Unknown option '--jsn'. …". Only its first sentence is about the user's line.
    const message = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? "") : String(error);
    return { kind: "wrong", message: `${message.replace(/\.$/, "")}.` };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const [command, file, ...others] = positionals;
  if (command === undefined) return { kind: "wrong", message: "Say what to do: nnbook run FILE." };
  if (command === "help") return { kind: "help" };
  if (command !== "run") return { kind: "wrong", message: `Unknown command "${command}"; there is: nnbook run FILE.` };
  if (file === undefined) return { kind: "wrong", message: "Which notebook? Write: nnbook run FILE." };
  if (others.length > 0) return { kind: "wrong", message: `One file at a time, got also ${others.join(", ")}.` };
  const timeoutSeconds = values.timeout === undefined ? null : Number(values.timeout);
  if (timeoutSeconds !== null && !(timeoutSeconds > 0)) {
    return { kind: "wrong", message: `--timeout takes a number of seconds above 0, got "${values.timeout}".` };
  }
  return { kind: "run", options: { file, out: values.out ?? null, json: values.json === true, timeoutSeconds } };
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      json: { type: "boolean" },
      timeout: { type: "string" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
  });
}
