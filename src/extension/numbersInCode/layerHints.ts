// What stands behind a layer's call, between the code: what it makes of its input, and after a run how its gradient fares.

import * as vscode from "vscode";
import type { LayerReport } from "../../shared/layerReport.ts";
import type { LayerInCode } from "../../shared/modelsInCode.ts";
import { formatCount, formatNumber, formatShare } from "../../shared/numbers.ts";
import type { Tone } from "../../shared/views.ts";
import type { Argument, Locale, Message } from "../../shared/words/message.ts";
import { shapeText } from "./layerHover.ts";
import { findPlacedLayers, type PlacedLayers, type PlaceQuestion } from "./placedLayers.ts";
import { writeSparkline } from "./sparkline.ts";

export interface LayerHint {
  /** "→ [batch, 16] · 272"; `null` where neither the code nor a run tells. */
  readonly shape: string | null;
  /** "⚠ ▇▅▃▂▁▁ 5.67×10⁻⁸ · old"; `null` before a run. */
  readonly health: string | null;
}

export interface LayerHintQuestion extends Omit<PlaceQuestion, "place"> {
  readonly layer: LayerInCode;
  readonly locale: Locale;
}

/** Characters of a sparkline: a line of hints has room for about forty. */
const sparklineWidth = 6;

export function layerHint({ layer, runs, textOf, isOld, locale }: LayerHintQuestion): LayerHint {
  const [newest] = findPlacedLayers({ runs, textOf, place: layer.place });
  return { shape: shapeHint(layer, newest, locale), health: newest ? healthHint(newest, isOld, locale) : null };
}

/** The code as it stands now tells the truth; what it does not tell, the newest run does. */
function shapeHint(layer: LayerInCode, newest: PlacedLayers | undefined, locale: Locale): string | null {
  const made = newest?.layers.map((report) => report.layer) ?? [];
  const shape = layer.outputShape
    ? shapeText([null, ...layer.outputShape])
    : onlyOne(made.map((each) => shapeText(each.outputShape)));
  if (shape === null) return null;
  // Of layers that one call made for several inputs, none is everyone's number.
  const parameters = layer.outputShape ? layer.parameters : onlyOne(made.map((each) => each.parameters));
  return [`→ ${shape}`, ...(parameters ? [formatCount(parameters, locale)] : [])].join(" · ");
}

function onlyOne<Value>(values: readonly Value[]): Value | null {
  return new Set(values).size === 1 ? (values[0] ?? null) : null;
}

const marks: Readonly<Record<Tone, string>> = { good: "✓", info: "·", warning: "⚠", error: "✕" };

/** "⚠ ▇▅▃▂▁▁ g 5.67×10⁻⁸"; `null` where nothing was recorded. */
export function healthText(layer: LayerReport, locale: Locale): string | null {
  const { sentence, sparkline } = layer;
  if (!sentence || sentence.messages.some(({ id }) => id === "layerUnknown")) return null;
  const parts = [marks[sentence.tone], writeSparkline(sparkline, sparklineWidth), trouble(layer, locale)];
  return parts.filter((part) => part !== "").join(" ");
}

function healthHint({ run, worst }: PlacedLayers, isOld: PlaceQuestion["isOld"], locale: Locale): string | null {
  const text = healthText(worst, locale);
  if (text === null) return null;
  return isOld(run) ? `${text} · ${vscode.l10n.t("old")}` : text;
}

/** What is wrong, as shortly as it can be said; a healthy layer has nothing to say. */
function trouble({ sentence, sparkline }: LayerReport, locale: Locale): string {
  if (!sentence || sentence.tone === "good") return "";
  const [first] = sentence.messages;
  switch (first?.id) {
    case "layerDead":
    case "layerDeadFilters":
      return vscode.l10n.t("{0}/{1} dead", countOf(first, "dead"), countOf(first, "units"));
    case "layerSaturated":
      return vscode.l10n.t("{0} saturated", shareOf(first, "share"));
    case "layerHeld":
      return vscode.l10n.t("held");
    case "layerNotFinite":
    case "layerNotFiniteSince":
      return "NaN";
    default:
      return `g ${formatNumber(sparkline.at(-1), { digits: 2, locale })}`;
  }
}

function countOf({ args }: Message, name: string): string {
  const value: Argument | undefined = args[name];
  return typeof value === "object" && value.kind === "count" ? String(value.value) : "?";
}

function shareOf({ args }: Message, name: string): string {
  const value: Argument | undefined = args[name];
  return typeof value === "object" && value.kind === "share" ? formatShare(value.value) : "?";
}

/** Where a hint stands: behind the call, and behind the comma that ends its line. */
export function hintOffset(text: string, end: number): number {
  const rest = text.slice(end, text.indexOf("\n", end) === -1 ? text.length : text.indexOf("\n", end));
  return /^,\s*(\/\/.*)?$/.test(rest) ? end + 1 : end;
}
