// The matrix: a table of buttons, coloured by the share of each true class; arrow keys walk, Enter chooses.

import { formatCount, formatShare } from "../../src/shared/numbers.ts";
import type { ConfusionView } from "../../src/shared/views.ts";
import { element, setAttributes } from "../dom.ts";
import { cellShade, inkOn } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { confusionWords } from "../words/confusionWords.ts";
import { matrixStrength } from "./matrixStrength.ts";

export interface MatrixCell {
  readonly truth: number;
  readonly predicted: number;
}

export interface ConfusionMatrix {
  readonly node: HTMLElement;
  choose(cell: MatrixCell | null): void;
}

/** More are drawn tighter where there is little room. */
const fewClasses = 5;
/** Where more follows, the edge says so on this much of what is in sight. */
const edgePx = 22;

export function createConfusionMatrix(
  host: ViewHost,
  { classes, counts }: ConfusionView,
  chose: (cell: MatrixCell) => void,
): ConfusionMatrix {
  const word = (id: "truth" | "recall" | "precision" | "matrix") => host.wordIn(confusionWords, id);
  const sums = counts.map((line) => line.reduce((sum, each) => sum + each, 0));
  const buttons = counts.map((line, truth) =>
    line.map((often, predicted) => {
      const args = { truth: classes[truth] ?? "", predicted: classes[predicted] ?? "" };
      const label = host.wordIn(confusionWords, "cell", { ...args, count: { kind: "count", value: often } });
      const button = element(
        "button",
        { class: "cell", type: "button", tabindex: -1, "aria-label": label, title: label, "aria-pressed": "false" },
        formatCount(often, host.locale),
      );
      button.addEventListener("click", () => chose({ truth, predicted }));
      // A browser leaves one alone that is half in sight.
      button.addEventListener("focus", () => button.scrollIntoView({ block: "nearest", inline: "nearest" }));
      return button;
    }),
  );
  const shareText = (part: number, whole: number) => (whole === 0 ? "–" : formatShare(part / whole));
  const name = (text: string, attributes: Record<string, string>) =>
    element("th", { ...attributes, title: text, class: `className ${attributes.class ?? ""}` }, text);
  const rows = buttons.map((line, truth) =>
    element(
      "tr",
      {},
      name(classes[truth] ?? "", { scope: "row" }),
      ...line.map((button) => element("td", {}, button)),
      element("td", { class: "right number share" }, shareText(counts[truth]?.[truth] ?? 0, sums[truth] ?? 0)),
    ),
  );
  const precision = classes.map((_, at) => {
    const column = counts.reduce((sum, line) => sum + (line[at] ?? 0), 0);
    const [share, sign] = shareText(counts[at]?.[at] ?? 0, column).split(" %");
    const unit = sign === undefined ? null : element("span", { class: "sign" }, " %");
    return element("td", { class: "number share" }, share, unit);
  });
  const precisionHead = element("th", { scope: "row" }, word("precision"), element("span", { class: "per" }, " (%)"));
  const head = [element("th", { scope: "col" }, word("truth")), ...classes.map((text) => name(text, { scope: "col" }))];
  const table = element(
    "table",
    {
      class: classes.length > fewClasses ? "matrix many" : "matrix",
      "aria-label": word("matrix"),
      style: `--classes: ${classes.length}`,
    },
    element("thead", {}, element("tr", {}, ...head, element("th", { scope: "col", class: "share" }, word("recall")))),
    element("tbody", {}, ...rows),
    element("tfoot", {}, element("tr", {}, precisionHead, ...precision, element("td"))),
  );
  walkByKeys(table, buttons);
  host.onTheme((theme) => {
    buttons.forEach((line, truth) => {
      line.forEach((button, predicted) => {
        const share = (counts[truth]?.[predicted] ?? 0) / Math.max(1, sums[truth] ?? 1);
        const full = theme.colour(truth === predicted ? "good" : "warning");
        const colour = cellShade(theme.page, full, matrixStrength(share), theme.highContrast);
        button.style.background = share === 0 ? "" : colour;
        button.style.color = share === 0 ? "" : inkOn(colour);
      });
    });
  });
  const node = element("div", { class: "scroll keepsNames" }, table);
  let chosen: HTMLElement | null = null;
  // Of many classes only some columns are in sight, the first of them whole; the page itself must not move.
  host.onWidth(() => {
    if (chosen === null || node.clientWidth === 0) return;
    node.scrollLeft = 0;
    const { left, width } = node.getBoundingClientRect();
    const beyondPx = chosen.getBoundingClientRect().right + edgePx - left - width;
    const [names, ...places] = [...(table.rows[0]?.cells ?? [])].map((cell) => cell.getBoundingClientRect());
    const startPx = names?.right ?? 0;
    node.style.scrollPadding = `0 ${edgePx}px 0 ${startPx - left}px`;
    if (beyondPx > 0) node.scrollLeft = places.map((cell) => cell.left - startPx).find((px) => px >= beyondPx) ?? 0;
  });
  return {
    node,
    choose(cell) {
      chosen = buttons[cell?.truth ?? -1]?.[cell?.predicted ?? -1] ?? null;
      buttons.forEach((line, truth) => {
        line.forEach((button, predicted) => {
          const isChosen = cell?.truth === truth && cell.predicted === predicted;
          setAttributes(button, { "aria-pressed": String(isChosen), tabindex: isChosen ? 0 : -1 });
        });
      });
      if (cell === null) buttons[0]?.[0]?.setAttribute("tabindex", "0");
    },
  };
}

function walkByKeys(table: HTMLElement, buttons: readonly (readonly HTMLButtonElement[])[]): void {
  table.addEventListener("keydown", (event) => {
    const row = buttons.findIndex((line) => line.some((button) => button === event.target));
    const column = buttons[row]?.findIndex((button) => button.contains(event.target as Node | null)) ?? -1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, buttons.length - 1],
    };
    const to = moves[event.key];
    if (row === -1 || to === undefined) return;
    const next =
      buttons[Math.max(0, Math.min(buttons.length - 1, to[0]))]?.[Math.max(0, Math.min(buttons.length - 1, to[1]))];
    next?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
}
