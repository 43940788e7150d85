// A diagnosis as text: the sentence, each finding with its evidence and what to try, and how many checks passed.

import type { DiagnosisFinding, DiagnosisView, RemedyEdit } from "../../shared/views.ts";
import { insightText, insightTexts, sentenceText } from "../../shared/words/insightText.ts";
import type { Locale, Message } from "../../shared/words/message.ts";
import { paragraphs, word } from "../text/writing.ts";

export function diagnosisText(view: DiagnosisView, locale: Locale): string {
  const passed = view.passed.length;
  return paragraphs([
    sentenceText(view.sentence, locale),
    ...view.findings.map((finding, index) => findingText(view, finding, index, locale)),
    passed === 0 || view.findings.length === 0
      ? ""
      : word("checksPassed", locale, { checks: { kind: "count", value: passed } }),
  ]);
}

function findingText(view: DiagnosisView, finding: DiagnosisFinding, index: number, locale: Locale): string {
  const words = (message: Message) => insightText(message, locale);
  const name = view.runs.length > 1 ? `${view.runs[finding.run]?.name}: ` : "";
  const lines = [`${index + 1}. ${name}${words(finding.title)}`, `   ${insightTexts(finding.messages, locale)}`];
  if (finding.follows !== null)
    lines.push(`   ${word("followsFrom", locale, { place: { kind: "count", value: finding.follows + 1 } })}`);
  for (const { title, edits } of finding.remedies)
    lines.push(
      `   → ${[words(title), ...edits.map(editText)].join(edits.length === 0 ? "" : "; ").replace("; ", ": ")}`,
    );
  return lines.filter((line) => line.trim() !== "").join("\n");
}

/** The changed code in one line: `activation: "relu" (dense_1, dense_2)`. */
function editText(edit: RemedyEdit): string {
  switch (edit.kind) {
    case "setOption":
      return `${edit.option}: ${edit.value}${placeText(edit.layers)}`;
    case "insertAfter":
      return `+ ${edit.code}${placeText(edit.layers)}`;
    case "callOnData":
      return `.${edit.code}`;
  }
}

function placeText(layers: readonly string[]): string {
  if (layers.length === 0) return "";
  return layers.length <= 3 ? ` (${layers.join(", ")})` : ` (${layers[0]} … ${layers.at(-1)})`;
}
