// A diagnosis view told in words, of one of its runs: how a kernel answers who asks for it, and what a saved output still tells.

import type { JsonValue } from "./json.ts";
import type { RunDiagnosis } from "./peekProtocol.ts";
import type { DiagnosisView } from "./views.ts";
import { insightText, insightTexts, sentenceText } from "./words/insightText.ts";
import type { Locale, Message } from "./words/message.ts";

/** @param place the run's place in the view. */
export function runDiagnosis(view: DiagnosisView, place: number, locale: Locale): RunDiagnosis {
  const words = (message: Message) => insightText(message, locale);
  const { runId = "", name = "" } = view.runs[place] ?? {};
  return {
    ...{ runId, name, sentence: sentenceText(view.sentence, locale) },
    findings: view.findings
      .filter(({ run }) => run === place)
      .map(({ kind, tone, title, messages, evidence, layer, follows, remedies }) => ({
        ...{ kind, tone, layer, title: words(title), text: insightTexts(messages, locale) },
        // Plain JSON by the view's definition; interfaces just have no index signature that says so.
        evidence: evidence as unknown as JsonValue,
        follows: follows === null ? null : (view.findings[follows]?.kind ?? null),
        remedies: remedies.map((remedy) => ({
          title: words(remedy.title),
          edits: remedy.edits as unknown as JsonValue,
        })),
      })),
    passed: view.passed.filter(({ run }) => run === place).map(({ title }) => words(title)),
  };
}
