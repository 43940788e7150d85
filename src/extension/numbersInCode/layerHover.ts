// The hover over a call that makes a layer: what the newest run says of that layer. Found by the call's own place in its cell.

import * as vscode from "vscode";
import { fromViewNumber } from "../../shared/json.ts";
import type { LayerReport, LayerReportRow, RunReport } from "../../shared/layerReport.ts";
import type { LayerInCode } from "../../shared/modelsInCode.ts";
import { formatCount, formatNumber, formatPower, formatShare } from "../../shared/numbers.ts";
import type { LayerInfo, Sentence, Tone } from "../../shared/views.ts";
import { insightWords } from "../../shared/words/insightWords.ts";
import { type Locale, wordMessage } from "../../shared/words/message.ts";
import { findPlacedLayers, type PlacedLayers, type PlaceQuestion } from "./placedLayers.ts";
import { drawSparkline } from "./sparkline.ts";

export interface LayerHoverQuestion extends PlaceQuestion {
  readonly locale: Locale;
  /** The link that shows a run's pictures. */
  readonly showRunLink: (runId: string) => string;
}

/** How many earlier trainings of the same layer are named below the newest. */
const mostEarlier = 3;

/** Markdown for the layers that the call made, or `null` when no run knows of it. */
export function layerHover(question: LayerHoverQuestion): string | null {
  const [newest, ...earlier] = findPlacedLayers(question);
  if (!newest) return null;
  const { worst } = newest;
  const parts = [
    ...verdict(newest, question),
    ...earlier.slice(0, mostEarlier).flatMap((found) => lineOf(found, question)),
    ...picture(worst, question.locale),
    ...table(worst, question.locale),
  ];
  return parts.join("\n\n");
}

/** A hover in a cell is 250 pixels high: the verdicts come first, picture and table fit below them. */
function verdict({ run, report, worst, layers }: PlacedLayers, question: LayerHoverQuestion): readonly string[] {
  const { locale, isOld, showRunLink } = question;
  const link = `[${vscode.l10n.t("Show gradients")}](${showRunLink(report.runId)})`;
  return [
    [
      heading(worst.layer, locale),
      ...(layers.length > 1 ? [vscode.l10n.t("the worst of {0} made here", layers.length)] : []),
      ...stateOf(report, isOld(run)),
    ].join(" · "),
    [...(worst.sentence ? [sentenceText(worst.sentence, locale)] : []), link].join(" "),
  ];
}

/** The verdict of an earlier training, in a line: the same call may have made layers of several networks. */
function lineOf({ report, worst }: PlacedLayers, { locale }: LayerHoverQuestion): readonly string[] {
  if (!worst.sentence) return [];
  return [
    `${escapeMarkdown(report.name)} · ${escapeMarkdown(worst.layer.name)}: ${sentenceText(worst.sentence, locale)}`,
  ];
}

function heading(layer: LayerInfo, locale: Locale): string {
  const shapes = `\`${shapeText(layer.inputShape)} → ${shapeText(layer.outputShape)}\``;
  return `**${escapeMarkdown(layer.name)}** · ${kindText(layer)} · ${shapes} · ${parametersText(layer.parameters, locale)}`;
}

function kindText({ type, activation }: Pick<LayerInfo, "type" | "activation">): string {
  return escapeMarkdown(activation && activation !== type ? `${type}, ${activation}` : type);
}

function parametersText(count: number, locale: Locale): string {
  return vscode.l10n.t("{0} parameters", formatCount(count, locale));
}

/** What the code alone says of a layer; `null` where it says nothing. */
export function layerInCodeText(layer: LayerInCode, locale: Locale): string | null {
  const { name, activation, inputShape, outputShape, parameters } = layer;
  if (outputShape === null) return null;
  const from = inputShape === null ? "" : `${shapeText([null, ...inputShape])} `;
  return [
    `**${kindText({ type: name, activation })}**`,
    `\`${from}→ ${shapeText([null, ...outputShape])}\``,
    ...(parameters === null ? [] : [parametersText(parameters, locale)]),
  ].join(" · ");
}

export function shapeText(shape: readonly (number | null)[]): string {
  return `[${shape.map((count) => count ?? "batch").join(", ")}]`;
}

function stateOf(report: RunReport, isOld: boolean): readonly string[] {
  const live =
    report.state === "running" ? [vscode.l10n.t("live, epoch {0}/{1}", report.epochs.done, report.epochs.planned)] : [];
  return isOld ? [...live, vscode.l10n.t("old")] : live;
}

const icons: Readonly<Record<Tone, string>> = {
  good: "$(check)",
  info: "$(info)",
  warning: "$(warning)",
  error: "$(error)",
};

/** Markdown for a verdict, with its icon. */
export function sentenceText(sentence: Sentence, locale: Locale): string {
  // How far a step moves the weights stands in the table.
  const messages = sentence.messages.filter(({ id }) => id !== "layerMoves");
  const texts = messages.map((message) =>
    wordMessage(insightWords, message, locale)
      .map(({ text, strong }) => (strong ? strongText(text) : escapeMarkdown(text)))
      .join(""),
  );
  return [icons[sentence.tone], ...texts].join(" ");
}

/** Markdown takes `**` as strong only beside a word, so spaces go outside. */
function strongText(text: string): string {
  const inner = escapeMarkdown(text.trim());
  return text.replace(text.trim(), () => `**${inner}**`);
}

function picture(layer: LayerReport, locale: Locale): readonly string[] {
  const drawn = drawSparkline(layer.sparkline);
  if (!drawn) return [];
  const alternative = vscode.l10n.t(
    "mean |g| by step, {0} to {1}, ends at {2}",
    formatPower(10 ** drawn.from),
    formatPower(10 ** drawn.to),
    formatNumber(layer.sparkline.at(-1), { locale }),
  );
  return [`![${alternative}](${drawn.uri})`];
}

function table(layer: LayerReport, locale: Locale): readonly string[] {
  const rows = layer.rows.filter(isTelling);
  if (rows.length === 0) return [];
  const step = (count: number) => vscode.l10n.t("step {0}", formatCount(count, locale));
  const lines = [
    `| | &emsp;${step(layer.firstStep)} | &emsp;${step(layer.lastStep)} |`,
    "|:--|--:|--:|",
    ...rows.map(
      (row) => `| ${measureText(row)} | ${cellText(row, "first", locale)} | ${cellText(row, "last", locale)} |`,
    ),
  ];
  return [lines.join("\n")];
}

/** A hover is small: shares stand in it only where they say something. */
function isTelling({ measure, first, last }: LayerReportRow): boolean {
  const largest = Math.max(fromViewNumber(first) ?? 0, fromViewNumber(last) ?? 0);
  switch (measure) {
    case "meanAbs":
    case "updateRatio":
    case "activation":
      return true;
    case "saturatedShare":
      return largest >= 0.5;
    case "deadShare":
      return largest > 0;
  }
}

function measureText({ measure }: LayerReportRow): string {
  switch (measure) {
    case "meanAbs":
      return vscode.l10n.t("mean |g|").replaceAll("|", "\\|");
    case "updateRatio":
      return vscode.l10n.t("update : weight");
    case "activation":
      return vscode.l10n.t("activation");
    case "saturatedShare":
      return vscode.l10n.t("saturated");
    case "deadShare":
      return vscode.l10n.t("dead units");
  }
}

function cellText(row: LayerReportRow, when: "first" | "last", locale: Locale): string {
  const value = row[when];
  switch (row.measure) {
    case "meanAbs":
      return formatNumber(value, { locale });
    case "updateRatio":
      return formatNumber(value, { digits: 2, locale });
    case "activation": {
      const spread = when === "first" ? row.firstStd : row.lastStd;
      const mean = formatNumber(value, { digits: 2, locale });
      return spread === undefined ? mean : `${mean} ± ${formatNumber(spread, { digits: 2, locale })}`;
    }
    case "saturatedShare":
    case "deadShare":
      return formatShare(value);
  }
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>|~$]/g, "\\$&");
}
