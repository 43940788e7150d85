// `diagnose(run)`: what is wrong with a training, as data and, shown by a cell, as the picture of it.

import { inspect } from "node:util";
import type { CallPlace } from "../../engine/host.ts";
import type { Run } from "../../engine/index.ts";
import { diagnosisView, viewText } from "../../insights/index.ts";
import type { DiagnosisFinding, DiagnosisView, RemedyEdit } from "../../shared/views.ts";
import { insightText, insightTexts } from "../../shared/words/insightText.ts";
import type { Message } from "../../shared/words/message.ts";
import { checkedRun } from "./arguments.ts";
import { type Displayable, displaySymbol } from "./display.ts";
import { showHost } from "./showHost.ts";

/** What `diagnose` found. As the last expression of a cell it is shown as the picture of `show.diagnosis`. */
export interface Diagnosis extends Displayable {
  /** Whether there is nothing graver than things to watch. */
  readonly isHealthy: boolean;
  /** What was found, run by run, causes before what follows from them. */
  readonly findings: readonly Finding[];
}

/** One thing that was found in a run. */
export interface Finding {
  /** What it is: "vanishing", "rateTooHigh", "deadUnits" … */
  readonly kind: DiagnosisFinding["kind"];
  /** The run's name. */
  readonly run: string;
  /** "info" is to be known; "warning" and "error" want a remedy. */
  readonly tone: DiagnosisFinding["tone"];
  /** In a few words. */
  readonly title: string;
  /** The evidence, with its numbers. */
  readonly text: string;
  /** The layer it is about, or shows best in; `null` when it is about the whole run. */
  readonly layer: string | null;
  /** What it follows from: mend that first; `null` for a cause. */
  readonly follows: DiagnosisFinding["kind"] | null;
  /** What to try; none where it follows from something else. */
  readonly remedies: readonly FindingRemedy[];
}

/** Something to try. */
export interface FindingRemedy {
  /** What it is: "useRelu", "standardize" … */
  readonly kind: DiagnosisFinding["remedies"][number]["kind"];
  /** In a few words. */
  readonly title: string;
  /** The changes of code that do it; none where only a person can tell. */
  readonly edits: readonly FindingEdit[];
}

/** A change of code, with the calls it is about. */
export type FindingEdit = RemedyEdit & {
  /** Where the calls stand that made its layers; empty where it names none, or they were made outside a cell. */
  readonly places: readonly CallPlace[];
};

/**
 * Looks at one run, or up to five, for what goes wrong most often: vanishing and exploding gradients, dead and saturated units,
 * learning rates too high or low, a loss that does not suit the output, inputs that are not scaled, rare classes, units that start
 * alike, numbers that are not finite, no progress, overfitting. Each finding has its evidence, its cause where that was found too,
 * and what to try.
 *
 * @throws ValueError for what is not a run, for no run, or more than five.
 * @example diagnose(run).findings.map(({ title }) => title)
 */
export function diagnose(runs: Run | readonly Run[]): Diagnosis {
  const list: readonly Run[] = Array.isArray(runs) ? runs : [runs];
  const given = list.map((run) => checkedRun("diagnose", run));
  const view = diagnosisView(given.map((run) => ({ run, runId: showHost().runId(run) })));
  const findings = view.findings.map((finding) => findingOf(view, finding, given));
  const isHealthy = view.findings.every(({ tone }) => tone === "info" || tone === "good");
  const diagnosis = { isHealthy, findings, [displaySymbol]: { kind: "view", view } } as const;
  // Not among what is listed: a printed diagnosis is its text.
  return Object.defineProperty(diagnosis, inspect.custom, { value: () => viewText(view, "en") });
}

function findingOf(view: DiagnosisView, finding: DiagnosisFinding, runs: readonly Run[]): Finding {
  const words = (message: Message) => insightText(message, "en");
  const { kind, run, tone, layer, follows } = finding;
  const placesOf = (edit: RemedyEdit) =>
    edit.kind === "callOnData"
      ? []
      : edit.layers.flatMap((name) => runs[run]?.layers.find((each) => each.name === name)?.place ?? []);
  return {
    kind,
    run: view.runs[run]?.name ?? "",
    tone,
    title: words(finding.title),
    text: insightTexts(finding.messages, "en"),
    layer,
    follows: follows === null ? null : (view.findings[follows]?.kind ?? null),
    remedies: finding.remedies.map(({ kind: remedy, title, edits }) => ({
      kind: remedy,
      title: words(title),
      edits: edits.map((edit) => ({ ...edit, places: placesOf(edit) })),
    })),
  };
}
