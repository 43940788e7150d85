// What the user typed after `nnbook` → what to do, or what is wrong with it.

import path from "node:path";
import { parseArgs } from "node:util";
import type { ExportForm } from "../convert/convert.ts";
import type { NotebookParameter } from "../shared/languageProtocol.ts";

export interface RunOptions {
  readonly file: string;
  /** Where the notebook with its outputs is written; `null` writes none. */
  readonly out: string | null;
  readonly json: boolean;
  readonly timeoutSeconds: number | null;
  readonly parameters: readonly NotebookParameter[];
}

export interface ExportOptions {
  readonly file: string;
  readonly form: ExportForm | "ts";
  /** `null`: beside the notebook, under its name. */
  readonly out: string | null;
}

export interface ImportOptions {
  readonly file: string;
  /** `null`: beside the file, under its name. */
  readonly out: string | null;
}

export type Command =
  | { readonly kind: "run"; readonly options: RunOptions }
  | { readonly kind: "export"; readonly options: ExportOptions }
  | { readonly kind: "import"; readonly options: ImportOptions }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  /** `json`: whether who asked reads JSON. */
  | { readonly kind: "wrong"; readonly message: string; readonly json: boolean };

/** By the ending of their files. The converter is not loaded just to know them. */
const forms: readonly ExportOptions["form"][] = ["html", "md", "ipynb", "ts"];

export const helpText = `nnbook runs notebooks of neural networks in a terminal, and carries them elsewhere.

Usage
  nnbook run FILE [--param NAME=VALUE]... [--out FILE] [--json] [--timeout SECONDS]
  nnbook export FILE [--to html|md|ipynb|ts] [--out FILE]
  nnbook import FILE [--out FILE]

run: runs the code cells of a .nnbook file in order, and stops at the first that fails.
Progress and errors go to stderr; what the cells print and show goes to stdout, as text.

  --param NAME=VALUE  another value for a variable that a cell gives a number, a text, true, false or a control:
                      --param learningRate=0.1 changes const learningRate = 0.01; may stand several times
  --out FILE          write the notebook with its outputs (FILE may be the notebook itself), parameters as given
  --json              print one JSON object instead of text:
                        { "ok", "parameters"?, "cells": [{ "index", "ok", "error"?, "outputs": [{ MIME type: data }] }] }
                      index is the position in the file's list of cells, from 0; code cells only.
                      error is { "name", "message", "line"?, "column"?, "cell"?, "stack"? }; "cell" is the
                      index of the cell that line and column are in. When usage, file or a parameter is wrong:
                        { "ok": false, "error": { "name", "message" }, "cells": [] }
  --timeout SECONDS   stop when all cells together took longer

export: writes a .nnbook file as it is, with the outputs it holds, in another form. No cell runs:
run it first (nnbook run FILE --out FILE) where outputs are missing.

  --to FORM           html   one page with its pictures alive, which needs no network and no nnbook
                      md     Markdown, with its pictures as SVG files in a folder beside it
                      ipynb  a Jupyter notebook, with pictures as SVG and text
                      ts     one TypeScript file that runs with the npm package nnbook
                      Without it, the ending of --out says the form.
  --out FILE          where to write; without it, beside the notebook under its name, where there is no such file yet

import: makes a .nnbook file of a Jupyter notebook (.ipynb) or of one of the extension TypeScript Notebooks (.nnb).
Cells in other languages than TypeScript and JavaScript are kept as text.

  --out FILE          where to write; without it, beside FILE under its name, where there is no such notebook yet

Always
  --help, --version

Exit code
  0  every cell ran, or the file is written      1  a cell failed or was stopped
  2  wrong usage or parameter, or the file is missing or broken        130  stopped by Ctrl+C
`;

export function parseCommandLine(argv: readonly string[]): Command {
  const command = readCommandLine(argv);
  return command.kind === "wrong" ? { ...command, json: argv[0] === "run" && argv.includes("--json") } : command;
}

function readCommandLine(argv: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    // parseArgs words it: "Unknown option '--jsn'. …". Only its first sentence is about the user's line.
    const message = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? "") : String(error);
    return wrong(`${message.replace(/\.$/, "")}.`);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const [command, file, ...others] = positionals;
  if (command === undefined) return wrong("Say what to do: nnbook run, export or import, and a file.");
  if (command === "help") return { kind: "help" };
  const reader = commands.get(command);
  if (reader === undefined)
    return wrong(`Unknown command "${command}"; there are: ${[...commands.keys()].join(", ")}.`);
  if (file === undefined) return wrong(`Which notebook? Write: nnbook ${command} FILE.`);
  if (others.length > 0) return wrong(`One file at a time, got also ${others.join(", ")}.`);
  const stray = Object.keys(values).find((option) => !reader.options.includes(option));
  if (stray !== undefined) return wrong(`nnbook ${command} has no --${stray}.`);
  return reader.read(file, values);
}

type Values = ReturnType<typeof parse>["values"];

interface CommandReader {
  readonly options: readonly string[];
  readonly read: (file: string, values: Values) => Command;
}

const commands: ReadonlyMap<string, CommandReader> = new Map<string, CommandReader>([
  ["run", { options: ["out", "json", "timeout", "param"], read: readRun }],
  ["export", { options: ["to", "out"], read: readExport }],
  ["import", { options: ["out"], read: (file, { out }) => ({ kind: "import", options: { file, out: out ?? null } }) }],
]);

function readRun(file: string, { out, json, timeout, param = [] }: Values): Command {
  const timeoutSeconds = timeout === undefined ? null : Number(timeout);
  if (timeoutSeconds !== null && !(timeoutSeconds > 0))
    return wrong(`--timeout takes a number of seconds above 0, got "${timeout}".`);
  const nameless = param.find((each) => !/^[^=\s]+=/.test(each));
  if (nameless !== undefined) return wrong(`--param takes NAME=VALUE, such as learningRate=0.1; got "${nameless}".`);
  const parameters = param.map((each) => ({
    name: each.slice(0, each.indexOf("=")),
    value: each.slice(each.indexOf("=") + 1),
  }));
  const twice = parameters.find(({ name }, at) => parameters.findIndex((each) => each.name === name) < at);
  if (twice !== undefined) return wrong(`--param ${twice.name} stands twice. Give it once.`);
  return { kind: "run", options: { file, out: out ?? null, json: json === true, timeoutSeconds, parameters } };
}

function readExport(file: string, { to, out }: Values): Command {
  const named = to ?? (out === undefined ? undefined : path.extname(out).slice(1));
  if (named === undefined) return wrong(`To which form? Write: nnbook export FILE --to ${forms.join("|")}.`);
  const form = forms.find((each) => each === named.toLowerCase());
  if (form === undefined)
    return wrong(
      to === undefined
        ? `--out ${out} does not end with a form of export. Say it with --to ${forms.join("|")}.`
        : `--to takes ${forms.join(", ")}, got "${to}".`,
    );
  return { kind: "export", options: { file, form, out: out ?? null } };
}

function wrong(message: string): Command {
  return { kind: "wrong", message, json: false };
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      to: { type: "string" },
      json: { type: "boolean" },
      timeout: { type: "string" },
      param: { type: "string", multiple: true },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
  });
}
