// The layer card: everything known of one layer at one step, its runs in columns. It knows numbers and words, not where it stands.

import { formatCount, formatShare } from "../../src/shared/numbers.ts";
import type { GradientsLayer, GradientsRun, LayerInfo } from "../../src/shared/views.ts";
import { element, setAttributes, setText, svgElement } from "../dom.ts";
import { icon } from "../icons.ts";
import { sentenceNodes } from "../parts/sentence.ts";
import type { ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { type GradientWordId, gradientWords } from "../words/gradientWords.ts";
import { cardCss } from "./cardCss.ts";
import { type CardRowId, cardRows, tableText } from "./cardRows.ts";
import { createRunKey, runColourVariable } from "./runKey.ts";
import { createSparkline, type Sparkline } from "./sparkline.ts";

/** One column of the card. */
export interface CardRun {
  readonly run: GradientsRun;
  /** `null` where this run's net has no such layer. */
  readonly layer: GradientsLayer | null;
  /** Index into the run's recorded steps; -1 before the first. */
  readonly index: number;
}

export interface CardContent {
  readonly layer: LayerInfo;
  readonly runs: readonly CardRun[];
  /** The step the reader stands at. A run that recorded another one says so in its column. */
  readonly step: number;
}

export interface LayerCard {
  readonly node: HTMLElement;
  /** Fills the card; the same layer at another step changes numbers in place. */
  show(content: CardContent): void;
}

const rowWords: Readonly<Record<CardRowId, GradientWordId>> = {
  meanAbs: "meanAbs",
  mean: "cardMean",
  size: "cardSize",
  zeroShare: "cardZeroShare",
  signal: "cardSignal",
  weights: "cardWeights",
  updateRatio: "updateRatio",
  activation: "cardActivation",
  lost: "cardLost",
};

export function createLayerCard(host: ViewHost, actions: { readonly closed: () => void }): LayerCard {
  const node = element("div", { class: "card", role: "dialog" });
  let shown: { readonly layer: LayerInfo; readonly fill: (content: CardContent) => void } | null = null;
  addStyles(host.root, cardCss);
  return {
    node,
    show(content) {
      if (shown?.layer !== content.layer) shown = { layer: content.layer, fill: build(host, node, content, actions) };
      shown.fill(content);
    },
  };
}

/** Makes the nodes for one layer; answers with what fills in the numbers of a step. */
function build(host: ViewHost, node: HTMLElement, first: CardContent, actions: { readonly closed: () => void }) {
  const word = (id: GradientWordId, args: Parameters<typeof host.wordIn>[2] = {}) =>
    host.wordIn(gradientWords, id, args);
  const { layer, runs } = first;
  const table = createTable(host, first);
  let content = first;

  const copy = textButton(word("copyNumbers"), () => host.post({ kind: "copyText", text: contentText(host, content) }));
  const reveal = revealLinks(host, runs);
  node.setAttribute("aria-label", word("cardLabel", { layer: layer.name }));
  node.replaceChildren(
    closeButton(word("close"), actions.closed),
    element(
      "p",
      { class: "cardTitle" },
      element("span", { class: "code" }, layer.name),
      " ",
      element("span", { class: "cardType" }, describeLayer(host, first)),
    ),
    ...verdicts(host, first),
    element("hr"),
    element("div", { class: "scroll" }, table.node),
    element("div", { class: "cardFoot" }, ...(host.connected ? [...reveal, copy] : [])),
  );
  return (next: CardContent) => {
    content = next;
    table.fill(next);
  };
}

/** One link for one run; for several, their names after the words. */
function revealLinks(host: ViewHost, runs: readonly CardRun[]): readonly HTMLElement[] {
  const words = host.wordIn(gradientWords, "reveal");
  const links = runs.flatMap(({ run, layer }) => {
    if (layer === null) return [];
    const link = textButton(runs.length > 1 ? run.name : words, () =>
      host.post({ kind: "revealLayer", runId: run.runId, layer: layer.name }),
    );
    if (runs.length > 1)
      setAttributes(link, { "aria-label": host.wordIn(gradientWords, "revealRun", { run: run.name }) });
    return [link];
  });
  return runs.length > 1 ? [element("span", { class: "muted", "aria-hidden": "true" }, `${words}:`), ...links] : links;
}

function closeButton(label: string, pressed: () => void): HTMLButtonElement {
  const cross = svgElement("svg", { class: "icon", viewBox: "0 0 16 16", fill: "currentColor", "aria-hidden": "true" });
  cross.append(
    svgElement("path", { d: "M4 3.3 8 7.3 12 3.3 12.7 4 8.7 8 12.7 12 12 12.7 8 8.7 4 12.7 3.3 12 7.3 8 3.3 4Z" }),
  );
  const button = element(
    "button",
    { class: "iconButton cardClose", type: "button", title: label, "aria-label": label },
    cross,
  );
  button.addEventListener("click", pressed);
  return button;
}

/** "dense, sigmoid · [batch, 16] → [batch, 16] · 272 parameters, all trainable"; each part stays on one line. */
function describeLayer(host: ViewHost, { layer, runs }: CardContent): string {
  const count =
    layer.parameters === 1
      ? host.wordIn(gradientWords, "parameter")
      : host.wordIn(gradientWords, "parameters", { count: formatCount(layer.parameters, host.locale) });
  const parameters = withTrainable(host, count, layer.parameters, runs);
  const kind =
    layer.activation === null || layer.activation === layer.type ? layer.type : `${layer.type}, ${layer.activation}`;
  const shapes = `${shapeWords(layer.inputShape)} → ${shapeWords(layer.outputShape)}`;
  return [kind, shapes, parameters].map((part) => part.replaceAll(" ", "\u00a0")).join(" · ");
}

/** Where all runs train the same share of it, and say so. */
function withTrainable(host: ViewHost, words: string, parameters: number, runs: readonly CardRun[]): string {
  const known = new Set(runs.flatMap(({ layer }) => (layer === null ? [] : [layer.trainable])));
  const [trainable] = known;
  if (known.size !== 1 || trainable === undefined || parameters === 0) return words;
  if (trainable === parameters) return host.wordIn(gradientWords, "allTrainable", { parameters: words });
  const share = formatShare(trainable / parameters);
  return host.wordIn(gradientWords, "someTrainable", { parameters: words, share });
}

function shapeWords(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => size ?? "batch").join(", ")}]`;
}

/** Each run's verdict on this layer, named when there are several. */
function verdicts(host: ViewHost, { runs }: CardContent): readonly HTMLElement[] {
  return runs.flatMap(({ run, layer }) => {
    if (layer === null || layer.sentence.messages.length === 0) return [];
    const name = runs.length > 1 ? [element("b", {}, run.name), ": "] : [];
    const { tone } = layer.sentence;
    return [
      element(
        "div",
        { class: "verdict" },
        icon(tone, host.word(tone)),
        element("span", {}, ...name, ...sentenceNodes(host, layer.sentence)),
      ),
    ];
  });
}

function createTable(host: ViewHost, { layer, runs }: CardContent) {
  const corner = element("th", { scope: "col" });
  const notes = runs.map(() => element("span", { class: "columnNote" }));
  const heads = runs.map(({ run }, at) =>
    element("th", { scope: "col", class: "right" }, createRunKey(at, run.name, { point: false }), notes[at]),
  );
  const cells = new Map<CardRowId, readonly HTMLElement[]>();
  const rows = cardRows(runs, host.locale).map(({ id }) => {
    const numbers = runs.map(() => element("td", { class: "right" }));
    cells.set(id, numbers);
    return element("tr", {}, element("th", { scope: "row" }, host.wordIn(gradientWords, rowWords[id])), ...numbers);
  });
  const sparklines: readonly (Sparkline | null)[] = runs.map((run, at) =>
    run.layer === null ? null : createSparkline(run.layer.series.meanAbs, runColourVariable(at)),
  );
  const trend = element(
    "tr",
    {},
    element("th", { scope: "row" }, host.wordIn(gradientWords, "cardTrend")),
    ...sparklines.map((sparkline) => element("td", { class: "right" }, sparkline?.node ?? "–")),
  );
  const node = element(
    "table",
    { class: "table" },
    element("thead", {}, element("tr", {}, corner, ...heads)),
    element("tbody", {}, ...rows, trend),
  );
  return {
    node,
    fill({ runs: columns, step }: CardContent) {
      setText(corner, stepWords(host, step));
      for (const { id, cells: texts } of cardRows(columns, host.locale))
        texts.forEach((text, at) => {
          const cell = cells.get(id)?.[at];
          if (cell !== undefined) setText(cell, text);
        });
      columns.forEach((column, at) => {
        sparklines[at]?.mark(column.index);
        const note = notes[at];
        if (note !== undefined) setText(note, columnNote(host, column, { layer: layer.name, step }));
      });
    },
  };
}

/** What sets a column apart from the card's head: another layer's name, another step. */
function columnNote(
  host: ViewHost,
  { run, layer, index }: CardRun,
  head: { readonly layer: string; readonly step: number },
): string {
  const recorded = run.steps[index];
  const other = recorded !== undefined && recorded !== head.step ? [stepWords(host, recorded)] : [];
  return [...(layer !== null && layer.name !== head.layer ? [layer.name] : []), ...other].join(" · ");
}

function stepWords(host: ViewHost, step: number): string {
  return host.wordIn(gradientWords, "cardStep", { step: { kind: "count", value: step } });
}

/** The card's table as text with tabs. */
function contentText(host: ViewHost, { layer, runs, step }: CardContent): string {
  const head = [`${layer.name}, ${stepWords(host, step)}`, ...runs.map(({ run }) => run.name)];
  const rows = cardRows(runs, host.locale).map(({ id, cells }) => [host.wordIn(gradientWords, rowWords[id]), ...cells]);
  return tableText(head, rows);
}

function textButton(text: string, pressed: () => void): HTMLButtonElement {
  const button = element("button", { class: "link", type: "button" }, text);
  button.addEventListener("click", pressed);
  return button;
}
