// The network view: the sentence, the blocks with their lines, a scrubber after a training, and a small net unit by unit.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatCount } from "../../src/shared/numbers.ts";
import type { NetworkView } from "../../src/shared/views.ts";
import { createLayerCard } from "../card/layerCard.ts";
import { createGradientScale } from "../charts/gradientStrip.ts";
import { element, setAttributes, setText } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { shapeText, typeText } from "../parts/layerText.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { epochOf, lastAtMost } from "../time/frames.ts";
import { linkLayer } from "../time/linkedLayer.ts";
import { linkStep } from "../time/linkedStep.ts";
import { createScrubber } from "../time/scrubber.ts";
import { timeWords } from "../time/timeWords.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { networkWords } from "../words/networkWords.ts";
import { blockLabel, createBlocks } from "./blocks.ts";
import { networkCss } from "./networkCss.ts";
import { createUnitNet } from "./unitNet.ts";

export function createNetworkChart(host: ViewHost, first: NetworkView): Chart<NetworkView> {
  addStyles(host.root, networkCss);
  let view = first;
  let frame = Math.max(0, (first.run?.steps.length ?? 0) - 1);
  const gradientOf = (layer: string): ViewNumber | undefined => gradientAt(view, layer, frame);
  const table = createDataTable(host, () => tableData(host, view, frame));
  const fileName = `network-${first.run?.runId ?? "model"}`;
  const sentence = createSentence(host, first.sentence, createViewTools(host, { table, fileName }).node);
  const readout = element("p", { class: "netReadout" });
  const idle = () => host.wordIn(networkWords, view.run === null ? "keys" : "keysRun");
  let read: number | null = null;
  const readBlock = (place: number) => {
    read = place;
    const node = view.nodes[place];
    if (node !== undefined) setText(readout, blockLabel(host, view, node, gradientOf(node.name)));
  };
  const scrubber = createScrubber(host, (at) => link?.move(first.run?.steps[at] ?? 0));
  const blocks = createBlocks(host, first, {
    pointed: (place) => {
      readBlock(place);
      card.pointed(place);
      layerLink?.move(view.nodes[place]?.name ?? null);
    },
    focused: (place) => {
      readBlock(place);
      card.focused(place);
      layerLink?.move(view.nodes[place]?.name ?? null);
    },
    pressed: (place) => card.pressed(place),
    left: () => {
      read = null;
      setText(readout, idle());
      card.left();
      layerLink?.move(null);
    },
    key: (key) => first.run !== null && scrubber.press(key),
  });
  const card = createBlockCards(host, {
    block: blocks.block,
    content: (place) => {
      const layer = view.run?.layers.find(({ name }) => name === view.nodes[place]?.name);
      if (view.run === null || layer === undefined) return null;
      return { layer, runs: [{ run: view.run, layer, index: frame }], step: view.run.steps[frame] ?? 0 };
    },
  });
  const colourWords = element("span");
  const keys = element(
    "div",
    { class: "row note" },
    ...(first.run === null ? [] : [colourWords, createGradientScale(host)]),
    element("span", {}, host.wordIn(networkWords, "arrows")),
  );
  const units =
    first.units === null
      ? null
      : createUnitNet(host, { columns: first.units, history: first.unitHistory ?? null }, (layer) =>
          layerLink?.move(layer),
        );
  host.root.append(sentence.node, blocks.node, readout);
  if (first.run !== null && first.run.steps.length > 1) host.root.append(scrubber.node);
  host.root.append(keys);
  if (units !== null) host.root.append(units.node);
  host.root.append(table.node);

  const draw = () => {
    blocks.colour(gradientOf);
    if (read !== null) readBlock(read);
    const { run } = view;
    if (run !== null) {
      const step = run.steps[frame] ?? 0;
      const args = {
        step: { kind: "count", value: step },
        epoch: { kind: "count", value: epochOf(step, run) },
      } as const;
      scrubber.show(frame, run.steps.length, host.wordIn(timeWords, "stepAndEpoch", args));
      setText(colourWords, host.wordIn(networkWords, "colourAtStep", args));
      units?.moveTo(step);
    }
    table.update();
    card.refresh();
  };
  const stepMoved = (step: number) => {
    frame = Math.max(0, lastAtMost(view.run?.steps ?? [], step));
    draw();
  };
  const link = first.run === null ? null : linkStep([first.run.runId], stepMoved);
  // What is pointed at in one output of the run is marked in all of them, this one too.
  const layerLink =
    first.run === null
      ? null
      : linkLayer([first.run.runId], (name) => {
          blocks.mark(name);
          units?.mark(name);
        });
  if (link !== null && link.initial !== null) frame = Math.max(0, lastAtMost(first.run?.steps ?? [], link.initial));
  setText(readout, idle());
  host.onTheme(draw);
  host.onWidth(() => {
    blocks.layOut();
    units?.layOut();
    card.refresh();
  });
  host.onEnd(() => {
    link?.dispose();
    layerLink?.dispose();
  });
  return {
    update(next) {
      view = next;
      frame = Math.max(0, (next.run?.steps.length ?? 0) - 1);
      sentence.update(next.sentence);
      draw();
    },
    dispose() {
      card.close();
    },
  };
}

/** `undefined` where the layer has no gradients of its own; `null` where none was recorded. */
function gradientAt({ run }: NetworkView, layer: string, frame: number): ViewNumber | undefined {
  const found = run?.layers.find(({ name }) => name === layer);
  return found === undefined ? undefined : (found.series.meanAbs[frame] ?? null);
}

const openAfterMs = 150;
const cardPx = 380;
const floatFromPx = 520;

/** The layer card of a block: below it, at once for focus and press, after a moment for a pointer; Escape closes. */
function createBlockCards(
  host: ViewHost,
  options: {
    readonly block: (place: number) => HTMLElement | null;
    readonly content: (place: number) => Parameters<ReturnType<typeof createLayerCard>["show"]>[0] | null;
  },
) {
  let open: { readonly place: number; readonly pinned: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(timer);
    if (open === null) return;
    const block = options.block(open.place);
    const hadFocus = card.node.matches(":focus-within");
    if (block !== null) setAttributes(block, { "aria-expanded": "false" });
    open = null;
    card.node.remove();
    if (hadFocus) block?.focus();
  };
  const card = createLayerCard(host, { closed: close });
  const show = (place: number, pinned: boolean) => {
    const content = options.content(place);
    if (open !== null && (content === null || open.place !== place)) close();
    clearTimeout(timer);
    const block = options.block(place);
    if (content === null || block === null) return;
    open = { place, pinned };
    setAttributes(block, { "aria-expanded": "true" });
    card.show(content);
    if (!card.node.isConnected) host.root.append(card.node);
    const { style } = card.node;
    const [within, beside] = [host.root.getBoundingClientRect(), block.getBoundingClientRect()];
    // At the end of a long narrow net it would be out of sight.
    style.position = "absolute";
    style.margin = "0";
    style.left = `${Math.max(0, Math.min(beside.left - within.left, within.width - cardPx))}px`;
    style.top = `${beside.bottom - within.top + 6}px`;
    // An output is cut at its lower edge: a short net makes room once, and keeps it.
    const needed = Math.ceil(beside.bottom - within.top + 12 + card.node.offsetHeight);
    if (needed > host.root.offsetHeight) host.root.style.minHeight = `${needed}px`;
  };
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (open !== null && !open.pinned && !card.node.matches(":hover, :focus-within")) close();
    }, 2 * openAfterMs);
  };
  card.node.addEventListener("pointerenter", () => clearTimeout(timer));
  card.node.addEventListener("pointerleave", leave);
  host.root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || open === null) return;
    close();
    event.stopPropagation();
  });
  host.onEnd(() => clearTimeout(timer));
  return {
    pointed(place: number) {
      clearTimeout(timer);
      // As wide as the page a card hides what lies below: only when asked by a press.
      if (host.widthPx > floatFromPx && open?.pinned !== true)
        timer = setTimeout(() => show(place, false), openAfterMs);
    },
    focused(place: number) {
      if (host.widthPx > floatFromPx && open?.pinned !== true && open?.place !== place) show(place, false);
    },
    pressed(place: number) {
      if (open?.place === place && open.pinned) close();
      else show(place, true);
    },
    left: leave,
    close,
    refresh() {
      if (open !== null) show(open.place, open.pinned);
    },
  };
}

function tableData(host: ViewHost, view: NetworkView, frame: number): TableData {
  const step = view.run?.steps[frame];
  const caption =
    step === undefined
      ? host.wordIn(networkWords, "tableTitle", { name: view.name })
      : host.wordIn(networkWords, "tableTitleStep", { name: view.name, step: formatCount(step, host.locale) });
  const words = ["layer", "type", "outputShape", "takes", "parameters"] as const;
  return {
    caption,
    columns: [...words.map((id) => host.word(id)), ...(step === undefined ? [] : [host.word("meanGradient")])],
    rows: view.nodes.map((node) => [
      node.name,
      typeText(node),
      shapeText(node.outputShape),
      node.takes.map((at) => view.nodes[at]?.name ?? "").join(", "),
      { count: node.parameters },
      ...(step === undefined ? [] : [{ number: gradientAt(view, node.name, frame) ?? null }]),
    ]),
  };
}
