// The activation view: functions and their slopes over z, a trained layer's z under them, and what ten layers leave of a gradient.

import { formatCount, formatNumber, formatShare } from "../../src/shared/numbers.ts";
import type { ActivationView } from "../../src/shared/views.ts";
import { createRunKey } from "../card/runKey.ts";
import { element, setAttributes, setHidden, svgElement } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { fieldCss } from "../parts/fieldCss.ts";
import { createSentence, sentenceText } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { type ActivationWordId, activationWords } from "../words/activationWords.ts";
import { unbroken } from "../words/unbroken.ts";
import { activationCss } from "./activationCss.ts";
import { Choices } from "./choices.ts";
import { createControls } from "./controls.ts";
import { type CurveKind, type CurvePlot, createCurvePlot, zonesOf } from "./curvePlots.ts";
import { shownRange, wholeRange } from "./curveRange.ts";
import { followLayer } from "./followedLayer.ts";
import { createPanels } from "./panels.ts";
import { throughTenLayers, valueAt } from "./readCurve.ts";
import { createReadings } from "./readings.ts";

const heightsPx: Readonly<Record<CurveKind, number>> = { value: 170, slope: 130, histogram: 100 };

export function createActivationChart(host: ViewHost, first: ActivationView): Chart<ActivationView> {
  addStyles(host.root, fieldCss);
  addStyles(host.root, activationCss);
  let choices = new Choices(first);
  const current = () => choices;

  const table = createDataTable(host, () => numbers(host, choices));
  const tools = createViewTools(host, { table, fileName: "activation" });
  const sentence = createSentence(host, choices.sentence, tools.node);
  const controls = createControls(host, current, () => {
    draw();
    followed.keepRoom();
    followed.tell();
  });
  const readings = createReadings(host, current, {
    moved: () => drawPlots(),
    zoomed() {
      for (const figure of figures) captionFigure(host, figure, choices);
      drawPlots();
    },
  });
  const facts = element("div", { class: "facts" });
  const figures = (["value", "slope", "histogram"] as const).map((kind) => createFigure(kind));
  const curves = element("div", { class: "curves" }, ...figures.map((figure) => figure.node));
  const panels = createPanels(host, current, readings.follow);
  const reading = element("div", { class: "reading" }, curves, panels.node, readings.node);
  host.root.append(sentence.node, controls.node, element("div", { class: "split" }, reading, facts), table.node);
  const plots: readonly CurvePlot[] = figures.map(({ kind, canvas }) =>
    createCurvePlot(host, {
      kind,
      canvas,
      choices: current,
      isLowest: () => kind === (choices.layer === null ? "slope" : "histogram"),
    }),
  );
  figures.forEach(({ plot }, index) => {
    readings.follow(plot, (offsetPx) => plots[index]?.zAt(offsetPx) ?? null);
  });

  const drawPlots = () => {
    setHidden(curves, choices.layout === "multiples");
    if (choices.layout === "overlaid") for (const plot of plots) plot.draw();
    panels.draw();
  };
  const drawWords = () => {
    sentence.update(choices.sentence);
    controls.draw();
    for (const figure of figures) captionFigure(host, figure, choices);
    readings.draw();
    facts.replaceChildren(...factNodes(host, choices));
  };
  const draw = () => {
    drawWords();
    drawPlots();
    table.update();
  };
  draw();
  const follow = () =>
    followLayer(host, {
      choices: current,
      parts: [sentence.node, controls.node, readings.node, facts, ...figures.map(({ caption }) => caption)],
      showWords(other) {
        const shown = choices;
        choices = other;
        drawWords();
        choices = shown;
      },
      lengthOf: (other) =>
        sentenceText(host, other.sentence).length + noteText(host, other).length + 20 * other.chosen.length,
      moved: draw,
    });
  let followed = follow();
  host.onWidth(() => followed.keepRoom());
  host.onEnd(() => followed.dispose());
  return {
    update(view) {
      const { layout, range } = choices;
      choices = new Choices(view);
      Object.assign(choices, { layout, range });
      draw();
      followed.dispose();
      followed = follow();
    },
    dispose() {
      host.root.replaceChildren();
    },
  };
}

interface CurveFigure {
  readonly kind: CurveKind;
  readonly node: HTMLElement;
  readonly caption: HTMLElement;
  readonly plot: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

function createFigure(kind: CurveKind): CurveFigure {
  const canvas = element("canvas", { role: "img" });
  const plot = element("div", { class: "plot" }, canvas);
  plot.style.height = `${heightsPx[kind]}px`;
  const caption = element("figcaption");
  return { kind, canvas, plot, caption, node: element("figure", { class: "figure" }, caption, plot) };
}

function word(host: ViewHost, id: ActivationWordId, args: Parameters<ViewHost["wordIn"]>[2] = {}): string {
  return host.wordIn(activationWords, id, args);
}

function captionFigure(host: ViewHost, { kind, node, caption, canvas }: CurveFigure, choices: Choices): void {
  const { layer } = choices;
  const [from, to] = shownRange(choices).map((z) => formatNumber(z, { digits: 2, locale: host.locale }));
  const functions = choices.chosen.map(({ curve }) => curve.label).join(", ");
  const range = { functions, from: from ?? "", to: to ?? "" };
  setHidden(node, kind === "histogram" && layer === null);
  switch (kind) {
    case "value":
      caption.replaceChildren(element("b", {}, "f(z)"), element("span", {}, word(host, "output")));
      setAttributes(canvas, { "aria-label": word(host, "valueLabel", range) });
      return;
    case "slope":
      caption.replaceChildren(element("b", {}, "f′(z)"), element("span", {}, word(host, "slopeMeaning")));
      setAttributes(canvas, { "aria-label": word(host, "slopeLabel", range) });
      return;
    case "histogram":
      if (layer === null) return;
      caption.replaceChildren(
        element("b", {}, word(host, "histogram", { layer: layer.name })),
        element("span", {}, word(host, "share")),
        element("span", {}, createSwatch("passes"), word(host, "passes")),
        element(
          "span",
          {},
          createSwatch("saturated"),
          unbroken(`${formatShare(layer.saturatedShare)} ${word(host, "saturated")}`),
        ),
      );
      setAttributes(canvas, {
        "aria-label": word(host, "histogramLabel", { layer: layer.name, share: formatShare(layer.saturatedShare) }),
      });
  }
}

/** A bar as the histogram draws it; filled paths only, which a saved picture paints too. */
function createSwatch(kind: "passes" | "saturated"): SVGSVGElement {
  const frame = "M0 0H12V10H0ZM1 1V9H11V1Z";
  const stripes = "M1 4 4 1H5.4L1 5.4ZM1 8 8 1H9.4L1.4 9H1ZM4 9 11 2V3.4L5.4 9ZM8 9 11 6V7.4L9.4 9Z";
  const fill = svgElement("path", { class: "fill", d: kind === "saturated" ? stripes : "M1 1H11V9H1Z" });
  const edge = svgElement("path", { d: frame, "fill-rule": "evenodd" });
  return svgElement(
    "svg",
    { class: `swatch ${kind}`, width: 12, height: 10, viewBox: "0 0 12 10", "aria-hidden": "true" },
    fill,
    edge,
  );
}

/** The largest slope of each function, and what ten layers leave of a gradient at best. */
function factNodes(host: ViewHost, choices: Choices): readonly Node[] {
  const short = (value: number | null) =>
    value === null ? word(host, "unbounded") : formatNumber(value, { digits: 2, locale: host.locale });
  const head = ["", word(host, "largestSlope"), word(host, "tenth")].map((text, at) =>
    at === 0 ? element("td") : element("th", { scope: "col", class: "right" }, text),
  );
  const rows = choices.chosen.map(({ curve, variant, slot }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, createRunKey(slot, curve.label, { point: false })),
      element("td", { class: "right" }, short(variant.largestSlope)),
      element("td", { class: "right" }, short(throughTenLayers(variant.largestSlope))),
    ),
  );
  return [
    element("p", { class: "factsTitle" }, word(host, "throughTen")),
    element("p", { class: "muted" }, word(host, "atBest")),
    element(
      "table",
      { class: "table", "aria-label": word(host, "throughTen") },
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows),
    ),
    element("p", { class: "note" }, noteText(host, choices)),
  ];
}

/** What is dead, simplified and to be pressed, below the facts. */
function noteText(host: ViewHost, choices: Choices): string {
  const { layer } = choices;
  const dead = layer?.deadUnits ?? [];
  const units = dead.map((unit) => formatCount(unit + 1, host.locale)).join(", ");
  const notes = [
    ...(layer === null || dead.length === 0 ? [] : [word(host, "deadUnits", { layer: layer.name, units })]),
    ...(layer === null || choices.layout === "overlaid" ? [] : [word(host, "noteBars", { layer: layer.name })]),
    ...(layer === null ? zoneNotes(host, choices) : []),
    ...(layer === null ? [] : [word(host, "noteLayer", { examples: { kind: "count", value: layer.examples } })]),
    ...(layer?.activation === "prelu" ? [word(host, "notePrelu")] : []),
    ...(choices.chosen.some(({ curve }) => /softmax$/i.test(curve.name)) ? [word(host, "noteSoftmax")] : []),
    word(host, "tangentNote"),
    word(host, "noteKeys"),
  ];
  return notes.join(" ");
}

/** f and f′ of each chosen function at half steps of z. */
function numbers(host: ViewHost, choices: Choices): TableData {
  const { chosen } = choices;
  const [from, to] = wholeRange(choices);
  const places = Array.from({ length: Math.floor((to - from) * 2) + 1 }, (_, index) => from + index / 2);
  return {
    caption: `f(z), f′(z): ${chosen.map(({ curve }) => curve.label).join(", ")}`,
    columns: [word(host, "tableZ"), ...chosen.flatMap(({ curve }) => [`${curve.label} f`, `${curve.label} f′`])],
    rows: places.map((z) => [
      { number: z },
      ...chosen.flatMap(({ variant }) => [
        { number: valueAt(variant.z, variant.value, z) },
        { number: valueAt(variant.z, variant.slope, z) },
      ]),
    ]),
  };
}

function zoneNotes(host: ViewHost, choices: Choices): readonly string[] {
  const zones = zonesOf(choices);
  if (zones === null) return [];
  return [word(host, zones.strips.length === 0 ? "noteZones" : "noteZonesOfSeveral")];
}
