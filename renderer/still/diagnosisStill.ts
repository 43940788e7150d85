// A diagnosis as a still picture: a row a finding with its words, its evidence beside them, and what to try.

import type { DiagnosisFinding, DiagnosisView } from "../../src/shared/views.ts";
import { insightText, insightTexts } from "../../src/shared/words/insightText.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { iconPaths } from "../icons.ts";
import { diagnosisWords, passedHead } from "../words/diagnosisWords.ts";
import { drawEvidence, evidenceHeight } from "./evidenceStill.ts";
import type { Paper } from "./paper.ts";
import { SvgDrawing, wrapText } from "./svgDrawing.ts";

const widthPx = 760;
const textLeftPx = 38;
const textWidth = 430;
const evidenceLeftPx = 500;
const evidenceWidthPx = widthPx - evidenceLeftPx - 16;
const linePx = 17;
/** Of more findings the first, which are the causes, are drawn. */
const mostFindings = 12;

interface Row {
  readonly finding: DiagnosisFinding;
  readonly title: readonly string[];
  readonly words: readonly string[];
  readonly remedy: readonly string[];
  readonly heightPx: number;
}

export function diagnosisStill(view: DiagnosisView, { theme, locale }: Paper): SvgDrawing | null {
  if (view.findings.length === 0 && view.passed.length === 0) return null;
  const shown = view.findings.slice(0, mostFindings);
  const rows = shown.map((finding) => layOutRow(view, finding, locale));
  const notes = closingNotes(view, shown.length, locale).flatMap((note) => wrapText(note, widthPx - 24 - 26));
  const height = rows.reduce((sum, row) => sum + row.heightPx, 8) + notes.length * linePx + 14;
  const drawing = new SvgDrawing(widthPx, height, theme);
  let y = 8;
  rows.forEach((row, at) => {
    if (at > 0) {
      const ends = [
        { x: 12, y },
        { x: widthPx - 12, y },
      ];
      drawing.lines([ends], { colour: theme.colour("hairline"), widthPx: 1 });
    }
    drawRow(drawing, y, row, locale);
    y += row.heightPx;
  });
  if (view.passed.length > 0) drawing.icon(iconPaths.good, { x: 12, y: y + 3 }, theme.colour("good"));
  notes.forEach((line, at) => {
    drawing.text(line, { x: textLeftPx, y: y + 15 + at * linePx }, { colour: theme.muted });
  });
  return drawing;
}

function layOutRow(view: DiagnosisView, finding: DiagnosisFinding, locale: Locale): Row {
  const run = view.runs.length > 1 ? `${view.runs[finding.run]?.name}: ` : "";
  const title = wrapText(run + insightText(finding.title, locale), textWidth, 13);
  const words = wrapText(insightTexts(finding.messages, locale), textWidth);
  const cause = finding.follows === null ? undefined : view.findings[finding.follows];
  const helps = finding.remedies.map((remedy) => insightText(remedy.title, locale)).join(" · ");
  const label = plainMessage(diagnosisWords, { id: "remedy", args: {} }, locale);
  const text =
    cause === undefined
      ? helps === ""
        ? ""
        : `${label}: ${helps}`
      : plainMessage(diagnosisWords, { id: "follows", args: { title: insightText(cause.title, locale) } }, locale);
  const remedy = wrapText(text, textWidth);
  const textPx = (title.length + words.length + remedy.length) * linePx + 8;
  return { finding, title, words, remedy, heightPx: Math.max(textPx, evidenceHeight(finding.evidence)) + 18 };
}

function drawRow(drawing: SvgDrawing, top: number, { finding, title, words, remedy }: Row, locale: Locale): void {
  const { theme } = drawing;
  const tone = finding.tone === "info" ? theme.muted : theme.colour(finding.tone);
  drawing.icon(iconPaths[finding.tone], { x: 12, y: top + 10 }, tone);
  let y = top + 22;
  const write = (lines: readonly string[], look: Parameters<SvgDrawing["text"]>[2]) => {
    for (const line of lines) {
      drawing.text(line, { x: textLeftPx, y }, look);
      y += linePx;
    }
  };
  write(title, { weight: 600, sizePx: 13 });
  write(words, {});
  y += 4;
  write(remedy, { colour: theme.muted });
  const box = { x: evidenceLeftPx, y: top + 10, width: evidenceWidthPx, height: 0 };
  drawEvidence(drawing, box, finding.evidence, locale);
}

function closingNotes(view: DiagnosisView, shown: number, locale: Locale): readonly string[] {
  const say = (id: "passed" | "checked" | "moreFindings", count: number) =>
    plainMessage(diagnosisWords, { id, args: { checks: { kind: "count", value: count } } }, locale);
  const titles = [...new Set(view.passed.map(({ title }) => insightText(title, locale)))];
  return [
    ...(view.passed.length === 0 ? [] : [`${say(passedHead(view), view.passed.length)}: ${titles.join(" · ")}`]),
    ...(shown < view.findings.length ? [say("moreFindings", view.findings.length - shown)] : []),
  ];
}
