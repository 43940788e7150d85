// The surface view: the sentence, the picture with its paths, a scrubber, and where each path is.

import { formatNumber, formatShare } from "../../src/shared/numbers.ts";
import type { SurfaceView } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import { plainMessage } from "../../src/shared/words/message.ts";
import { element, setHidden, setText } from "../dom.ts";
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
import { type HeightGrid, heightAt } from "./contours.ts";
import { createHeadList, headWords, short } from "./headList.ts";
import { surfaceCss } from "./surfaceCss.ts";
import { logHeights } from "./surfaceGround.ts";
import { createSurfacePlot, type SurfaceState } from "./surfacePlot.ts";

export function createSurfaceChart(host: ViewHost, first: SurfaceView): Chart<SurfaceView> {
  addStyles(host.root, surfaceCss);
  const word: SurfaceWord = (id, args) => host.wordIn(surfaceWords, id, args);
  let view = first;
  let frames = framesOf(view);
  let step = frames.at(-1) ?? 0;
  let hidden = new Set<number>();
  let lifted: number | null = null;
  const state = (): SurfaceState => ({
    view,
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
  const reading = element("div", { class: "surfaceReading" });
  const formula = element("p", { class: "surfaceFormula" });
  const keys = element("p", { class: "note" });
  const note = element("p", { class: "note" });
  readPointer(host, { word, plot, reading, view: () => view });
  host.root.append(
    sentence.node,
    element(
      "div",
      { class: "surfaceSplit" },
      element("figure", { class: "figure" }, caption, plot.node, reading, scrubber.node),
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
    caption.replaceChildren(...captionOf(host, word, view));
    const text = view.ground.kind === "function" ? view.ground : null;
    formula.replaceChildren(
      element("span", { class: "code" }, text?.formula ?? ""),
      element("span", { class: "muted" }, text?.source ? ` · ${text.source}` : ""),
    );
    setHidden(formula, !text?.formula);
    setHidden(scrubber.node, frames.length < 2);
    setText(keys, view.paths.length === 0 ? "" : word("keys"));
    setText(
      note,
      [rangeWords(host, word, view), ...view.notes.map((each) => plainMessage(insightWords, each, host.locale))].join(
        " ",
      ),
    );
    heads.make();
    stepMoved(step);
  };
  const runIds = () => view.paths.flatMap(({ runId }) => runId ?? []);
  let link = linkStep(runIds(), stepMoved);
  if (runIds().length === 0) link = ownStep(stepMoved);
  step = link.initial ?? step;
  fill();
  host.onEnd(() => link.dispose());
  return {
    update(next) {
      view = next;
      frames = framesOf(view);
      step = frames.at(-1) ?? 0;
      hidden = new Set();
      lifted = null;
      link.dispose();
      link = runIds().length === 0 ? ownStep(stepMoved) : linkStep(runIds(), stepMoved);
      sentence.update(next.sentence);
      plot.forget();
      fill();
      table.update();
    },
    dispose() {
      host.root.replaceChildren();
    },
  };
}

type SurfaceWord = (id: keyof typeof surfaceWords.en, args?: Parameters<ViewHost["word"]>[1]) => string;

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
  return word("axesPca", { first: formatShare(first), second: formatShare(second) });
}

/** Reads the height under the pointer from the grid that is drawn. */
function readPointer(
  host: ViewHost,
  parts: {
    readonly word: SurfaceWord;
    readonly plot: ReturnType<typeof createSurfacePlot>;
    readonly reading: HTMLElement;
    readonly view: () => SurfaceView;
  },
): void {
  const { word, plot, reading } = parts;
  let of: SurfaceView | null = null;
  let grid: HeightGrid | null = null;
  const rest = () => setText(reading, word("pointAt"));
  plot.node.addEventListener("pointermove", ({ clientX, clientY }) => {
    const view = parts.view();
    if (of !== view) grid = logHeights(view);
    of = view;
    const box = plot.node.getBoundingClientRect();
    const [x, y] = plot.placeAt(clientX - box.left, clientY - box.top);
    const share = (value: number, { from, to }: SurfaceView["x"]) => (value - from) / (to - from);
    if (grid === null) return;
    const log = heightAt(grid, share(x, view.x) * (grid.columns - 1), share(y, view.y) * (grid.rows - 1));
    const height = formatNumber(10 ** log + view.lines.above, { digits: 2, locale: host.locale });
    setText(reading, word("reading", { x: short(x, view.x, host), y: short(y, view.y, host), height }));
  });
  plot.node.addEventListener("pointerleave", rest);
  rest();
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
