// The training view: headline and bar, loss and metrics by epoch, the gradient strip, the outcome. Live or as it was saved.

import type { Sentence, TrainingView } from "../../src/shared/views.ts";
import { createGradientScale, createGradientStrip } from "../charts/gradientStrip.ts";
import { element } from "../dom.ts";
import type { LiveState } from "../liveRuns.ts";
import { createDataTable } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { createBlockCard } from "./blockCard.ts";
import { createHeadline, isRunning, type Standing } from "./headline.ts";
import { createMetricFigure, type MetricFigure } from "./metricFigure.ts";
import { trainingStyles } from "./trainingStyles.ts";
import { trainingTable } from "./trainingTable.ts";
import { trainingWords } from "./trainingWords.ts";

/** Pictures change at most this often, however many frames come. */
const frameMs = 100;

export function createTrainingChart(host: ViewHost, first: TrainingView): Chart<TrainingView> {
  addStyles(host.root, trainingStyles);
  const parts = buildParts(host, first);
  let view = first;
  let standing: Standing = { stepsPerSecond: null, secondsLeft: null, interrupted: false, outdated: false };
  let followed: { readonly live: boolean; readonly end: () => void } | null = null;

  const draw = () => parts.draw(view, standing);
  const { request, cancel } = createThrottle(draw, frameMs);
  const receive = (state: LiveState) => {
    switch (state.kind) {
      case "progressed":
        // The final view comes as the output's own data; an older snapshot must not undo it.
        if (view.state !== "running") return;
        view = state.view;
        standing = {
          ...standing,
          stepsPerSecond: state.stepsPerSecond,
          secondsLeft: state.secondsLeft,
          interrupted: false,
        };
        break;
      case "unknown":
        standing = { ...standing, interrupted: view.state === "running" };
        break;
      case "outdated":
        standing = { ...standing, outdated: state.outdated };
        break;
    }
    request();
  };
  /** Frames are asked for while the view says "running"; afterwards only whether the cell changed matters. */
  const follow = () => {
    const live = view.state === "running";
    if (followed?.live === live) return;
    followed?.end();
    followed = { live, end: host.liveRuns.follow(view.runId, live, receive) };
  };
  draw();
  follow();
  host.onWidth(draw);
  return {
    update(next) {
      const isOlder =
        next.state === "running" &&
        view.state === "running" &&
        next.steps.done < view.steps.done &&
        next.steps.done > 0;
      if (isOlder) return;
      if (next.state === "running" && view.state !== "running")
        standing = { ...standing, stepsPerSecond: null, secondsLeft: null };
      view = next;
      standing = { ...standing, interrupted: false };
      follow();
      draw();
    },
    dispose() {
      cancel();
      followed?.end();
    },
  };
}

function buildParts(host: ViewHost, first: TrainingView) {
  let shown = first;
  const table = createDataTable(host, () => trainingTable(host, shown));
  const tools = createViewTools(host, { table, fileName: `training-${first.runId}` });
  const headline = createHeadline(host, tools.node, {
    stop: () => host.post({ kind: "stopTraining", runId: first.runId }),
    runAgain: () => host.post({ kind: "runAgain", runId: first.runId }),
  });
  const columns = element("div", { class: "columns" });
  const card = createBlockCard(host, (layer) => host.post({ kind: "revealLayer", runId: first.runId, layer }));
  const strip = createGradientStrip(host, first.layers, { opened: card.open, left: card.leave });
  const caption = element(
    "div",
    { class: "row" },
    element("b", {}, host.wordIn(trainingWords, "gradient")),
    element("span", { class: "muted" }, host.word("gradientCaption")),
    createGradientScale(host),
  );
  const outcome = createSentence(host, outcomeOf(first));
  const root = element(
    "div",
    { class: "training" },
    headline.node,
    columns,
    element("div", { class: "stripArea" }, caption, strip.node, card.node),
    element("div", { class: "outcome" }, outcome.node),
    table.node,
  );
  host.root.append(root);
  let figures: readonly MetricFigure[] = [];
  return {
    draw(view: TrainingView, standing: Standing) {
      if (figures.length !== view.metrics.length) {
        figures = view.metrics.map((_, index) => createMetricFigure(host, view, index));
        columns.replaceChildren(...figures.map((figure) => figure.node));
        columns.classList.toggle("single", figures.length === 1);
      }
      if (isRunning(view, standing)) root.classList.add("live");
      root.classList.toggle("stale", standing.outdated && !isRunning(view, standing));
      headline.update(view, standing);
      // A hidden output has no width; its charts wait until it is shown.
      if (host.widthPx > 0) for (const figure of figures) figure.update(view, isRunning(view, standing));
      strip.update(view.layers);
      card.update(view.layers);
      outcome.update(outcomeOf(view));
      shown = view;
      table.update();
    },
  };
}

/** The outcome without what the headline says already. */
function outcomeOf({ sentence }: TrainingView): Sentence | null {
  if (sentence === null) return null;
  const messages = sentence.messages.filter(({ id }) => id !== "stoppedAt");
  return messages.length === 0 ? null : { ...sentence, messages };
}

/** Runs at once, then at most every `everyMs`; the last request is never lost. */
function createThrottle(run: () => void, everyMs: number): { request(): void; cancel(): void } {
  let lastMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    lastMs = performance.now();
    run();
  };
  return {
    request() {
      if (timer !== undefined) return;
      const waitMs = lastMs + everyMs - performance.now();
      if (waitMs <= 0) now();
      else timer = setTimeout(now, waitMs);
    },
    cancel: () => clearTimeout(timer),
  };
}
