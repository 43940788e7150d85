// A small net unit by unit: circles in columns, a line a weight. Pointing at a unit lights its lines and reads them out.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { UnitColumn, UnitHistory } from "../../src/shared/views.ts";
import { element, setAttributes, setText, svgElement } from "../dom.ts";
import { createLayerName } from "../parts/layerName.ts";
import { createSignedScale } from "../parts/signedScale.ts";
import { lastAtMost } from "../time/frames.ts";
import type { ViewHost } from "../viewHost.ts";
import { networkWords } from "../words/networkWords.ts";
import { px } from "./blocks.ts";
import { layOutUnits, linePath, weightWidth } from "./unitPaths.ts";
import { columnsAt, largestWeight } from "./unitStates.ts";

export interface UnitNet {
  readonly node: HTMLElement;
  layOut(): void;
  /** Marks the units of a layer; `null` for none. */
  mark(layer: string | null): void;
  /** Shows the weights that the net had at a step of its training, where they were kept. */
  moveTo(step: number): void;
}

interface UnitEdge {
  readonly path: SVGPathElement;
  /** The column the line ends in. */
  readonly column: number;
  readonly from: number;
  readonly to: number;
  weight: number;
}

/** More weights of a unit are counted, not read out. */
const readWeights = 8;

/** The palest a weight's colour gets: its width already says how small it is. */
const palest = 0.4;

/** `pointed` is told the layer of the unit that the reader points at or has focused; `null` for none. */
export function createUnitNet(
  host: ViewHost,
  { columns: newest, history }: { readonly columns: readonly UnitColumn[]; readonly history: UnitHistory | null },
  pointed: (layer: string | null) => void,
): UnitNet {
  let columns = newest;
  const edges = columns.flatMap(({ weights }, column) =>
    weights.flatMap((row, from) =>
      row.map(
        (weight, to): UnitEdge => ({ path: svgElement("path"), column, from, to, weight: fromViewNumber(weight) ?? 0 }),
      ),
    ),
  );
  // Over all steps, so that a line that grows is seen to grow.
  const largest = largestWeight(newest, history);
  const drawing = svgElement("svg", { "aria-hidden": "true" }, ...edges.map(({ path }) => path));
  const heads = columns.map((column) =>
    element(
      "div",
      { class: "unitName", "aria-hidden": "true" },
      element(
        "span",
        { class: "code" },
        column.name === "" ? host.wordIn(networkWords, "input") : createLayerName(column.name),
      ),
      element("span", { class: "muted" }, column.activation ?? ""),
    ),
  );
  const when = element("span", {}, host.wordIn(networkWords, "unitsNow"));
  const readout = element("p", { class: "netReadout two", role: "status" }, host.wordIn(networkWords, "unitKeys"));
  const units = columns.map(({ units: count }, column) =>
    Array.from({ length: count }, (_, unit) => createDot(column, unit)),
  );
  const plot = element(
    "div",
    {
      class: "unitNet",
      role: "group",
      "aria-label": host.wordIn(networkWords, "unitsLabel", { columns: { kind: "count", value: columns.length } }),
    },
    drawing,
    ...heads,
    ...units.flat(),
  );
  const node = element(
    "figure",
    { class: "figure unitFigure" },
    element(
      "figcaption",
      {},
      element("b", {}, host.wordIn(networkWords, "units")),
      element(
        "span",
        {},
        host.wordIn(networkWords, "unitsCaption", { widest: formatNumber(largest, { locale: host.locale }) }),
      ),
      when,
    ),
    plot,
    createSignedScale(host, -largest, largest).node,
    readout,
  );
  plot.addEventListener("pointerleave", () => light(null));
  const colour = () => {
    for (const { path, weight } of edges) {
      const share = largest > 0 && Number.isFinite(weight) ? weight / largest : 0;
      const ink = host.theme.highContrast ? 1 : palest + (1 - palest) * Math.abs(share);
      path.style.fill = host.theme.signedColour(Math.sign(share) * ink);
    }
  };
  host.onTheme(colour);

  let chosen: readonly [column: number, unit: number] | null = null;

  function createDot(column: number, unit: number): HTMLButtonElement {
    const dot = element("button", {
      type: "button",
      class: "unitDot",
      tabindex: column === 0 && unit === 0 ? 0 : -1,
      "aria-label": readUnit(host, columns, column, unit),
    });
    dot.addEventListener("pointerenter", () => light([column, unit]));
    dot.addEventListener("focus", () => light([column, unit]));
    dot.addEventListener("blur", () => light(null));
    dot.addEventListener("keydown", (event) => {
      const to = {
        ArrowUp: [column, unit - 1],
        ArrowDown: [column, unit + 1],
        ArrowLeft: [column - 1, unit],
        ArrowRight: [column + 1, unit],
      }[event.key];
      if (to === undefined) return;
      const list = units[to[0] ?? 0];
      const next = list?.[Math.max(0, Math.min(list.length - 1, to[1] ?? 0))];
      event.preventDefault();
      event.stopPropagation();
      if (next === undefined) return;
      for (const other of units.flat()) setAttributes(other, { tabindex: other === next ? 0 : -1 });
      next.focus();
    });
    return dot;
  }

  function light(next: readonly [column: number, unit: number] | null): void {
    chosen = next;
    for (const { path, column, from, to } of edges) {
      const isOurs =
        chosen !== null &&
        ((column === chosen[0] && to === chosen[1]) || (column - 1 === chosen[0] && from === chosen[1]));
      path.setAttribute("class", chosen === null ? "" : isOurs ? "lit" : "dim");
    }
    units.forEach((list, column) => {
      list.forEach((dot, unit) => {
        dot.classList.toggle("on", chosen?.[0] === column && chosen[1] === unit);
      });
    });
    const words = chosen === null ? host.wordIn(networkWords, "unitKeys") : readUnit(host, columns, ...chosen);
    setText(readout, words);
    pointed(chosen === null ? null : (columns[chosen[0]]?.name ?? null));
  }

  const layOut = () => {
    const widthPx = host.widthPx;
    if (widthPx === 0) return;
    const { places, diameter, height } = layOutUnits(columns, Math.min(widthPx, 220 * columns.length));
    plot.style.height = `${height}px`;
    setAttributes(drawing, { width: widthPx, height, viewBox: `0 0 ${widthPx} ${height}` });
    for (const { path, column, from, to, weight } of edges) {
      const [start, end] = [places[column - 1]?.[from], places[column]?.[to]];
      if (start === undefined || end === undefined) continue;
      const look = { width: weightWidth(weight, largest), dashed: weight < 0 };
      setAttributes(path, { d: Number.isFinite(weight) ? linePath(start, end, look) : "" });
    }
    const between = Math.min(widthPx / columns.length, 220);
    units.forEach((list, column) => {
      const name = heads[column];
      if (name !== undefined) Object.assign(name.style, px({ left: between * column + 2, width: between - 4 }));
      list.forEach((dot, unit) => {
        const [x, y] = places[column]?.[unit] ?? [0, 0];
        Object.assign(
          dot.style,
          px({ left: x - diameter / 2, top: y - diameter / 2, width: diameter, height: diameter }),
        );
      });
    });
  };
  let shown = -1;
  const moveTo: UnitNet["moveTo"] = (step) => {
    const at = Math.max(0, lastAtMost(history?.steps ?? [], step));
    const state = history?.numbers[at];
    if (history === null || state === undefined || at === shown) return;
    shown = at;
    columns = columnsAt(newest, state);
    for (const edge of edges)
      edge.weight = fromViewNumber(columns[edge.column]?.weights[edge.from]?.[edge.to] ?? null) ?? 0;
    units.forEach((list, column) => {
      list.forEach((dot, unit) => {
        setAttributes(dot, { "aria-label": readUnit(host, columns, column, unit) });
      });
    });
    const made = { kind: "count", value: history.steps[at] ?? 0 } as const;
    setText(when, host.wordIn(networkWords, "unitsAfter", { step: made }));
    if (chosen !== null) setText(readout, readUnit(host, columns, ...chosen));
    colour();
    layOut();
  };
  const mark: UnitNet["mark"] = (layer) => {
    columns.forEach(({ name }, column) => {
      const isMarked = layer !== null && name !== "" && name === layer;
      for (const each of [heads[column], ...(units[column] ?? [])]) each?.classList.toggle("marked", isMarked);
    });
  };
  return { node, layOut, mark, moveTo };
}

/** "dense_1, unit 2: bias 0.1; weights in: 0.8, −0.5; weights out: 1.1". */
function readUnit(host: ViewHost, columns: readonly UnitColumn[], column: number, unit: number): string {
  const own = columns[column];
  const number = { kind: "count", value: unit + 1 } as const;
  const name =
    column === 0
      ? host.wordIn(networkWords, "inputUnit", { unit: number })
      : host.wordIn(networkWords, "unit", { layer: own?.name ?? "", unit: number });
  const parts: string[] = [];
  const bias = own?.biases[unit];
  if (bias !== undefined)
    parts.push(host.wordIn(networkWords, "unitBias", { bias: formatNumber(bias, { locale: host.locale }) }));
  const incoming = own?.weights.map((row) => row[unit] ?? null) ?? [];
  if (incoming.length > 0) parts.push(host.wordIn(networkWords, "unitIn", { weights: listed(host, incoming) }));
  const outgoing = columns[column + 1]?.weights[unit] ?? [];
  if (outgoing.length > 0) parts.push(host.wordIn(networkWords, "unitOut", { weights: listed(host, outgoing) }));
  return `${name}: ${parts.join("; ")}`;
}

function listed(host: ViewHost, weights: readonly ViewNumber[]): string {
  const shown = weights.slice(0, readWeights).map((weight) => formatNumber(weight, { locale: host.locale }));
  const more = weights.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [host.wordIn(networkWords, "more", { count: { kind: "count", value: more } })] : []),
  ].join(", ");
}
