// The list of weights: a button each with its small picture; one tab stop, arrow keys go from row to row.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { WeightsLayer, WeightsView } from "../../src/shared/views.ts";
import { element, setAttributes } from "../dom.ts";
import { icon } from "../icons.ts";
import { createLayerName } from "../parts/layerName.ts";
import { sentenceText } from "../parts/sentence.ts";
import type { ViewHost } from "../viewHost.ts";
import { weightsWords } from "../words/weightsWords.ts";
import { type PaintedWeight, readWeight } from "./paintedWeight.ts";
import { paintSmall } from "./weightCells.ts";

export interface WeightRow {
  readonly layer: WeightsLayer;
  /** "dense_1 kernel". */
  readonly name: string;
  readonly painted: PaintedWeight;
}

export function weightRows(host: ViewHost, { layers, steps, bins }: WeightsView): readonly WeightRow[] {
  return layers.flatMap((layer) =>
    layer.weights.map((weight) => ({
      layer,
      name: `${layer.name} ${weightName(host, weight.name)}`,
      painted: readWeight(weight, steps, bins),
    })),
  );
}

function weightName(host: ViewHost, name: string): string {
  return name === "" ? host.wordIn(weightsWords, "all") : name;
}

export interface WeightList {
  readonly node: HTMLElement;
  choose(row: number): void;
  draw(): void;
}

export interface WeightListActions {
  readonly chosen: (row: number) => void;
  /** The pointer stands on a row, or left it. */
  readonly pointed: (row: number | null) => void;
  /** A key that is not for the list; true when it was used. */
  readonly key: (key: string) => boolean;
}

const [smallWidthPx, smallHeightPx] = [84, 24];

export function createWeightList(host: ViewHost, rows: readonly WeightRow[], actions: WeightListActions): WeightList {
  const canvases = rows.map(() => element("canvas", { "aria-hidden": "true" }));
  const buttons = rows.map((row, index) => {
    const { weight } = row.painted;
    const shape = weight.shape.join("×");
    const number = (value: (typeof weight.mean)[number] | undefined) => formatNumber(value, { locale: host.locale });
    const numbers = host.wordIn(weightsWords, "numbersShort", {
      mean: number(weight.mean.at(-1)),
      std: number(weight.std.at(-1)),
    });
    const { tone } = weight.sentence;
    const isOdd = tone === "warning" || tone === "error";
    const said = sentenceText(host, weight.sentence);
    const button = element(
      "button",
      {
        type: "button",
        class: "weightRow",
        tabindex: -1,
        "aria-pressed": "false",
        title: `${row.name}. ${said}`,
      },
      element(
        "span",
        { class: "name" },
        createLayerName(row.layer.name),
        element("small", {}, `${weightName(host, weight.name)} ${shape}`),
      ),
      element("span", { class: "visuallyHidden" }, `${numbers}. ${said}`),
      canvases[index],
      isOdd ? icon(tone) : null,
    );
    button.addEventListener("click", () => actions.chosen(index));
    button.addEventListener("focus", () => actions.chosen(index));
    button.addEventListener("pointerenter", () => actions.pointed(index));
    button.addEventListener("keydown", (event) => {
      const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
      if (to !== undefined) buttons[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
      else if (event.key === " " || event.key === "Enter" || !actions.key(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    return button;
  });
  const list = element(
    "ul",
    { class: "weightList", "aria-label": host.wordIn(weightsWords, "list") },
    ...buttons.map((button) => element("li", {}, button)),
  );
  list.addEventListener("pointerleave", () => actions.pointed(null));
  const isTrained = (rows[0]?.painted.steps.length ?? 1) > 1;
  const head = host.wordIn(weightsWords, isTrained ? "listHead" : "listHeadNow");
  return {
    node: element("div", {}, element("p", { class: "weightsHead" }, head), list),
    choose(row) {
      buttons.forEach((button, index) => {
        setAttributes(button, { "aria-pressed": String(index === row), tabindex: index === row ? 0 : -1 });
      });
      reveal(list, buttons[row]);
    },
    draw() {
      const ratio = window.devicePixelRatio || 1;
      rows.forEach(({ painted }, index) => {
        const canvas = canvases[index];
        const pen = canvas?.getContext("2d");
        if (canvas === undefined || !pen) return;
        canvas.width = Math.round(smallWidthPx * ratio);
        canvas.height = Math.round(smallHeightPx * ratio);
        pen.scale(ratio, ratio);
        paintSmall(pen, painted, { widthPx: smallWidthPx, heightPx: smallHeightPx, theme: host.theme });
      });
    },
  };
}

/** Scrolls the list alone: the notebook itself stays where it is. */
function reveal(list: HTMLElement, button: HTMLElement | undefined): void {
  if (button === undefined || list.scrollHeight <= list.clientHeight) return;
  const top = button.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + button.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = top + button.offsetHeight - list.clientHeight;
}
