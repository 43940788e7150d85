// Every notebook that ships runs from top to bottom, in the command line's own bundle, and shows something.

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { DiagnosisView } from "../src/shared/views.ts";

const root = path.resolve(import.meta.dirname, "..");
const samplesFolder = path.join(root, "media", "samples");
const samples = readdirSync(samplesFolder).filter((name) => name.endsWith(".nnbook"));

interface RunReport {
  readonly ok: boolean;
  readonly cells: readonly {
    readonly index: number;
    readonly ok: boolean;
    readonly error?: unknown;
    readonly outputs: readonly Readonly<Record<string, unknown>>[];
  }[];
}

describe("the sample notebooks", () => {
  test("are there", () => {
    expect(samples).toContain("vanishing-gradients.nnbook");
  });

  test.each(samples)("%s runs without an error", { timeout: 180_000 }, async (name) => {
    const report = await runNotebook(path.join(samplesFolder, name));
    expect(report.cells.filter((cell) => !cell.ok)).toEqual([]);
    expect(report.ok).toBe(true);
    const outputs = report.cells.flatMap((cell) => cell.outputs);
    expect(outputs.length).toBeGreaterThan(0);
    // A view alone would be nothing to those who read the file elsewhere.
    const withoutText = outputs.filter(
      (output) =>
        Object.keys(output).some((mime) => mime.startsWith("application/vnd.nnbook.")) && !("text/plain" in output),
    );
    expect(withoutText).toEqual([]);
  });

  test("vanishing-gradients.nnbook shows that they vanish, and that ReLU cures it", { timeout: 180_000 }, async () => {
    const { cells } = await runNotebook(path.join(samplesFolder, "vanishing-gradients.nnbook"));
    const verdicts = cells
      .flatMap((cell) => cell.outputs)
      .flatMap((output) => {
        const view = output["application/vnd.nnbook.gradients.v1+json"] as
          | { readonly runs: readonly { readonly name: string; readonly verdict: { readonly kind: string } }[] }
          | undefined;
        return view ? [view.runs.map((run) => run.verdict.kind)] : [];
      });
    expect(verdicts).toEqual([["vanishing"], ["vanishing", "healthy"]]);
    // The diagnosis names the cause in one, and leaves the other alone.
    const [diagnosis] = cells
      .flatMap((cell) => cell.outputs)
      .flatMap((output) => (output["application/vnd.nnbook.diagnosis.v1+json"] as DiagnosisView | undefined) ?? []);
    const grave = diagnosis?.findings.filter(({ tone }) => tone !== "info") ?? [];
    expect(grave.map(({ kind, run }) => `${kind} ${run}`)).toEqual(["vanishing 0", "noProgress 0", "slowLayer 0"]);
  });
});

async function runNotebook(file: string): Promise<RunReport> {
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
