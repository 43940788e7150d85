// The gradient strip: one block a layer, input first, coloured by mean |g| with its power of ten inside, its name below.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber, formatPower } from "../../src/shared/numbers.ts";
import type { StripLayer } from "../../src/shared/views.ts";
import { element, setAttributes, setText } from "../dom.ts";
import { createLayerName } from "../parts/layerName.ts";
import { inkOn, type Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";

/** Below this width a block cannot carry its layer's name. */
const narrowestNamePx = 62;
/** Below this width it cannot carry its power of ten: its colour, card and label still say it. */
const narrowestPowerPx = 38;

export interface GradientStrip {
  readonly node: HTMLElement;
  update(layers: readonly StripLayer[]): void;
  /** Marks the layer that is pointed at in another output; `null` marks none. */
  mark(layer: string | null): void;
  /** The block of a layer, for whoever puts a card beside it. */
  block(layer: string): HTMLElement | null;
}

export interface StripActions {
  /** A block was pointed at, focused or pressed. */
  opened?(layer: StripLayer, block: HTMLButtonElement, how: "hover" | "focus" | "press"): void;
  /** The pointer or the focus left the blocks. */
  left?(): void;
}

export function createGradientStrip(
  host: ViewHost,
  first: readonly StripLayer[],
  actions: StripActions = {},
): GradientStrip {
  const strip = element("div", { class: "strip", role: "group", "aria-label": host.word("gradientOfLayers") });
  const names = element("div", { class: "stripNames", "aria-hidden": "true" });
  const node = element("div", {}, strip, names);
  let layers = first;
  let blocks: HTMLButtonElement[] = [];

  const makeBlocks = () => {
    blocks = layers.map((_, index) => {
      const word = element("i", { class: "blockWord" });
      const block = element("button", { class: "block", type: "button" }, element("span"), word);
      const open = (how: "hover" | "focus" | "press") => {
        const layer = layers[index];
        if (layer !== undefined) actions.opened?.(layer, block, how);
      };
      block.addEventListener("pointerenter", () => open("hover"));
      block.addEventListener("focus", () => open("focus"));
      block.addEventListener("click", () => open("press"));
      return block;
    });
    strip.replaceChildren(...blocks);
    names.replaceChildren(...layers.map((layer) => element("span", {}, createLayerName(layer.name))));
  };
  const draw = (theme: Theme) =>
    layers.forEach((layer, index) => {
      const block = blocks[index];
      if (block !== undefined) drawBlock(host, block, layer, theme);
    });
  strip.addEventListener("pointerleave", () => actions.left?.());
  strip.addEventListener("focusout", () => actions.left?.());
  makeBlocks();
  host.onTheme(draw);
  host.onWidth(() => {
    const blockPx = strip.clientWidth / Math.max(1, layers.length);
    names.classList.toggle("ends", blockPx < narrowestNamePx);
    strip.classList.toggle("tight", blockPx < narrowestPowerPx);
  });
  return {
    node,
    update(next) {
      const same = next.length === layers.length && next.every((layer, index) => layer.name === layers[index]?.name);
      layers = next;
      if (!same) makeBlocks();
      draw(host.theme);
    },
    mark(name) {
      blocks.forEach((block, index) => {
        block.classList.toggle("marked", layers[index]?.name === name);
      });
    },
    block: (name) => blocks[layers.findIndex((layer) => layer.name === name)] ?? null,
  };
}

function drawBlock(host: ViewHost, block: HTMLButtonElement, layer: StripLayer, theme: Theme): void {
  const { gradient } = layer;
  const finite = typeof gradient === "number";
  const exact = gradient === null ? host.word("notRecorded") : formatNumber(gradient, { locale: host.locale });
  // Who speaks to their computer says what they see: the name holds the block's own text too.
  const power = blockText(gradient);
  const word = finite && gradient > hueTurnsAt ? ` ${host.word("exploding")}` : "";
  const value = (power === "" || power === exact ? exact : `${exact}, ${power}`) + word;
  setAttributes(block, {
    class: finite ? "block" : gradient === null ? "block none" : "block bad",
    "aria-label": host.word("blockLabel", { layer: layer.name, value }),
  });
  const colour = finite ? theme.gradientColour(gradient) : "";
  block.style.backgroundColor = colour;
  block.style.color = finite ? inkOn(colour) : "";
  if (block.firstChild !== null) setText(block.firstChild, power);
  if (block.lastChild !== null) setText(block.lastChild, word);
}

/** Above this mean |g| the scale has another hue, and a word says so: see the gradient scale of the theme. */
const hueTurnsAt = 10;

function blockText(gradient: ViewNumber): string {
  if (gradient === null) return "";
  if (typeof gradient === "string") return formatNumber(gradient);
  return gradient === 0 ? "0" : formatPower(gradient);
}

/** Two pixels each at the bar's full width: fine enough to look smooth, and plain boxes for whoever exports the view. */
const scaleCells = 60;

/** The scale's key: from 10⁻⁹ to 10³, always the same. */
export function createGradientScale(host: ViewHost): HTMLElement {
  const cells = Array.from({ length: scaleCells }, () => element("i"));
  const bar = element("span", { class: "scaleBar" }, ...cells);
  const node = element(
    "span",
    { class: "scale", role: "img", "aria-label": host.word("gradientScale") },
    "10⁻⁹",
    bar,
    "10³",
  );
  host.onTheme((theme) => {
    cells.forEach((cell, index) => {
      cell.style.backgroundColor = theme.gradientColour(10 ** (-9 + (12 * index) / (scaleCells - 1)));
    });
  });
  return node;
}
