// The notebooks of the course as tests take them: run once, with the solution of each exercise behind it, and what they showed.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import type { ViewKind } from "../../src/shared/views.ts";

const root = path.resolve(import.meta.dirname, "../..");
export const samplesFolder: string = path.join(root, "media", "samples");

interface Cell {
  readonly kind: "markdown" | "code";
  readonly source: readonly string[];
}

interface RunReport {
  readonly ok: boolean;
  readonly cells: readonly {
    readonly index: number;
    readonly ok: boolean;
    readonly error?: unknown;
    readonly outputs: readonly Readonly<Record<string, unknown>>[];
  }[];
}

/** What a notebook showed. */
export interface Shown {
  readonly report: RunReport;
  /** All text that came out, in order. */
  readonly text: string;
  /** The sentences of `check`, with their marks. */
  readonly checks: readonly string[];
  /** How many exercises have a solution. */
  readonly solutionCount: number;
  /** The views of a kind, as they are kept in the file. */
  readonly views: <View>(kind: ViewKind) => readonly View[];
}

export const lessonNames: readonly string[] = (await readdir(samplesFolder)).filter((name) => name.endsWith(".nnbook"));

export async function cellsOf(file: string): Promise<readonly Cell[]> {
  return (JSON.parse(await readFile(path.join(samplesFolder, file), "utf8")) as { readonly cells: readonly Cell[] })
    .cells;
}

/** Runs a notebook in the command line's own bundle. Behind each exercise stands its solution, so that one run shows both. */
export async function runLesson(file: string): Promise<Shown> {
  const notebook = JSON.parse(await readFile(path.join(samplesFolder, file), "utf8")) as { cells: readonly Cell[] };
  const cells = notebook.cells.flatMap((cell, index): readonly object[] => {
    const solution = solutionOf(notebook.cells[index - 1], cell);
    return solution === null ? [cell] : [cell, { kind: "code", language: "typescript", source: solution.split("\n") }];
  });
  const folder = await mkdtemp(path.join(tmpdir(), "nnbook-lesson-"));
  try {
    const copy = path.join(folder, path.basename(file));
    await writeFile(copy, JSON.stringify({ ...notebook, cells }));
    return shown(await reportOf(copy), cells.length - notebook.cells.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The solution in the hint above an exercise, with the exercise's own check; `null` where the cell is none. */
function solutionOf(above: Cell | undefined, cell: Cell): string | null {
  if (cell.kind !== "code" || above?.kind !== "markdown") return null;
  const hidden = /<details>[\s\S]*```ts\n([\s\S]*?)\n```[\s\S]*<\/details>/.exec(above.source.join("\n"))?.[1];
  const check = /^check\([\s\S]*/m.exec(cell.source.join("\n"))?.[0];
  return hidden === undefined || check === undefined ? null : `${hidden}\n${check}`;
}

/** An exercise: what its folds hold, and the call that checks it. */
export interface Exercise {
  readonly hint: string;
  readonly solution: string;
  readonly check: string;
}

/** The exercises of a notebook, whose two folds stand in the cell above the check. */
export function exercisesOf(cells: readonly Cell[]): readonly Exercise[] {
  return cells.flatMap((cell, index) => {
    const check = /^check\([\s\S]*/m.exec(cell.source.join("\n"))?.[0];
    const above = cells[index - 1]?.source.join("\n") ?? "";
    if (cell.kind !== "code" || check === undefined) return [];
    const folds = [...above.matchAll(/<details><summary>[^<]+<\/summary>([\s\S]*?)<\/details>/g)];
    return [{ hint: folds[0]?.[1]?.trim() ?? "", solution: folds[1]?.[1]?.trim() ?? "", check }];
  });
}

/** Runs any notebook as it stands. */
export async function runNotebook(file: string): Promise<Shown> {
  return shown(await reportOf(file), 0);
}

function shown(report: RunReport, solutionCount: number): Shown {
  const outputs = report.cells.flatMap((cell) => cell.outputs);
  const texts = outputs.flatMap((output) => Object.values(output).filter((value) => typeof value === "string"));
  return {
    report,
    text: texts.join("\n"),
    checks: texts.filter((text) => /^[✓✗…] /.test(text)),
    solutionCount,
    views: <View>(kind: ViewKind) =>
      outputs.flatMap((output) => {
        const view = output[`application/vnd.nnbook.${kind}.v1+json`];
        return view === undefined ? [] : [view as View];
      }),
  };
}

/** The words of a program, comments left out, and those of the same program in Korean, whose Korean texts stand in both. */
export function programsAlike(
  english: string,
  korean: string,
): readonly [english: readonly string[], korean: readonly string[]] {
  const [en, ko] = [tokensOf(english), tokensOf(korean)];
  const isText = (token: string | undefined) => token?.startsWith('"') ?? false;
  return [
    en.map((token, at) => (isText(token) && /\p{Script=Hangul}/u.test(ko[at] ?? "") ? (ko[at] ?? "") : token)),
    ko,
  ];
}

function tokensOf(source: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, source);
  const tokens: string[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) tokens.push(scanner.getTokenText());
  return tokens;
}

async function reportOf(file: string): Promise<RunReport> {
  const cli = path.join(root, "dist", "cli.cjs");
  const { stdout } = await promisify(execFile)(process.execPath, [cli, "run", file, "--json"], {
    maxBuffer: 100_000_000,
    cwd: root,
  }).catch((error: unknown) => {
    // A notebook that fails makes the exit code 1; its report is printed all the same.
    const { stdout: printed, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    if (printed?.startsWith("{")) return { stdout: printed };
    throw new Error(`nnbook run gave no report. Run npm run build first? It printed:\n${stderr ?? String(error)}`);
  });
  return JSON.parse(stdout) as RunReport;
}
