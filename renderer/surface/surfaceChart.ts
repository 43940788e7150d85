// The surface view: the sentence, the picture with its paths, a scrubber, and where each path is.

import { formatShare } from "../../src/shared/numbers.ts";
import type { SurfaceView } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { element, setAttributes, setHidden, setIdle, setText } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { frameSteps, lastAtMost } from "../time/frames.ts";
import { linkStep } from "../time/linkedStep.ts";
import { createScrubber } from "../time/scrubber.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { measureName } from "../words/measureWords.ts";
import { surfaceWords } from "../words/surfaceWords.ts";
import { unbroken } from "../words/unbroken.ts";
import { createHeadList, headWords, short } from "./headList.ts";
import { surfaceCss } from "./surfaceCss.ts";
import { listenToHand, type SurfaceHand, zoomBy } from "./surfaceHand.ts";
import { createSurfacePlot } from "./surfacePlot.ts";
import { createSurfaceReading } from "./surfaceReading.ts";
import type { SurfaceState } from "./surfaceState.ts";
import { isWhole, type Place, type SurfaceWindow, wholeOf } from "./surfaceWindow.ts";

export function createSurfaceChart(host: ViewHost, first: SurfaceView): Chart<SurfaceView> {
  addStyles(host.root, surfaceCss);
  const word: SurfaceWord = (id, args) => host.wordIn(surfaceWords, id, args);
  let view = first;
  let frames = framesOf(view);
  let step = frames.at(-1) ?? 0;
  let hidden = new Set<number>();
  let lifted: number | null = null;
  let window: SurfaceWindow = wholeOf(view);
  let aim: Place | null = null;
  let awaited: Place | null = null;
  const state = (): SurfaceState => ({
    view,
    window,
    aim,
    awaited,
    step,
    hidden,
    lifted,
    words: { start: word("start"), minimum: word("minimum"), label: labelOf(host, word, view, step) },
  });
  const scrubber = createScrubber(host, (frame) => link.move(frames[frame] ?? 0));
  const plot = createSurfacePlot(host, state);
  const lift = (path: number | null) => {
    if (path === lifted) return;
    lifted = path;
    plot.draw();
    heads.draw();
  };
  const heads = createHeadList(host, {
    state,
    lifted: lift,
    key: (key) => scrubber.press(key),
    toggled(path) {
      hidden = new Set(hidden);
      if (!hidden.delete(path)) hidden.add(path);
      plot.draw();
      heads.draw();
    },
  });
  const table = createDataTable(host, () => numbersOf(word, view));
  const tools = createViewTools(host, { table, fileName: "surface" });
  const sentence = createSentence(host, view.sentence, tools.node);
  const caption = element("figcaption");
  const reading = createSurfaceReading(host, { plot, state, canStart: () => canStart() });
  /** Whether a kernel would answer. */
  const canStart = () =>
    view.controlId !== undefined && host.trusted && host.connected && host.liveControls.isLive(view.controlId);
  const hand: SurfaceHand = {
    node: plot.node,
    shown: () => ({ window, whole: wholeOf(view), aim }),
    origin: () => view.start ?? [(window.x.from + window.x.to) / 2, (window.y.from + window.y.to) / 2],
    placeAt: (event) => reading.placeUnder(event),
    windowChanged(next) {
      window = next;
      zoom.show(isWhole(window, wholeOf(view)));
      plot.draw();
    },
    aimed(next) {
      aim = next;
      plot.draw();
      reading.aimed();
    },
    chosen(place) {
      if (view.controlId === undefined) return;
      if (!canStart()) {
        reading.say(word("notLive"));
        return;
      }
      awaited = place;
      aim = null;
      plot.draw();
      reading.say(word("starting"));
      host.post({ kind: "moveControl", controlId: view.controlId, value: place });
    },
  };
  listenToHand(hand);
  const zoom = createZoom(word, {
    zoomed: (factor) => hand.windowChanged(zoomBy(hand, factor)),
    whole: () => hand.windowChanged(wholeOf(view)),
  });
  const formula = element("p", { class: "surfaceFormula" });
  const keys = element("p", { class: "note" });
  const note = element("p", { class: "note" });
  host.root.append(
    sentence.node,
    element(
      "div",
      { class: "surfaceSplit" },
      element("figure", { class: "figure" }, caption, plot.node, reading.node, scrubber.node),
      element("div", {}, formula, heads.node, keys),
    ),
    note,
    table.node,
  );
  const stepMoved = (next: number) => {
    step = next;
    const frame = Math.max(0, lastAtMost(frames, step));
    scrubber.show(frame, frames.length, word("step", { step: { kind: "count", value: frames[frame] ?? 0 } }));
    plot.draw();
    heads.draw();
  };
  const fill = () => {
    caption.replaceChildren(...captionOf(host, word, view), zoom.node);
    const text = view.ground.kind === "function" ? view.ground : null;
    formula.replaceChildren(
      element("span", { class: "code" }, text?.formula ?? ""),
      element("span", { class: "muted" }, text?.source ? ` · ${text.source}` : ""),
    );
    setHidden(formula, !text?.formula);
    setHidden(scrubber.node, frames.length < 2);
    keysSaid();
    setText(
      note,
      [
        rangeWords(host, word, view),
        ...view.notes.map((each) => unbroken(plainMessage(insightWords, each, host.locale))),
      ].join(" "),
    );
    heads.make();
    stepMoved(step);
  };
  const keysSaid = () => {
    const said = [view.paths.length === 0 ? "" : word("keys"), word(canStart() ? "startKeys" : "aimKeys")];
    setText(keys, said.join(" ").trim());
    setAttributes(plot.node, { class: canStart() ? "surface canStart" : "surface" });
  };
  host.onEnd(host.liveControls.watch(() => keysSaid()));
  const runIds = () => view.paths.flatMap(({ runId }) => runId ?? []);
  let link = linkStep(runIds(), stepMoved);
  if (runIds().length === 0) link = ownStep(stepMoved);
  step = link.initial ?? step;
  fill();
  host.onEnd(() => link.dispose());
  return {
    update(next) {
      // The same surface with another start stays as it is looked at.
      const isSame = next.controlId !== undefined && next.controlId === view.controlId;
      const wasAtEnd = step >= (frames.at(-1) ?? 0);
      view = next;
      frames = framesOf(view);
      if (!isSame || wasAtEnd) step = frames.at(-1) ?? 0;
      if (!isSame) {
        hidden = new Set();
        window = wholeOf(view);
        aim = null;
      }
      lifted = null;
      awaited = null;
      link.dispose();
      link = runIds().length === 0 ? ownStep(stepMoved) : linkStep(runIds(), stepMoved);
      sentence.update(next.sentence);
      plot.forget();
      fill();
      reading.rest();
      table.update();
    },
    dispose() {
      host.root.replaceChildren();
    },
  };
}

type SurfaceWord = (id: keyof typeof surfaceWords.en, args?: Parameters<ViewHost["word"]>[1]) => string;

/** The buttons that do what the keys do. */
function createZoom(
  word: SurfaceWord,
  told: { readonly zoomed: (factor: number) => void; readonly whole: () => void },
) {
  const button = (text: string, label: string, pressed: () => void) => {
    const node = element("button", { class: "surfaceZoom", type: "button", "aria-label": label, title: label }, text);
    node.addEventListener("click", pressed);
    return node;
  };
  const whole = button("1:1", word("whole"), told.whole);
  const closer = button("+", word("closer"), () => told.zoomed(0.5));
  const further = button("−", word("further"), () => told.zoomed(2));
  const show = (isAll: boolean) => {
    for (const each of [whole, further]) setIdle(each, isAll);
  };
  show(true);
  const node = element(
    "span",
    { class: "surfaceZooms", role: "group", "aria-label": word("zoom") },
    closer,
    further,
    whole,
  );
  return { node, show };
}

/** Paths that are no trainings share their step with nobody. */
function ownStep(moved: (step: number) => void): ReturnType<typeof linkStep> {
  return { initial: null, move: moved, dispose: () => {} };
}

function framesOf({ paths }: SurfaceView): readonly number[] {
  const frames = frameSteps(paths);
  return frames.length === 0 ? [0] : frames;
}

function nameOf(host: ViewHost, word: SurfaceWord, { ground }: SurfaceView): string {
  return ground.kind === "function" ? ground.name : `${word("planeOf")} (${measureName(ground.measure, host.locale)})`;
}

function captionOf(host: ViewHost, word: SurfaceWord, { ground }: SurfaceView): readonly Node[] {
  if (ground.kind === "function") return [element("b", {}, ground.name), element("span", {}, word("pathsOn"))];
  return [
    element("b", {}, word("planeOf")),
    element("span", {}, measureName(ground.measure, host.locale)),
    element("span", {}, directionWords(word, ground.explained)),
  ];
}

function labelOf(host: ViewHost, word: SurfaceWord, view: SurfaceView, step: number): string {
  const heads = view.paths.map((path) => {
    const { place, height } = headWords(host, view, path, step);
    return `${path.name} ${place} ${height}`;
  });
  return word("label", {
    surface: nameOf(host, word, view),
    step: word("step", { step: { kind: "count", value: step } }),
    heads: heads.length === 0 ? word("noPaths") : heads.join("; "),
  });
}

/** How far x and y go. */
function rangeWords(host: ViewHost, word: SurfaceWord, view: SurfaceView): string {
  const { x, y } = view;
  return word("ranges", {
    x0: short(x.from, x, host),
    x1: short(x.to, x, host),
    y0: short(y.from, y, host),
    y1: short(y.to, y, host),
  });
}

/** Which two directions a plane through weights has, and how much of the paths' way they hold. */
function directionWords(word: SurfaceWord, explained: readonly [number, number] | null): string {
  if (explained === null) return word("axesRandom");
  const [first, second] = explained;
  if (second === 0) return word("axesLine");
  return word("axesPca", { first: formatShare(first), second: formatShare(second) });
}

/** Each path's place and height by step. */
function numbersOf(word: SurfaceWord, { paths, ground }: SurfaceView): TableData {
  const height = ground.kind === "plane" ? word("loss") : word("height");
  return {
    caption: word("positions"),
    columns: [word("path"), word("step", { step: "" }).trim(), word("x"), word("y"), height],
    rows: paths.flatMap(({ name, steps, x, y, value }) =>
      steps.map((step, at) => [
        name,
        { count: step },
        { number: x[at] ?? null },
        { number: y[at] ?? null },
        { number: value[at] ?? null },
      ]),
    ),
  };
}
