// The list of paths beside the picture: where each is at the current step and how low, lowest first. Its names hide and lift paths.

import { fromViewNumber } from "../../src/shared/json.ts";
import { formatChosen, formatNumber } from "../../src/shared/numbers.ts";
import type { SurfacePath, SurfaceView } from "../../src/shared/views.ts";
import { createRunKey } from "../card/runKey.ts";
import { element, setAttributes, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { surfaceWords } from "../words/surfaceWords.ts";
import { placeAtStep, type SurfaceState } from "./surfaceState.ts";

export interface HeadList {
  readonly node: HTMLElement;
  /** Makes the rows anew. */
  make(): void;
  draw(): void;
}

export interface HeadListOptions {
  readonly state: () => SurfaceState;
  readonly toggled: (path: number) => void;
  readonly lifted: (path: number | null) => void;
  /** A key that this list has no use for; true when it meant something. */
  readonly key: (key: string) => boolean;
}

interface Row {
  readonly node: HTMLTableRowElement;
  readonly name: HTMLButtonElement;
  readonly place: HTMLElement;
  readonly height: HTMLElement;
}

export function createHeadList(host: ViewHost, options: HeadListOptions): HeadList {
  const word = (id: keyof typeof surfaceWords.en) => host.wordIn(surfaceWords, id);
  const body = element("tbody");
  const heightHead = element("th", { scope: "col", class: "right" });
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, word("path")),
    element("th", { scope: "col", class: "right wideOnly" }, word("rate")),
    element("th", { scope: "col", class: "right" }, word("place")),
    heightHead,
  );
  const table = element("table", { class: "table", "aria-label": word("positions") }, element("thead", {}, head), body);
  const node = element("div", { class: "surfaceHeads" }, element("p", {}, word("positions")), table);
  let rows: readonly Row[] = [];

  const makeRow = ({ name, learningRate }: SurfacePath, index: number): Row => {
    const button = element(
      "button",
      { class: "pathName", type: "button" },
      createRunKey(index, name, { point: false }),
    );
    const place = element("td", { class: "right number" });
    const height = element("td", { class: "right number" });
    const rate = learningRate === null ? "–" : formatChosen(learningRate, host.locale);
    const row = element(
      "tr",
      {},
      element("th", { scope: "row" }, button),
      element("td", { class: "right number wideOnly" }, rate),
      place,
      height,
    );
    button.addEventListener("click", () => options.toggled(index));
    button.addEventListener("focus", () => options.lifted(index));
    button.addEventListener("blur", () => options.lifted(null));
    row.addEventListener("pointerenter", () => options.lifted(index));
    row.addEventListener("pointerleave", () => options.lifted(null));
    button.addEventListener("keydown", (event) => {
      // Space and Enter press the button.
      if (event.key === " " || !options.key(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    return { node: row, name: button, place, height };
  };
  return {
    node,
    make() {
      const { view } = options.state();
      rows = view.paths.map(makeRow);
      body.replaceChildren(...rows.map((row) => row.node));
      setText(heightHead, view.ground.kind === "plane" ? word("loss") : word("height"));
      node.hidden = rows.length === 0;
    },
    draw() {
      const { view, step, hidden, lifted } = options.state();
      const heights = view.paths.map((path) => heightOf(path, step));
      rows.forEach((row, index) => {
        const path = view.paths[index];
        if (path === undefined) return;
        const isHidden = hidden.has(index);
        setAttributes(row.name, {
          "aria-pressed": String(!isHidden),
          title: host.wordIn(surfaceWords, isHidden ? "show" : "hide", { name: path.name }),
        });
        row.node.classList.toggle("on", lifted === index);
        const { place, height } = headWords(host, view, path, step);
        setText(row.place, place);
        setText(row.height, height);
      });
      const order = rows
        .map((_, index) => index)
        .sort((one, other) => (heights[one] ?? Infinity) - (heights[other] ?? Infinity));
      // Moving a node takes its focus; rows move only where their order changed, and give it back.
      if (order.every((index, place) => body.children[place] === rows[index]?.node)) return;
      const root = body.getRootNode();
      const focused = root instanceof ShadowRoot ? root.activeElement : null;
      for (const index of order) if (rows[index] !== undefined) body.append(rows[index].node);
      if (focused instanceof HTMLElement && body.contains(focused)) focused.focus();
    },
  };
}

function heightOf(path: SurfacePath, step: number): number {
  const height = fromViewNumber(path.value[placeAtStep(path, step)] ?? null);
  return height === null || Number.isNaN(height) ? Infinity : height;
}

/** Where a path is at a step, and how high. */
export function headWords(
  host: ViewHost,
  { x, y }: SurfaceView,
  path: SurfacePath,
  step: number,
): { readonly place: string; readonly height: string } {
  const at = placeAtStep(path, step);
  if (at < 0) return { place: "–", height: "–" };
  const isOver = at === path.steps.length - 1 && step > (path.steps[at] ?? 0) && path.end !== "finished";
  const [atX, atY] = [path.x[at] ?? 0, path.y[at] ?? 0];
  const isOutside = atX < x.from || atX > x.to || atY < y.from || atY > y.to;
  const place = isOutside ? host.wordIn(surfaceWords, "outside") : `(${short(atX, x, host)}, ${short(atY, y, host)})`;
  if (isOver && path.end === "diverged") return { place: host.wordIn(surfaceWords, "diverged"), height: "–" };
  return { place, height: formatNumber(path.value[at], { locale: host.locale }) };
}

/** A place on an axis, to a thousandth of its range. */
export function short(value: number, { from, to }: SurfaceView["x"], host: ViewHost): string {
  // So far away a place's digits would fill the line.
  if (Math.max(Math.abs(from), Math.abs(to)) >= 1e7) return formatNumber(value, { locale: host.locale });
  const decimals = Math.min(8, Math.max(0, Math.ceil(2.5 - Math.log10(to - from))));
  const rounded = Number(value.toFixed(decimals)) + 0;
  return rounded
    .toLocaleString(host.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace("-", "−");
}
