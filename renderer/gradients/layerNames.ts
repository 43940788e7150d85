// The layers' names as one list of buttons with one tab stop: arrow keys go from row to row.

import { element, setAttributes } from "../dom.ts";
import { createLayerName } from "../parts/layerName.ts";
import type { ViewHost } from "../viewHost.ts";
import { gradientWords } from "../words/gradientWords.ts";
import { type LayerRow, rowName, sizeWords } from "./alignLayers.ts";

export interface LayerNames {
  readonly node: HTMLElement;
  update(rows: readonly LayerRow[]): void;
  /** Says which row has the card. */
  choose(row: number | null): void;
  focus(row: number): void;
}

export interface LayerNamesActions {
  readonly pointed: (row: number) => void;
  readonly focused: (row: number) => void;
  readonly pressed: (row: number) => void;
  /** A key that is not for the list; true when it was used. */
  readonly key: (key: string) => boolean;
}

export function createLayerNames(host: ViewHost, first: readonly LayerRow[], actions: LayerNamesActions): LayerNames {
  const node = element("ul", { class: "names", "aria-label": host.wordIn(gradientWords, "layers") });
  let buttons: HTMLButtonElement[] = [];
  const focus = (row: number) => {
    const button = buttons[Math.max(0, Math.min(buttons.length - 1, row))];
    for (const other of buttons) setAttributes(other, { tabindex: other === button ? 0 : -1 });
    button?.focus();
  };
  const update = (rows: readonly LayerRow[]) => {
    buttons = rows.map((row, index) => {
      const button = element(
        "button",
        {
          type: "button",
          tabindex: index === 0 ? 0 : -1,
          "aria-expanded": "false",
          "aria-haspopup": "dialog",
          title: rowName(row),
        },
        createLayerName(rowName(row)),
        " ",
        element("span", { class: "layerSize" }, sizeWords(row.layer)),
      );
      button.addEventListener("pointerenter", () => actions.pointed(index));
      button.addEventListener("focus", () => actions.focused(index));
      button.addEventListener("click", () => actions.pressed(index));
      button.addEventListener("keydown", (event) => {
        const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
        if (to !== undefined) focus(to);
        else if (event.key === " " || event.key === "Enter" || !actions.key(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      });
      return button;
    });
    node.replaceChildren(...buttons.map((button) => element("li", {}, button)));
  };
  update(first);
  return {
    node,
    update,
    focus,
    choose(row) {
      for (const [index, button] of buttons.entries())
        setAttributes(button, { "aria-expanded": String(index === row) });
    },
  };
}
