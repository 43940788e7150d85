// The blocks of a network: one button a layer with its name, units, parameters and gradient; lines between them carry shapes.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatCount, formatNumber } from "../../src/shared/numbers.ts";
import type { NetworkNode, NetworkView } from "../../src/shared/views.ts";
import { element, setAttributes, setText, svgElement } from "../dom.ts";
import { shapeText, typeText } from "../parts/layerText.ts";
import { inkOn } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { networkWords } from "../words/networkWords.ts";
import { arrange, type Taker, wirePath } from "./arrangement.ts";
import { exampleShape, openEnds, takerOf, unitsText } from "./nodeText.ts";

export interface BlockActions {
  pointed(place: number): void;
  focused(place: number): void;
  pressed(place: number): void;
  left(): void;
  /** A key that is not for the blocks; true when it was used. */
  key(key: string): boolean;
}

export interface Blocks {
  readonly node: HTMLElement;
  layOut(): void;
  /** Colours the blocks by the gradient of each layer, by name; `undefined` where a layer has none. */
  colour(gradientOf: (layer: string) => ViewNumber | undefined): void;
  block(place: number): HTMLElement | null;
  /** Marks the block of a layer; `null` for none. */
  mark(layer: string | null): void;
}

export function createBlocks(host: ViewHost, view: NetworkView, actions: BlockActions): Blocks {
  const word = (id: Parameters<typeof host.wordIn<keyof typeof networkWords.en & string>>[1], args = {}) =>
    host.wordIn(networkWords, id, args);
  const nodes: readonly Taker[] = view.nodes.map(takerOf);
  const takers = view.loss === null ? nodes : [...nodes, { takes: openEnds(view.nodes) }];
  const footers = view.nodes.map(() => element("span", { class: "g" }, element("i", {})));
  const buttons = view.nodes.map((node, place) => {
    const button = element(
      "button",
      { type: "button", class: node.type === "input" ? "netBlock end" : "netBlock", tabindex: place === 0 ? 0 : -1 },
      ...blockLines(host, node),
      view.run !== null && node.parameters > 0 ? footers[place] : null,
      // The name that is read out holds what is seen, and the shapes that stand on the arrows.
      element("span", { class: "visuallyHidden" }, connectionText(host, view, node)),
    );
    button.addEventListener("pointerenter", () => actions.pointed(place));
    button.addEventListener("focus", () => actions.focused(place));
    button.addEventListener("click", () => actions.pressed(place));
    button.addEventListener("keydown", (event) => {
      const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (to !== undefined) focus(to);
      else if (event.key === " " || event.key === "Enter" || !actions.key(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    return button;
  });
  const focus = (place: number) => {
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, place))];
    for (const other of buttons) setAttributes(other, { tabindex: other === next ? 0 : -1 });
    next?.focus();
  };
  const lossBlock =
    view.loss === null
      ? null
      : element(
          "div",
          { class: "netBlock end" },
          element("span", { class: "name" }, element("b", {}, word("loss"))),
          element("span", { class: "muted whole" }, view.loss.name.replace(/(?=[A-Z])/g, "\u200b")),
          view.loss.value === null
            ? null
            : element("span", { class: "muted" }, formatNumber(view.loss.value, { locale: host.locale })),
        );
  const items = [...buttons, ...(lossBlock === null ? [] : [lossBlock])].map((block) => element("li", {}, block));
  const wires = svgElement("svg", { class: "wires", "aria-hidden": "true" });
  const labels = element("div", { "aria-hidden": "true" });
  const list = element("ul", { class: "blockList", "aria-label": word("blocks") }, ...items);
  const node = element("div", { class: "blocks" }, wires, labels, list);
  node.addEventListener("pointerleave", () => actions.left());
  node.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && node.contains(event.relatedTarget))) actions.left();
  });

  const layOut = () => {
    const widthPx = host.widthPx;
    if (widthPx === 0) return;
    const { kind, isStacked, boxes, wires: lines, labels: texts, height } = arrange(takers, widthPx);
    node.className = `blocks in-${kind}${isStacked ? " stacked" : ""}`;
    node.style.height = `${height}px`;
    boxes.forEach((box, place) => {
      const style = items[place]?.style;
      if (style === undefined) return;
      Object.assign(style, px({ left: box.x, top: box.y, width: box.width, height: box.height }));
    });
    setAttributes(wires, { width: widthPx, height, viewBox: `0 0 ${widthPx} ${height}` });
    wires.replaceChildren(...lines.map((line) => svgElement("path", { d: wirePath(line) })));
    labels.replaceChildren(
      ...texts.map(({ from, x, y, width, isBeside }) => {
        const label = element(
          "span",
          { class: isBeside ? "wireLabel beside" : "wireLabel" },
          exampleShape(view.nodes[from]),
        );
        Object.assign(label.style, px({ left: x, top: y, width }));
        return label;
      }),
    );
  };
  const colour: Blocks["colour"] = (gradientOf) => {
    view.nodes.forEach((each, place) => {
      const gradient = gradientOf(each.name);
      const footer = footers[place];
      if (footer?.firstChild == null) return;
      const isNumber = typeof gradient === "number";
      const fill = isNumber ? host.theme.gradientColour(gradient) : "";
      footer.className = isNumber ? "g" : gradient === null || gradient === undefined ? "g none" : "g bad";
      footer.style.backgroundColor = fill;
      footer.style.color = isNumber ? inkOn(fill) : "";
      const value = formatNumber(gradient ?? null, { digits: 2, locale: host.locale });
      setText(footer.firstChild, word("gradientShort", { value }));
    });
  };
  const mark: Blocks["mark"] = (layer) => {
    for (const [place, button] of buttons.entries())
      button.classList.toggle("marked", layer !== null && view.nodes[place]?.name === layer);
  };
  return { node, layOut, colour, mark, block: (place) => buttons[place] ?? null };
}

function blockLines(host: ViewHost, node: NetworkNode): HTMLElement[] {
  const title = element("span", { class: "name" }, element("b", {}, node.name));
  if (node.type === "input") return [title];
  const parameters = { kind: "count", value: node.parameters } as const;
  return [
    title,
    element("span", { class: "muted" }, unitsText(node)),
    ...(node.parameters === 0
      ? []
      : [element("span", { class: "muted" }, host.wordIn(networkWords, "parametersShort", { count: parameters }))]),
  ];
}

/** "[batch, 2] → [batch, 16], takes input_1". */
function connectionText(host: ViewHost, view: NetworkView, node: NetworkNode): string {
  if (node.type === "input") return shapeText(node.outputShape);
  const takes = node.takes.map((at) => view.nodes[at]?.name ?? "").join(", ");
  const shapes = `${shapeText(node.inputShape)} → ${shapeText(node.outputShape)}`;
  return takes === "" ? shapes : `${shapes}, ${host.wordIn(networkWords, "blockTakes", { takes })}`;
}

/** Everything a block says, and its shapes. */
export function blockLabel(
  host: ViewHost,
  view: NetworkView,
  node: NetworkNode,
  gradient: ViewNumber | undefined,
): string {
  const parts = [
    host.wordIn(networkWords, "blockLabel", {
      layer: node.name,
      kind: node.type === "input" ? host.wordIn(networkWords, "input") : typeText(node),
      shapes:
        node.type === "input"
          ? shapeText(node.outputShape)
          : `${shapeText(node.inputShape)} → ${shapeText(node.outputShape)}`,
      parameters: host.wordIn(networkWords, "parametersShort", { count: formatCount(node.parameters, host.locale) }),
    }),
  ];
  const isPlain = view.nodes.every(({ takes }, place) => takes.length <= 1 && (takes[0] ?? place - 1) === place - 1);
  if (!isPlain && node.takes.length > 0)
    parts.push(
      host.wordIn(networkWords, "blockTakes", { takes: node.takes.map((at) => view.nodes[at]?.name ?? "").join(", ") }),
    );
  if (gradient !== undefined)
    parts.push(host.wordIn(networkWords, "blockGradient", { value: formatNumber(gradient, { locale: host.locale }) }));
  return parts.join(", ");
}

export function px(values: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}px`]));
}
