// A small tensor number by number: a table whose cells are coloured by sign and size.

import type { ViewNumber } from "../../src/shared/json.ts";
import { fromViewNumber } from "../../src/shared/json.ts";
import { formatShort } from "../../src/shared/numbers.ts";
import type { TensorView } from "../../src/shared/views.ts";
import { element, setText } from "../dom.ts";
import { inkOn } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";

export interface GridPart {
  readonly node: HTMLElement;
  /** Shows a page's numbers; `largest` is the size that has the full colour. */
  show(values: readonly ViewNumber[], largest: number): void;
}

export function createNumberGrid(host: ViewHost, view: TensorView, label: string): GridPart {
  const cells = view.rows.map(() => view.columns.map(() => element("td", { class: "right number" })));
  const head = view.columns.map((column) => element("th", { scope: "col", class: "right" }, String(column)));
  const rows = view.rows.map((row, at) =>
    element("tr", {}, element("th", { scope: "row", class: "right number" }, String(row)), ...(cells[at] ?? [])),
  );
  const table = element(
    "table",
    { class: "table tensorGrid", "aria-label": label },
    element("thead", {}, element("tr", {}, element("td"), ...head)),
    element("tbody", {}, ...rows),
  );
  return {
    node: element("div", { class: "scroll keepsNames", tabindex: 0, role: "region", "aria-label": label }, table),
    show(values, largest) {
      cells.flat().forEach((cell, at) => {
        const value = values[at];
        setText(cell, formatShort(value, host.locale));
        const number = value === undefined ? null : fromViewNumber(value);
        const isShade = number !== null && Number.isFinite(number) && number !== 0 && !host.theme.highContrast;
        // Paler than in a heat map: the number is what is read.
        const colour = isShade ? host.theme.signedColour((0.55 * number) / Math.max(largest, Number.MIN_VALUE)) : "";
        cell.style.background = colour;
        cell.style.color = colour === "" ? "" : inkOn(colour);
      });
    },
  };
}
