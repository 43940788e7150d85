// The large field: the decision with its points, or one unit; pointer and arrow keys read it.

import { formatNumber, formatShort } from "../../src/shared/numbers.ts";
import type { BoundaryView } from "../../src/shared/views.ts";
import { element, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { boundaryWords } from "../words/boundaryWords.ts";
import type { Field } from "./changeLine.ts";
import { classMark } from "./classMark.ts";
import { paintField } from "./fieldPainter.ts";
import type { ShownUnit } from "./unitTiles.ts";

export interface DecisionPlot {
  readonly node: HTMLElement;
  show(field: Field, unit: ShownUnit | null): void;
}

/**
 * The field as it was computed, whole. It is not zoomed: the view holds the net's answers on a grid, and a part of it enlarged
 * would show larger squares and a line that looks more exact than anything computed. Who wants a part closer gives
 * `show.boundary` the examples that lie there: the grid is computed around them.
 */
export function createDecisionPlot(host: ViewHost, view: BoundaryView): DecisionPlot {
  const [xName, yName] = view.features;
  const label = host.wordIn(boundaryWords, "fieldLabel", { x: xName, y: yName });
  const canvas = element("canvas", { role: "img", tabindex: 0, "aria-label": label });
  const plot = element("div", { class: "fieldPlot" }, canvas);
  const title = element("b");
  const keys = view.classes.map((name, at) => classKey(host, name, at));
  const hasValidation = view.points.some(({ validation }) => validation);
  const range = ([low, high]: readonly [number, number]) => ({
    low: formatNumber(low, { locale: host.locale }),
    high: formatNumber(high, { locale: host.locale }),
  });
  const axes = element(
    "span",
    {},
    [
      host.wordIn(boundaryWords, "across", { name: xName, ...range(view.x) }),
      host.wordIn(boundaryWords, "up", { name: yName, ...range(view.y) }),
    ].join(" · "),
  );
  const words = element(
    "span",
    {},
    [...(hasValidation ? [host.wordIn(boundaryWords, "validation")] : []), host.wordIn(boundaryWords, "line")].join(
      " · ",
    ),
  );
  const said = element("p", { class: "note fieldSaid", role: "status" });
  const node = element(
    "figure",
    { class: "figure" },
    element("figcaption", {}, title, ...keys, words, axes),
    plot,
    said,
  );
  const hints = view.layers.length > 0 ? (["hint", "unitHint"] as const) : (["hint"] as const);
  const hint = hints.map((id) => host.wordIn(boundaryWords, id)).join(" ");
  let field: Field | null = null;
  let at: readonly [row: number, column: number] | null = null;

  const read = () => setText(said, at === null || field === null ? hint : reading(field, at));
  const reading = ({ size, winners, margins }: Field, [row, column]: readonly [number, number]): string => {
    const value = (range: readonly [number, number], share: number) =>
      formatShort(range[0] + share * (range[1] - range[0]), host.locale);
    const point = row * size + column;
    return host.wordIn(boundaryWords, "reading", {
      x: xName,
      y: yName,
      xValue: value(view.x, (column + 0.5) / size),
      yValue: value(view.y, 1 - (row + 0.5) / size),
      class: view.classes[winners[point] ?? 0] ?? "",
      margin: formatNumber(margins[point], { digits: 2, locale: host.locale }),
    });
  };
  const move = (row: number, column: number) => {
    const last = (field?.size ?? 1) - 1;
    at = [Math.max(0, Math.min(last, row)), Math.max(0, Math.min(last, column))];
    read();
  };
  const leave = () => {
    at = null;
    read();
  };
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    const size = field?.size ?? 1;
    move(
      Math.floor(((event.clientY - box.top) / box.height) * size),
      Math.floor(((event.clientX - box.left) / box.width) * size),
    );
  });
  canvas.addEventListener("pointerleave", leave);
  canvas.addEventListener("blur", leave);
  canvas.addEventListener("keydown", (event) => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    const middle = (field?.size ?? 2) >> 1;
    const [row, column] = at ?? [middle, middle];
    if (step !== undefined) move(row + step[0], column + step[1]);
    // VS Code would go to the notebook's first or last cell.
    else if (event.key === "Home") move(row, 0);
    else if (event.key === "End") move(row, (field?.size ?? 1) - 1);
    else if (event.key === "Escape" && at !== null) leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    node,
    show(next, unit) {
      field = next;
      const layer = unit === null ? "" : (view.layers[unit.layer]?.name ?? "");
      const name = unit === null ? "" : host.wordIn(boundaryWords, "unit", { unit: String(unit.unit + 1) });
      setText(title, unit === null ? host.wordIn(boundaryWords, "decision") : `${layer}, ${name}`);
      paint(host, canvas, view, next);
      read();
    },
  };
}

function paint(host: ViewHost, canvas: HTMLCanvasElement, view: BoundaryView, field: Field): void {
  const sizePx = canvas.clientWidth;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(sizePx * ratio);
  canvas.height = Math.round(sizePx * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null || sizePx === 0) return;
  pen.scale(ratio, ratio);
  const { theme } = host;
  paintField(pen, field, sizePx, theme);
  const radius = view.points.length > 400 ? 3 : 3.5;
  for (const point of view.points) {
    const x = ((point.x - view.x[0]) / (view.x[1] - view.x[0])) * sizePx;
    const y = (1 - (point.y - view.y[0]) / (view.y[1] - view.y[0])) * sizePx;
    const colour = theme.classColour(point.class);
    classMark(pen, point.class, x, y, radius);
    pen.fillStyle = point.validation ? theme.page : colour;
    pen.strokeStyle = point.validation ? colour : theme.page;
    pen.lineWidth = point.validation ? 1.75 : 1;
    pen.fill();
    pen.stroke();
  }
  if (!theme.highContrast) return;
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1;
  pen.strokeRect(0.5, 0.5, sizePx - 1, sizePx - 1);
}

const keyPx = 14;

function classKey(host: ViewHost, name: string, at: number): HTMLElement {
  const canvas = element("canvas", { "aria-hidden": "true", width: keyPx * 2, height: keyPx * 2 });
  canvas.style.cssText = `width: ${keyPx}px; height: ${keyPx}px`;
  host.onTheme((theme) => {
    const pen = canvas.getContext("2d");
    if (pen === null) return;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    classMark(pen, at, keyPx, keyPx, keyPx * 0.65);
    pen.fillStyle = theme.classColour(at);
    pen.fill();
  });
  return element("span", { class: "key" }, canvas, name);
}
