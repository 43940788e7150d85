// What the diagnosis of the newest runs found, at the calls that it is about. Gone as soon as one of their cells is edited, or one that they take from.

import type { RunFinding } from "../../shared/layerReport.ts";
import type { ModelProblem, ModelsInCode, ProblemCode } from "../../shared/modelsInCode.ts";
import type { FindingKind } from "../../shared/views.ts";
import { insightTexts } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { offsetAt } from "../runs/editedText.ts";
import type { KnownRun, RunStore } from "../runs/runStore.ts";

export interface RunFindingInCode {
  readonly run: KnownRun;
  readonly kind: FindingKind;
  readonly severity: "error" | "warning";
  readonly cellId: string;
  readonly offset: number;
  /** In the reader's language. */
  readonly message: string;
  readonly remedies: RunFinding["remedies"];
}

export interface RunsOfNotebook {
  readonly runs: RunStore;
  readonly textOf: (cellId: string) => string | undefined;
  /** Whether the code has changed since a run. */
  readonly isOld: (run: KnownRun) => boolean;
}

/** What the code shows before a run, and what a run then finds of it. */
const sameCauses: Readonly<Partial<Record<FindingKind, ProblemCode>>> = {
  vanishing: "deep-sigmoid",
  lossMismatch: "output-loss",
  unscaledInputs: "unscaled-data",
};

export function runFindings(
  { runs, textOf, isOld }: RunsOfNotebook,
  described: ModelsInCode,
  locale: Locale,
): readonly RunFindingInCode[] {
  const found = runs
    .newestFirst()
    .filter((run) => run.report !== null && !isOld(run))
    .flatMap((run) =>
      (run.report?.findings ?? []).flatMap((finding) => place({ run, finding, described, textOf }, locale)),
    );
  // Several runs may have found the same at the same call: the newest speaks.
  return found.filter(
    ({ kind, cellId, offset }, index) =>
      found.findIndex((other) => other.kind === kind && other.cellId === cellId && other.offset === offset) === index,
  );
}

interface Unplaced {
  readonly run: KnownRun;
  readonly finding: RunFinding;
  readonly described: ModelsInCode;
  readonly textOf: RunsOfNotebook["textOf"];
}

function place({ run, finding, described, textOf }: Unplaced, locale: Locale): readonly RunFindingInCode[] {
  const { kind, tone, title, messages, remedies } = finding;
  // The data stand where they were loaded, which the code alone knows.
  if (kind === "unscaledInputs" && described.problems.some(({ code }) => code === "unscaled-data")) return [];
  const at = layerPlace(run, finding, textOf) ?? fitPlace(run, described);
  if (at === null) return [];
  const severity = tone === "error" ? "error" : "warning";
  return [{ run, kind, severity, ...at, message: insightTexts([title, ...messages], locale), remedies }];
}

interface Place {
  readonly cellId: string;
  readonly offset: number;
}

function layerPlace({ report }: KnownRun, { layer }: RunFinding, textOf: RunsOfNotebook["textOf"]): Place | null {
  const made = report?.layers.find((each) => each.layer.name === layer)?.place;
  const text = made ? textOf(made.cellId) : undefined;
  return made && text !== undefined ? { cellId: made.cellId, offset: offsetAt(text, made.line, made.column) } : null;
}

/** What is about the whole run stands at its `fit`, where its cell has one alone. */
function fitPlace({ cellId }: KnownRun, { fits }: ModelsInCode): Place | null {
  const [fit, ...more] = fits.filter((each) => each.cellId === cellId);
  return fit === undefined || more.length > 0 ? null : fit;
}

/** Whether a run has found in the same cell what the code alone shows: its numbers say more. */
export function isReplaced({ code, cellId }: ModelProblem, findings: readonly RunFindingInCode[]): boolean {
  return findings.some((finding) => sameCauses[finding.kind] === code && finding.cellId === cellId);
}
