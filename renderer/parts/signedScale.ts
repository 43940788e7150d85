// The legend of colours by sign and size: lowest, zero, highest.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { tableWords } from "../words/tableWords.ts";

const steps = 9;
const negativeHatch = "repeating-linear-gradient(135deg, var(--nn-page) 0 1px, transparent 1px 3px)";

export interface SignedScale {
  readonly node: HTMLElement;
  /** Takes other ends. */
  update(min: ViewNumber, max: ViewNumber): void;
}

export function createSignedScale(
  host: ViewHost,
  min: ViewNumber,
  max: ViewNumber,
  {
    hatched = false,
    strength = 1,
  }: {
    /** Whether high contrast hatches what is negative, as cells are; not where lines are dashed instead. */
    readonly hatched?: boolean;
    /** Of the colour of the largest (0–1). */
    readonly strength?: number;
  } = {},
): SignedScale {
  const marks = Array.from({ length: steps }, () => element("i"));
  const [lowest, highest] = [element("span"), element("span")];
  const bar = element("span", { class: "scaleBar" }, ...marks);
  const node = element(
    "div",
    { class: "scale signedScale", role: "img", style: "margin-top: 8px" },
    lowest,
    bar,
    highest,
  );
  const update = (low: ViewNumber, high: ViewNumber) => {
    const sizes = [low, high].map((value) => Math.abs(fromViewNumber(value) ?? 0));
    const largest = Math.max(...sizes);
    // Where all is zero, or nothing is a number, there is no colour.
    setHidden(node, largest === 0);
    const text = (value: number) => formatNumber(value, { locale: host.locale });
    const args = { min: text(-largest), max: text(largest) };
    setText(lowest, args.min);
    setText(highest, args.max);
    setAttributes(node, { "aria-label": host.wordIn(tableWords, "scale", args) });
  };
  update(min, max);
  host.onTheme((theme) => {
    marks.forEach((mark, at) => {
      const share = (at / (steps - 1)) * 2 - 1;
      mark.style.backgroundColor = theme.signedColour(strength * share);
      mark.style.backgroundImage = hatched && theme.highContrast && share < 0 ? negativeHatch : "";
    });
  });
  return { node, update };
}
