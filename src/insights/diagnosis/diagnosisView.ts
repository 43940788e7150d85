// The diagnosis of one to five runs: every check, causes before what follows from them, and what to try against the causes.

import { type RunRecord, ValueError } from "../../engine/index.ts";
import {
  type DiagnosisFinding,
  type DiagnosisView,
  type FindingKind,
  findingKinds,
  type PassedCheck,
  type Sentence,
} from "../../shared/views.ts";
import type { InsightWordId } from "../../shared/words/insightWords.ts";
import type { Message } from "../../shared/words/message.ts";
import { comparedRunsLimit, distinctNames, type NamedRun } from "../gradients/gradientsView.ts";
import { count, gravest, say } from "../parts/say.ts";
import { type Check, causesOf, examine, type Found } from "./examined.ts";
import { exploding, vanishing } from "./gradientChecks.ts";
import {
  classImbalance,
  lossMismatch,
  noSlope,
  nothingToLearn,
  symmetricStart,
  unscaledInputs,
  unscaledTargets,
} from "./modelChecks.ts";
import { noProgress, notFinite, overfitting, underfitting } from "./outcomeChecks.ts";
import { rateTooHigh, rateTooLow, slowLayer } from "./rateChecks.ts";
import { deadUnits, saturated, saturatedOutput } from "./unitChecks.ts";

const checks: Readonly<Record<FindingKind, Check>> = {
  nothingToLearn,
  lossMismatch,
  noSlope,
  symmetricStart,
  unscaledInputs,
  unscaledTargets,
  classImbalance,
  exploding,
  rateTooHigh,
  saturatedOutput,
  deadUnits,
  saturated,
  vanishing,
  rateTooLow,
  notFinite,
  noProgress,
  slowLayer,
  underfitting,
  overfitting,
};

/** @throws ValueError for no run, or more than five. */
export function diagnosisView(runs: readonly NamedRun[]): DiagnosisView {
  if (runs.length === 0 || runs.length > comparedRunsLimit) {
    throw new ValueError({
      op: "show.diagnosis",
      expected: `1 to ${comparedRunsLimit} runs`,
      got: `${runs.length}`,
      hint: "Give those to look at: show.diagnosis([first, second]).",
    });
  }
  const names = distinctNames(runs.map(({ run }) => ({ run, name: run.name })));
  const findings: DiagnosisFinding[] = [];
  const passed: PassedCheck[] = [];
  const sentences = runs.map(({ run }, index): Sentence => {
    const { found, passed: kinds } = checkRun(run);
    const own = linked(found, index, findings.length);
    findings.push(...own);
    passed.push(...kinds.map((kind) => ({ run: index, kind, title: say(passedTitle(kind)) })));
    const { tone, messages } = runSentence(own, kinds.length);
    const name = runs.length === 1 ? [] : [say("diagnosisRun", { run: names[index] ?? run.name })];
    return { tone, messages: [...name, ...messages] };
  });
  return {
    kind: "diagnosis",
    version: 1,
    sentence: {
      tone: gravest(sentences.map(({ tone }) => tone)),
      messages: sentences.flatMap(({ messages }) => messages),
    },
    runs: runs.map(({ runId, run }, index) => ({ runId, name: names[index] ?? run.name })),
    findings,
    passed,
  };
}

/** What is wrong with one run: causes alone, the gravest first. What is only to be known is left out. */
export function gravestCauses(run: RunRecord): readonly DiagnosisFinding[] {
  return linked(checkRun(run).found, 0, 0).filter(({ follows, tone }) => follows === null && tone !== "info");
}

function checkRun(run: NamedRun["run"]): { found: Found[]; passed: FindingKind[] } {
  const examined = examine(run);
  const found: Found[] = [];
  const passed: FindingKind[] = [];
  for (const kind of findingKinds) {
    const result = checks[kind](examined);
    if (result === "passed") passed.push(kind);
    else if (result !== null) found.push(result);
  }
  return { found, passed };
}

/** Each cause with what follows from it, graver ones first; a consequence is as grave as itself, and gives no advice of its own. */
function linked(found: readonly Found[], run: number, start: number): DiagnosisFinding[] {
  const causeOf = new Map(found.map((each) => [each, firstCause(each, found)]));
  const rootOf = (each: Found): Found => {
    const cause = causeOf.get(each);
    return cause == null ? each : rootOf(cause);
  };
  const roots = found.filter((each) => causeOf.get(each) === null);
  const grades = { error: 0, warning: 1, info: 2, good: 3 };
  const gravity = (root: Found) =>
    Math.min(...found.filter((each) => rootOf(each) === root).map(({ tone }) => grades[tone]));
  const sorted = [...roots].sort((left, right) => gravity(left) - gravity(right));
  const ordered = sorted.flatMap((root) => found.filter((each) => rootOf(each) === root));
  return ordered.map((each): DiagnosisFinding => {
    const cause = causeOf.get(each) ?? null;
    return {
      ...each,
      run,
      follows: cause === null ? null : start + ordered.indexOf(cause),
      remedies: cause === null ? each.remedies : [],
    };
  });
}

/** What is only to be known explains no trouble. */
function firstCause(finding: Found, found: readonly Found[]): Found | null {
  const kinds = causesOf[finding.kind] ?? [];
  const causes = found.filter(
    (each) =>
      kinds.includes(each.kind) && (each.tone !== "info" || finding.tone === "info") && canExplain(each, finding),
  );
  return causes[0] ?? null;
}

/** What a cause of this kind is known not to do: gradients that get lost elsewhere, and numbers that break, have another one. */
function canExplain(cause: Found, { kind, evidence }: Found): boolean {
  // A loss that does not suit the output stops gradients there; and only a logarithm of what is no probability breaks numbers.
  if (cause.kind === "lossMismatch" && kind === "vanishing")
    return evidence.kind === "strip" && evidence.layers.at(-1)?.gradient === 0;
  if (cause.kind === "lossMismatch" && kind === "notFinite")
    return cause.messages.some(({ id }) => id === "crossentropyWithoutProbabilities");
  return true;
}

function runSentence(findings: readonly DiagnosisFinding[], passed: number): Sentence {
  const grave = findings.filter(({ tone }) => tone !== "info");
  const watched = findings.length - grave.length;
  const watch = watched === 0 ? [] : [say("diagnosisWatch", { findings: count(watched) })];
  const [first] = grave;
  if (first === undefined) {
    const healthy = say("diagnosisHealthy", { checks: count(passed) });
    return { tone: watched === 0 ? "good" : "info", messages: watched === 0 ? [healthy] : watch };
  }
  const causes = grave.filter(({ follows }) => follows === null).length;
  const messages: Message[] = [first.title];
  if (grave.length > 1 && causes === 1) messages.push(say("diagnosisOneCause", { findings: count(grave.length) }));
  else if (grave.length > 1)
    messages.push(say("diagnosisCauses", { findings: count(grave.length), causes: count(causes) }));
  return { tone: gravest(grave.map(({ tone }) => tone)), messages: [...messages, ...watch] };
}

/** Each kind has its words: the compiler knows whether one is missing. */
function passedTitle(kind: FindingKind): InsightWordId {
  return `passed${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}` as `passed${Capitalize<FindingKind>}`;
}
