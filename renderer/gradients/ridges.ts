// How |g| of one layer is distributed over time, on demand: a ridge line a step, the first at the back, one figure a run.

import { formatPower } from "../../src/shared/numbers.ts";
import type { GradientDistribution } from "../../src/shared/views.ts";
import { createRunKey } from "../card/runKey.ts";
import { axisFontPx } from "../charts/axisFont.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { fade, type Theme } from "../theme.ts";
import { lastAtMost } from "../time/frames.ts";
import type { ViewHost } from "../viewHost.ts";
import { rowName } from "./alignLayers.ts";
import { hasDistribution, word } from "./captions.ts";
import type { GradientsModel } from "./gradientsModel.ts";

const heightPx = 176;
const axisHeightPx = 20;
/** How far the highest bin rises above its own line. */
const riseShare = 0.4;

export interface Ridges {
  /** Opens and closes the figures. */
  readonly button: HTMLButtonElement;
  readonly node: HTMLElement;
  /** New data: makes the figures anew. */
  make(): void;
  /** Another step, layer, theme or width. */
  draw(): void;
}

interface Figure {
  readonly node: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

export function createRidges(host: ViewHost, model: GradientsModel): Ridges {
  const button = element("button", { class: "button", type: "button", "aria-expanded": "false" });
  button.append(word(host, "distribution"));
  const layers = element("select", { class: "ridgeLayer", "aria-label": word(host, "layer") });
  const words = element("span", { class: "muted" });
  const figures = element("div", { class: "ridges" });
  const note = element("p", { class: "note" }, word(host, "distributionNote"));
  const node = element("div", { class: "ridgeArea", hidden: true }, element("div", { class: "row" }, layers, words));
  node.append(figures, note);
  let row = 0;
  let made: readonly Figure[] = [];
  const draw = () => {
    // The layer that the reader points at or has focused, else the one chosen last.
    row = Math.min(model.chosenRow ?? row, Math.max(0, model.rows.length - 1));
    if (node.hidden || host.widthPx === 0) return;
    layers.value = String(row);
    const shown = model.rows[row];
    const layer = shown === undefined ? "" : rowName(shown);
    setText(words, word(host, "distributionOf", { layer }));
    made.forEach(({ node: figure, canvas }, run) => {
      const distribution = shown?.layers[run]?.distribution;
      const isSeen = distribution !== undefined && model.isShown(run);
      setHidden(figure, !isSeen);
      if (!isSeen) return;
      const steps = { kind: "count", value: distribution.steps.length } as const;
      const args = { run: model.view.runs[run]?.name ?? "", layer, steps };
      setAttributes(canvas, { "aria-label": word(host, "distributionLabel", args) });
      paint(canvas, host.theme, { distribution, step: model.step, colour: host.theme.runColour(run) });
    });
  };
  button.addEventListener("click", () => {
    setHidden(node, !node.hidden);
    setAttributes(button, { "aria-expanded": String(!node.hidden) });
    draw();
  });
  layers.addEventListener("change", () => {
    row = Number(layers.value);
    draw();
  });
  host.onTheme(draw);
  return {
    button,
    node,
    draw,
    make() {
      const isRecorded = hasDistribution(model.view.runs);
      setHidden(button, !isRecorded);
      if (!isRecorded) setHidden(node, true);
      layers.replaceChildren(...model.rows.map((each, index) => element("option", { value: index }, rowName(each))));
      made = model.view.runs.map((run, index) => {
        const canvas = element("canvas", { role: "img" });
        const plot = element("div", { class: "plot" }, canvas);
        plot.style.height = `${heightPx}px`;
        const caption = element("figcaption", {}, createRunKey(index, run.name, { point: false }));
        return { node: element("figure", { class: "figure" }, caption, plot), canvas };
      });
      figures.replaceChildren(...made.map((figure) => figure.node));
    },
  };
}

interface Painted {
  readonly distribution: GradientDistribution;
  readonly step: number;
  readonly colour: string;
}

function paint(canvas: HTMLCanvasElement, theme: Theme, painted: Painted): void {
  const widthPx = canvas.parentElement?.clientWidth ?? 0;
  const context = canvas.getContext("2d");
  if (widthPx === 0 || context === null) return;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  canvas.style.width = `${widthPx}px`;
  canvas.style.height = `${heightPx}px`;
  context.scale(ratio, ratio);
  const { distribution, step, colour } = painted;
  const { edges, steps, shares } = distribution;
  const left = 16;
  const plotPx = widthPx - 2 * left;
  const binPx = plotPx / (edges.length + 1);
  const bottomPx = heightPx - axisHeightPx;
  const rise = bottomPx * riseShare;
  const linePx = steps.length < 2 ? 0 : (bottomPx - rise - 2) / (steps.length - 1);
  const largest = shares.reduce((most, each) => each.reduce((more, share) => Math.max(more, share), most), 0.01);
  const here = lastAtMost(steps, step);
  drawAxis(context, theme, { edges, left, binPx, bottomPx });
  shares.forEach((bins, at) => {
    const basePx = rise + 1 + at * linePx;
    const isHere = at === here;
    context.beginPath();
    context.moveTo(left, basePx);
    for (const [bin, share] of bins.entries())
      context.lineTo(left + (bin + 0.5) * binPx, basePx - (share / largest) * rise);
    context.lineTo(left + plotPx, basePx);
    // Filled with the page, so that a line hides what stands behind it.
    context.fillStyle = theme.page;
    context.fill();
    if (isHere && !theme.highContrast) {
      context.fillStyle = fade(colour, 0.26);
      context.fill();
    }
    context.strokeStyle = isHere ? colour : theme.colour("neutral");
    context.lineWidth = isHere ? 2 : 0.75;
    context.stroke();
  });
}

interface RidgeAxis {
  readonly edges: readonly number[];
  readonly left: number;
  readonly binPx: number;
  readonly bottomPx: number;
}

/** Powers of ten, as many as have room. */
function drawAxis(context: CanvasRenderingContext2D, theme: Theme, { edges, left, binPx, bottomPx }: RidgeAxis): void {
  context.font = `${axisFontPx}px ${theme.fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  const powers = edges.flatMap((edge, index) => {
    const power = Math.log10(edge);
    return Math.abs(power - Math.round(power)) < 0.01 ? [{ edge, x: left + (index + 1) * binPx }] : [];
  });
  const every = Math.max(1, Math.ceil(44 / Math.max(1, (powers[1]?.x ?? 44) - (powers[0]?.x ?? 0))));
  powers.forEach(({ edge, x }, index) => {
    if (index % every !== 0) return;
    context.fillStyle = theme.muted;
    context.fillText(formatPower(edge), x, bottomPx + 5);
    context.fillStyle = theme.colour("grid");
    context.fillRect(Math.round(x), 0, 1, bottomPx);
  });
}
