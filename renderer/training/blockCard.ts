// The small card of a block in the strip: the layer's name, its mean |g| in full, and the way to its code.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { StripLayer } from "../../src/shared/views.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { icon } from "../icons.ts";
import type { ViewHost } from "../viewHost.ts";
import { trainingWords } from "./trainingWords.ts";

export interface BlockCard {
  /** Stands in the flow below the strip; it floats where there is room. */
  readonly node: HTMLElement;
  /** Opens for a layer beside its block. A pointer must rest on it a moment; focus and press open at once. */
  open(layer: StripLayer, block: HTMLElement, how: "hover" | "focus" | "press"): void;
  /** The pointer or the focus left the strip. */
  leave(): void;
  /** New numbers of the layer that is shown. */
  update(layers: readonly StripLayer[]): void;
}

const hoverDelayMs = 150;
const cardWidthPx = 280;
/** Under this width the card opens in the flow, which moves what lies below: only when asked by a press. */
const floatFromPx = 520;

export function createBlockCard(host: ViewHost, reveal: (layer: string) => void): BlockCard {
  const title = element("p", { class: "cardTitle" });
  const value = element("dd", { class: "number" });
  const revealButton = element("button", { class: "link", type: "button" }, host.wordIn(trainingWords, "reveal"));
  revealButton.addEventListener("click", () => {
    if (shown !== null) reveal(shown.layer);
  });
  const node = element(
    "div",
    { class: "card blockCard", role: "group", hidden: true },
    title,
    element("dl", {}, element("dt", {}, host.word("meanGradient")), value),
    element("p", { class: "note" }, host.wordIn(trainingWords, "layerGradient")),
    host.connected && host.trusted ? element("footer", {}, icon("reveal"), revealButton) : null,
  );
  let shown: { layer: string; block: HTMLElement; pinned: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const fill = (layer: StripLayer) => {
    setText(title, `${layer.name} · ${layer.type}`);
    setText(
      value,
      layer.gradient === null ? host.word("notRecorded") : formatNumber(layer.gradient, { locale: host.locale }),
    );
    setAttributes(node, { "aria-label": layer.name });
  };
  const close = () => {
    clearTimeout(timer);
    if (shown !== null) setAttributes(shown.block, { "aria-expanded": "false" });
    shown = null;
    setHidden(node, true);
  };
  const show = (layer: StripLayer, block: HTMLElement, pinned: boolean) => {
    close();
    shown = { layer: layer.name, block, pinned };
    fill(layer);
    setAttributes(block, { "aria-expanded": "true" });
    setHidden(node, false);
    place(node, block, host.root);
  };
  node.addEventListener("pointerenter", () => clearTimeout(timer));
  node.addEventListener("pointerleave", () => leave());
  host.root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || shown === null) return;
    const { block } = shown;
    if (node.contains(event.target instanceof Node ? event.target : null)) block.focus();
    close();
    event.stopPropagation();
  });
  const leave = () => {
    clearTimeout(timer);
    // A moment to reach the card, which lies beside the block.
    timer = setTimeout(() => {
      const focused =
        node.getRootNode() instanceof ShadowRoot ? (node.getRootNode() as ShadowRoot).activeElement : null;
      if (shown !== null && !shown.pinned && !node.contains(focused) && !node.matches(":hover")) close();
    }, hoverDelayMs);
  };
  host.onEnd(() => clearTimeout(timer));
  return {
    node,
    open(layer, block, how) {
      clearTimeout(timer);
      const floats = host.widthPx > floatFromPx;
      if (how === "press") {
        if (shown?.layer === layer.name && shown.pinned) close();
        else show(layer, block, true);
      } else if (floats && shown?.layer !== layer.name) {
        if (how === "focus") show(layer, block, false);
        else if (shown?.pinned !== true) timer = setTimeout(() => show(layer, block, false), hoverDelayMs);
      }
    },
    leave,
    update(layers) {
      const layer = layers.find(({ name }) => name === shown?.layer);
      if (layer !== undefined) fill(layer);
    },
  };
}

/** Below the block, kept inside the view; CSS puts it into the flow where there is no room. */
function place(card: HTMLElement, block: HTMLElement, root: HTMLElement): void {
  const within = root.getBoundingClientRect();
  const beside = block.getBoundingClientRect();
  const left = Math.max(0, Math.min(beside.left - within.left, within.width - cardWidthPx));
  card.style.left = `${left}px`;
  card.style.top = `${beside.bottom - within.top + 20}px`;
}
