// A small net with its numbers: values in circles, gradients below, weights on the lines; what a step computes stands out.

import { fromViewNumber, type ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropStep, BackpropView } from "../../src/shared/views.ts";
import { element, setAttributes, setText, svgElement } from "../dom.ts";
import { px } from "../network/blocks.ts";
import { linePath, weightWidth } from "../network/unitPaths.ts";
import type { ViewHost } from "../viewHost.ts";
import { backpropWords } from "../words/backpropWords.ts";
import { edgeLabel, labelledEdges, placeNet } from "./netPlaces.ts";

export interface NetDrawing {
  readonly node: HTMLElement;
  layOut(widthPx: number): void;
  /** Shows what is known, and what `step` takes and computes. */
  draw(known: ReadonlySet<string>, step: BackpropStep, label: string): void;
  /** Marks the line of the weight that is told of; `null` marks none. */
  choose(weight: string | null): void;
}

/** Characters that a circle has room for: "−0.123". */
const longestInCircle = 6;

interface Unit {
  readonly circle: HTMLElement;
  readonly name: HTMLElement;
  readonly grad: HTMLElement;
  readonly column: number;
  readonly unit: number;
}

interface Edge {
  readonly id: string;
  readonly from: readonly [column: number, unit: number];
  readonly to: readonly [column: number, unit: number];
  readonly weight: number | null;
  readonly path: SVGPathElement;
  readonly label: HTMLElement | null;
  readonly grad: HTMLElement | null;
}

export function createNetDrawing(host: ViewHost, view: BackpropView, pressed: (weight: string) => void): NetDrawing {
  const columns = [...view.columns.map(({ values }) => values.length), 1];
  const lossColumn = columns.length - 1;
  const units = columns.flatMap((count, column) =>
    Array.from({ length: count }, (_, unit): Unit => {
      const own = view.columns[column];
      const name =
        column === 0
          ? ["x", element("sub", {}, String(unit + 1))]
          : [own?.activation ?? host.wordIn(backpropWords, "loss")];
      return {
        circle: element("div", { class: "backNode" }),
        name: element("div", { class: "backText" }, ...name),
        grad: element("div", { class: "backText grad" }),
        column,
        unit,
      };
    }),
  );
  const weights = view.weights.filter(({ id }) => id.startsWith("w."));
  const isLabelled = weights.length <= labelledEdges;
  const byId = new Map(view.weights.map((weight) => [weight.id, weight]));
  const edges: Edge[] = weights.flatMap(({ id, value }) => {
    const [, column = 0, from = 0, to = 0] = id.split(".").map(Number);
    const path = svgElement("path", { class: "pressable" });
    const numberOnEdge = (kind: string) => (isLabelled ? element("div", { class: `backText ${kind}` }) : null);
    const [label, grad] = [numberOnEdge("over"), numberOnEdge("grad over")];
    for (const part of [path, label, grad]) part?.addEventListener("click", () => pressed(id));
    return [
      {
        id,
        from: [column - 1, from - 1],
        to: [column, to - 1],
        weight: fromViewNumber(value),
        path,
        label,
        grad,
      },
    ];
  });
  for (let unit = 0; unit < (columns.at(-2) ?? 0); unit++)
    edges.push({
      id: "",
      from: [lossColumn - 1, unit],
      to: [lossColumn, 0],
      weight: null,
      path: svgElement("path"),
      label: null,
      grad: null,
    });
  const largest = Math.max(0, ...edges.map(({ weight }) => Math.abs(weight ?? 0)).filter(Number.isFinite));
  const drawing = svgElement("svg", { "aria-hidden": "true" }, ...edges.map(({ path }) => path));
  const node = element(
    "div",
    { class: "backNet", role: "img" },
    drawing,
    ...edges.flatMap(({ label, grad }) => (label === null || grad === null ? [] : [label, grad])),
    ...units.flatMap(({ circle, name, grad }) => [circle, name, grad]),
  );
  let digits = 3;
  let hasRoom = true;

  const layOut = (widthPx: number) => {
    const placed = placeNet(columns, { widthPx, isLabelled });
    const { diameter, height, place } = placed;
    digits = placed.digits;
    hasRoom = placed.hasRoom;
    node.style.height = `${height}px`;
    setAttributes(drawing, { width: widthPx, height, viewBox: `0 0 ${widthPx} ${height}` });
    for (const { circle, name, grad, column, unit } of units) {
      const [x, y] = place(column, unit);
      Object.assign(
        circle.style,
        px({ left: x - diameter / 2, top: y - diameter / 2, width: diameter, height: diameter }),
      );
      Object.assign(name.style, px({ left: x, top: y - diameter / 2 - 17 }));
      Object.assign(grad.style, px({ left: x, top: y + diameter / 2 + 3 }));
    }
    for (const { from, to, weight, path, label, grad } of edges) {
      const [start, end] = [place(...from), place(...to)];
      const width = weight === null ? 1 : 0.6 + weightWidth(weight, largest);
      setAttributes(path, { d: linePath(start, end, { width, dashed: (weight ?? 0) < 0 }) });
      if (label === null || grad === null) continue;
      const { x, top, gradTop } = edgeLabel(start, end, placed);
      Object.assign(label.style, px({ left: x, top }));
      Object.assign(grad.style, px({ left: x, top: gradTop }));
      label.hidden = !hasRoom;
    }
  };

  const draw: NetDrawing["draw"] = (known, step, labelText) => {
    const write = (value: ViewNumber | undefined, count = digits) =>
      formatNumber(value ?? null, { digits: count, locale: host.locale });
    const has = (list: readonly string[], ids: readonly string[]) => ids.some((id) => list.includes(id));
    const isBack = step.phase === "backward" || step.phase === "update";
    setAttributes(node, { "aria-label": labelText });
    for (const { circle, grad, column, unit } of units) {
      const place = `${column}.${unit + 1}`;
      const ids = column === 0 ? [`x.${unit + 1}`] : column === lossColumn ? ["L"] : [`z.${place}`, `a.${place}`];
      const gradIds = [`dz.${place}`, `da.${place}`];
      const value = known.has(ids.at(-1) ?? "")
        ? givenBy(view, column, unit)
        : known.has(ids[0] ?? "")
          ? view.columns[column]?.sums[unit]
          : undefined;
      const state = has(step.sets, [...ids, ...gradIds]) ? " set" : has(step.uses, [...ids, ...gradIds]) ? " used" : "";
      circle.className = `backNode${state}${isBack ? " back" : ""}${value === undefined ? " empty" : ""}`;
      const exact = write(value);
      setText(circle, exact.length > longestInCircle ? write(value, 2) : exact);
      if (column === 0 || column === lossColumn) continue;
      const own = view.columns[column];
      const gradient = known.has(gradIds[0] ?? "")
        ? own?.sumGradients[unit]
        : known.has(gradIds[1] ?? "")
          ? own?.valueGradients[unit]
          : undefined;
      setText(grad, write(gradient));
    }
    for (const { id, path, label, grad } of edges) {
      const weight = byId.get(id);
      const isSet = has(step.sets, [`d${id}`, `new ${id}`]);
      const isUsed = has(step.uses, id === "" ? ["L"] : [id, `d${id}`]);
      path.classList.toggle("set", isSet);
      path.classList.toggle("used", isUsed && !isSet);
      if (weight === undefined || label === null || grad === null) continue;
      setText(label, write(known.has(`new ${id}`) ? weight.update?.after : weight.value, 2));
      const isFound = known.has(`d${id}`);
      setText(grad, isFound ? write(weight.gradient, 2) : "");
      grad.hidden = !isFound || !hasRoom;
    }
  };
  const choose: NetDrawing["choose"] = (weight) => {
    for (const { id, path } of edges) path.classList.toggle("chosen", id !== "" && id === weight);
  };
  return { node, layOut, draw, choose };
}

function givenBy(view: BackpropView, column: number, unit: number): ViewNumber | undefined {
  return column === view.columns.length ? view.loss.value : view.columns[column]?.values[unit];
}
