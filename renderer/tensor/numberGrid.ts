// A small tensor number by number: a table whose cells are coloured by sign and size.

import type { ViewNumber } from "../../src/shared/json.ts";
import { fromViewNumber } from "../../src/shared/json.ts";
import { formatShort } from "../../src/shared/numbers.ts";
import type { TensorView } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { cellShade, inkOn } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { numberStrength } from "./gridSize.ts";

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
      const { theme } = host;
      cells.flat().forEach((cell, at) => {
        const value = values[at];
        const number = value === undefined ? null : fromViewNumber(value);
        const text = formatShort(value, host.locale);
        const isBroken = number !== null && !Number.isFinite(number);
        // The word stands on the page, the hatch around it.
        if (cell.textContent !== text || cell.classList.contains("bad") !== isBroken)
          cell.replaceChildren(isBroken ? element("span", {}, text) : text);
        cell.classList.toggle("bad", isBroken);
        const isShade = number !== null && !isBroken && number !== 0;
        const full = theme.colour((number ?? 0) < 0 ? "class-0" : "class-1");
        const share = (numberStrength * Math.abs(number ?? 0)) / Math.max(largest, Number.MIN_VALUE);
        const colour = isShade ? cellShade(theme.page, full, Math.min(1, share), theme.highContrast) : "";
        cell.style.backgroundColor = colour;
        cell.style.color = colour === "" ? "" : inkOn(colour);
      });
    },
  };
}
