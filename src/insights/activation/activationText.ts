// Activation functions as text: a table of values and slopes.

import { fromViewNumber, type ViewNumber } from "../../shared/json.ts";
import { formatNumber, formatShare } from "../../shared/numbers.ts";
import type { ActivationCurve, ActivationView } from "../../shared/views.ts";
import { sentenceText } from "../../shared/words/insightText.ts";
import type { Locale } from "../../shared/words/message.ts";
import { textTable } from "../text/textTable.ts";
import { left, paragraphs, right, word } from "../text/writing.ts";

/** Where functions are read. */
const readAt = [-2, 0, 2];

export function activationText(view: ActivationView, locale: Locale): string {
  const number = (value: ViewNumber | undefined) => formatNumber(value, { locale });
  const columns = [
    left(word("function", locale)),
    ...readAt.map((z) => right(word("valueAt", locale, { z: formatZ(z) }))),
    ...readAt.map((z) => right(word("slopeAt", locale, { z: formatZ(z) }))),
    right(word("largestSlope", locale)),
    left(word("saturatedWhere", locale)),
  ];
  const chosen = view.functions.filter(({ name }) => view.chosen.includes(name));
  const rows = chosen.map((curve) => {
    const variant = curve.variants[curve.initial];
    const bound = variant?.largestSlope ?? null;
    return [
      labelOf(curve),
      ...readAt.map((z) => number(valueNear(curve, z, "value"))),
      ...readAt.map((z) => number(valueNear(curve, z, "slope"))),
      bound === null ? word("unbounded", locale) : number(bound),
      (variant?.saturated ?? []).map(([from, to]) => `${formatZ(from)} … ${formatZ(to)}`).join(", ") ||
        word("nowhere", locale),
    ];
  });
  // All that the reader may choose from, the one that is shown first.
  const layers = (view.layer === null ? [] : view.layers)
    .toSorted((a, b) => Number(b.name === view.layer) - Number(a.name === view.layer))
    .flatMap(({ name, activation, saturatedShare, examples, deadUnits = [] }) => {
      const histogram = word("histogram", locale, {
        layer: name,
        activation,
        share: formatShare(saturatedShare),
        examples: { kind: "count", value: examples },
      });
      const units = deadUnits.map((unit) => unit + 1).join(", ");
      return deadUnits.length === 0 ? [histogram] : [histogram, word("deadUnits", locale, { layer: name, units })];
    });
  return paragraphs([sentenceText(view.sentence, locale), textTable(columns, rows), layers.join("\n")]);
}

function labelOf(curve: ActivationCurve): string {
  const alpha = curve.variants[curve.initial]?.alpha ?? null;
  return alpha === null ? curve.label : `${curve.label} (α ${alpha})`;
}

/** The sampled value at z; at a kink or jump, which stands there with both of its sides, what the engine computes. */
function valueNear(curve: ActivationCurve, z: number, which: "value" | "slope"): ViewNumber | undefined {
  const variant = curve.variants[curve.initial];
  const places = (variant?.z ?? []).flatMap((each, index) => (Math.abs(each - z) < 1e-6 ? [index] : []));
  const value = variant?.[which][places[places.length >> 1] ?? -1];
  const read = value === undefined ? null : fromViewNumber(value);
  return read !== null && Math.abs(read) < 1e-8 ? 0 : value;
}

function formatZ(z: number): string {
  return String(z).replace("-", "−");
}
