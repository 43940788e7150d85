// The legend of colours by sign and size: lowest, zero, highest.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import { element } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { tableWords } from "../words/tableWords.ts";

const steps = 9;

export function createSignedScale(host: ViewHost, min: ViewNumber, max: ViewNumber): HTMLElement {
  const [low, high] = [fromViewNumber(min) ?? 0, fromViewNumber(max) ?? 0];
  const largest = Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE);
  const marks = Array.from({ length: steps }, () => element("i"));
  const text = (value: number) => formatNumber(value, { locale: host.locale });
  const args = { min: text(-largest), max: text(largest) };
  host.onTheme((theme) => {
    marks.forEach((mark, at) => {
      mark.style.background = theme.signedColour((at / (steps - 1)) * 2 - 1);
    });
  });
  return element(
    "div",
    {
      class: "scale signedScale",
      role: "img",
      "aria-label": host.wordIn(tableWords, "scale", args),
      style: "margin-top: 8px",
    },
    element("span", {}, args.min),
    element("span", { class: "scaleBar" }, ...marks),
    element("span", {}, args.max),
  );
}
