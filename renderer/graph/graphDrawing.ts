// An expression as boxes and lines: a button for each value and each derivative; what a step computes stands out.

import { formulaText } from "../../src/shared/formulaText.ts";
import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropStep, FormulaPart, GraphNode, GraphView } from "../../src/shared/views.ts";
import { formulaNodes, raisedNodes } from "../backprop/formulaNodes.ts";
import { element, setAttributes, setHidden, setText, svgElement } from "../dom.ts";
import { px } from "../network/blocks.ts";
import { walkByKeys } from "../parts/walkByKeys.ts";
import type { ViewHost } from "../viewHost.ts";
import { graphWords } from "../words/graphWords.ts";
import { layOutGraph } from "./graphLayout.ts";
import { graphCurve, placeGraph } from "./graphPlaces.ts";

/** What the reader may look at: a value, or the line between two, by its place in the view. */
export type GraphPart = { readonly kind: "node" | "edge"; readonly at: number };

export interface GraphDrawing {
  readonly node: HTMLElement;
  /** Whether it wants the whole width: long expressions beside nothing else. */
  layOut(viewWidthPx: number): "beside" | "whole";
  draw(known: ReadonlySet<string>, step: BackpropStep, label: string): void;
  choose(part: GraphPart | null): void;
}

export const nodeId = (at: number) => `n.${at + 1}`;

export function createGraphDrawing(host: ViewHost, view: GraphView, pressed: (part: GraphPart) => void): GraphDrawing {
  const { nodes, edges } = view;
  const layout = layOutGraph(nodes.length, edges);
  const boxes = nodes.map((node, at) => createBox(host, node, () => pressed({ kind: "node", at })));
  const lines = edges.map(({ from, to, local }, at) => {
    const words = element("span");
    const label = element(
      "button",
      { type: "button", class: "graphEdge", tabindex: -1, "aria-pressed": "false" },
      words,
    );
    label.addEventListener("click", () => pressed({ kind: "edge", at }));
    return { from, to, local, words, label, path: svgElement("path") };
  });
  const drawing = svgElement("svg", { "aria-hidden": "true" }, ...lines.map(({ path }) => path));
  const area = element("div", { class: "graphArea", role: "group", "aria-label": host.wordIn(graphWords, "graph") });
  area.append(drawing, ...lines.map(({ label }) => label), ...boxes.map(({ box }) => box));
  const said = element("p", { class: "visuallyHidden", "aria-live": "polite" });
  let isNarrow = false;
  const node = element("div", {}, element("div", { class: "scroll graphScroll" }, area), said);
  walkByKeys(area, () => [
    ...boxes.flatMap(({ box }, at) => [box, ...lines.filter(({ from }) => from === at).map(({ label }) => label)]),
  ]);

  return {
    node,
    layOut(viewWidthPx) {
      const placed = placeGraph(layout, edges, viewWidthPx);
      const { width, height, isDown, isWhole, boxes: places, ways, labels } = placed;
      isNarrow = (places[0]?.width ?? 0) < narrowBoxPx;
      Object.assign(area.style, px({ width, height }));
      setAttributes(drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
      boxes.forEach(({ box }, at) => {
        const { x, y, width: boxWidth, height: boxHeight } = places[at] ?? { x: 0, y: 0, width: 0, height: 0 };
        Object.assign(box.style, px({ left: x, top: y, width: boxWidth, height: boxHeight }));
      });
      lines.forEach(({ path, label }, at) => {
        setAttributes(path, { d: graphCurve(ways[at] ?? [], isDown) });
        const [x, y] = labels[at] ?? [0, 0];
        Object.assign(label.style, px({ left: x, top: y }));
      });
      return isWhole ? "whole" : "beside";
    },
    draw(known, step, label) {
      setText(said, label);
      const isBack = step.phase === "backward";
      boxes.forEach((box, at) => {
        box.draw({ isKnown: known.has(nodeId(at)), isFound: known.has(`d${nodeId(at)}`), isNarrow });
        const ids = [nodeId(at), `d${nodeId(at)}`];
        const state = ids.some((id) => step.sets.includes(id))
          ? "set"
          : ids.some((id) => step.uses.includes(id))
            ? "used"
            : "";
        box.box.className = `graphNode ${nodes[at]?.role ?? ""} ${state} ${isBack ? "back" : ""}`
          .replace(/\s+/g, " ")
          .trim();
      });
      for (const { from, to, local, words, label: button, path } of lines) {
        const isSet = isBack
          ? step.sets.includes(`d${nodeId(from)}`) && step.uses.includes(`d${nodeId(to)}`)
          : step.sets.includes(nodeId(to)) && step.uses.includes(nodeId(from));
        setAttributes(path, { class: isSet ? (isBack ? "set" : "used") : null });
        // The derivative is found on the way back, when the gradient of what the line comes from is.
        const isFound = local !== null && known.has(`d${nodeId(from)}`);
        setHidden(button, !isFound);
        const value = formatNumber(local?.result ?? null, { digits: 2, locale: host.locale });
        setText(words, value);
        const letter = (which: number) =>
          formulaText([nodes[which]?.symbol ?? { kind: "text", text: "?" }], host.locale);
        const args = { from: letter(from), to: letter(to), value };
        const said = host.wordIn(graphWords, "edgeLabel", args);
        setAttributes(button, { "aria-label": said, title: said });
      }
    },
    choose(part) {
      boxes.forEach(({ box }, at) => {
        setAttributes(box, { "aria-pressed": String(part?.kind === "node" && part.at === at) });
      });
      lines.forEach(({ label }, at) => {
        setAttributes(label, { "aria-pressed": String(part?.kind === "edge" && part.at === at) });
      });
    },
  };
}

/** Narrower boxes have no room for "1.13×10⁻¹²". */
const narrowBoxPx = 80;

/** A letter is a formula; a word is text, which ends with "…" where it has no room. */
function nameNode(symbol: FormulaPart, locale: string): HTMLElement {
  const isWord = symbol.kind === "symbol" && symbol.base.length > 2 && symbol.sub === "" && symbol.sup === "";
  return isWord
    ? element("span", { class: "code" }, symbol.base)
    : element("span", {}, ...formulaNodes([symbol], locale));
}

interface Box {
  readonly box: HTMLButtonElement;
  draw(state: { readonly isKnown: boolean; readonly isFound: boolean; readonly isNarrow: boolean }): void;
}

function createBox(host: ViewHost, node: GraphNode, pressed: () => void): Box {
  const { symbol, name, operation, size, shape, values, gradients, role } = node;
  const value = element("b");
  const gradient = element("i");
  const gradientWord = element("span", { class: "visuallyHidden" }, host.wordIn(graphWords, "gradient"));
  const letter = formulaText([symbol], host.locale);
  const isNamed = name !== null && name !== letter;
  const box = element(
    "button",
    { type: "button", class: "graphNode", tabindex: -1, "aria-pressed": "false" },
    element(
      "span",
      { class: "head" },
      nameNode(symbol, host.locale),
      operation === null ? null : element("span", { class: "operation" }, ...raisedNodes(operation)),
    ),
    value,
    gradientWord,
    gradient,
  );
  box.addEventListener("click", pressed);
  const short = (numbers: readonly ViewNumber[], isNarrow: boolean) => {
    if (size > 1) return `[${shape.join(" × ")}]`;
    const number = formatNumber(numbers[0] ?? null, { locale: host.locale });
    return isNarrow && number.includes("×") ? formatNumber(numbers[0], { digits: 2, locale: host.locale }) : number;
  };
  return {
    box,
    draw({ isKnown, isFound, isNarrow }) {
      const shownGradient = isFound ? short(gradients, isNarrow) : "";
      const saidGradient = isFound ? short(gradients, false) : "";
      const shownValue = isKnown ? short(values, false) : "–";
      setText(value, isKnown ? short(values, isNarrow) : "–");
      // A constant's letter is its number.
      setHidden(value, role === "constant" && symbol.kind === "text");
      setText(gradient, isFound && size > 1 ? `∂ ${shownGradient}` : shownGradient);
      setHidden(gradient, role === "constant");
      setHidden(gradientWord, !isFound);
      const args = { letter, name: isNamed ? ` (${name})` : "", operation: operation ?? "", value: shownValue };
      const said = host.wordIn(graphWords, operation === null ? "nodeLabel" : "made", args);
      const found = isFound ? `, ${host.wordIn(graphWords, "gradientLabel", { gradient: saidGradient })}` : "";
      setAttributes(box, { title: said + found });
    },
  };
}
