// The training view: headline and bar, loss and metrics by epoch, the gradient strip, the outcome. Live or as it was saved.

import type { Sentence, TrainingView } from "../../src/shared/views.ts";
import { createGradientScale, createGradientStrip } from "../charts/gradientStrip.ts";
import { element, setText } from "../dom.ts";
import type { LiveState } from "../liveRuns.ts";
import { createDataTable } from "../parts/dataTable.ts";
import { fieldCss } from "../parts/fieldCss.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { epochOf, lastAtMost } from "../time/frames.ts";
import { linkLayer } from "../time/linkedLayer.ts";
import { linkStep } from "../time/linkedStep.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { createBlockCard } from "./blockCard.ts";
import { createHeadline, isRunning, type Standing } from "./headline.ts";
import { createMetricFigure, type MetricFigure } from "./metricFigure.ts";
import { PlotRoom } from "./plotRoom.ts";
import { createRateFigures, type RateFigure } from "./rateFigure.ts";
import { type Role, TrainingChoices } from "./trainingChoices.ts";
import { createTrainingControls } from "./trainingControls.ts";
import { trainingStyles } from "./trainingStyles.ts";
import { trainingTable } from "./trainingTable.ts";
import { trainingWords } from "./trainingWords.ts";

/** Pictures change at most this often, however many frames come. */
const frameMs = 100;

export function createTrainingChart(host: ViewHost, first: TrainingView): Chart<TrainingView> {
  addStyles(host.root, fieldCss);
  addStyles(host.root, trainingStyles);
  const choices = new TrainingChoices();
  const perEpoch = Math.max(1, first.steps.perEpoch);
  const parts = buildParts(host, first, {
    choices,
    changed: () => draw(),
    movedToEpoch: (epoch) => stepLink.move(epoch === null ? Number.MAX_SAFE_INTEGER : epoch * perEpoch),
    layerChosen: (layer) => layerLink.move(layer),
  });
  /** Where another output of the run stands, or this one was moved to; `null` at the end. */
  let step: number | null = null;
  let view = first;
  let standing: Standing = { stepsPerSecond: null, secondsLeft: null, interrupted: false, outdated: false };
  let followed: { readonly live: boolean; readonly end: () => void } | null = null;

  const draw = () => parts.draw(view, standing, step);
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
      case "raceProgressed":
        // Of a race: its id is never that of a training.
        return;
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
  const stepLink = linkStep([first.runId], (to) => {
    step = to;
    parts.moveTo(view, step);
  });
  const layerLink = linkLayer([first.runId], (layer) => parts.markLayer(layer));
  step = stepLink.initial;
  draw();
  follow();
  parts.markLayer(layerLink.initial);
  host.onWidth(draw);
  host.onEnd(() => {
    stepLink.dispose();
    layerLink.dispose();
  });
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

interface PartsOptions {
  readonly choices: TrainingChoices;
  /** The reader chose something that the figures share. */
  readonly changed: () => void;
  readonly movedToEpoch: (epoch: number | null) => void;
  readonly layerChosen: (layer: string | null) => void;
}

function buildParts(host: ViewHost, first: TrainingView, options: PartsOptions) {
  const { choices, changed } = options;
  let shown = first;
  const table = createDataTable(host, () => trainingTable(host, shown));
  const tools = createViewTools(host, { table, fileName: `training-${first.runId}` });
  const headline = createHeadline(host, tools.node, {
    stop: () => host.post({ kind: "stopTraining", runId: first.runId }),
    runAgain: () => host.post({ kind: "runAgain", runId: first.runId }),
  });
  const columns = element("div", { class: "columns" });
  const card = createBlockCard(host, (layer) => host.post({ kind: "revealLayer", runId: first.runId, layer }));
  const strip = createGradientStrip(host, first.layers, {
    opened: (layer, block, how) => {
      card.open(layer, block, how);
      options.layerChosen(layer.name);
    },
    left: () => {
      card.leave();
      options.layerChosen(null);
    },
  });
  const stripWords = element("span", { class: "muted" });
  const roles: readonly Role[] = first.metrics.some(({ validation }) => validation !== null)
    ? ["train", "validation"]
    : ["train"];
  const controls = createTrainingControls(host, choices, { roles, changed });
  const caption = element(
    "div",
    { class: "row" },
    element("b", {}, host.wordIn(trainingWords, "gradient")),
    stripWords,
    createGradientScale(host),
  );
  const outcome = createSentence(host, outcomeOf(first));
  const root = element(
    "div",
    { class: "training" },
    headline.node,
    controls.node,
    columns,
    element("div", { class: "stripArea" }, caption, strip.node, card.node),
    element("div", { class: "outcome" }, outcome.node),
    table.node,
  );
  host.root.append(root);
  const room = new PlotRoom();
  let figures: readonly MetricFigure[] = [];
  let rates: readonly RateFigure[] = [];
  const moveTo = (view: TrainingView, step: number | null) => {
    const moment = momentOf(view, step);
    const epoch = step === null || step >= view.steps.done ? null : epochAt(view, step);
    for (const figure of [...figures, ...rates]) figure.link(epoch);
    const layers = moment === null ? view.layers : moment.layers;
    strip.update(layers);
    card.update(layers);
    setText(stripWords, stripCaption(host, view, moment?.step ?? null));
  };
  return {
    moveTo,
    markLayer: (layer: string | null) => strip.mark(layer),
    draw(view: TrainingView, standing: Standing, step: number | null) {
      if (figures.length !== view.metrics.length) {
        const shared = { choices, room, changed, moved: options.movedToEpoch };
        figures = view.metrics.map((_, index) => createMetricFigure(host, view, { index, ...shared }));
        rates = createRateFigures(host, view, shared);
        columns.replaceChildren(...[...figures, ...rates].map((figure) => figure.node));
        columns.classList.toggle("single", figures.length + rates.length === 1);
      }
      controls.draw();
      if (isRunning(view, standing)) root.classList.add("live");
      root.classList.toggle("stale", standing.outdated && !isRunning(view, standing));
      headline.update(view, standing);
      // A hidden output has no width; its charts wait until it is shown.
      if (host.widthPx > 0) {
        const before = [room.axisPx, room.namesPx];
        const update = () => {
          for (const figure of figures) figure.update(view, isRunning(view, standing));
          for (const figure of rates) figure.update(view);
        };
        update();
        // What the last one needs is left by the first one too.
        if (before[0] !== room.axisPx || before[1] !== room.namesPx) update();
      }
      moveTo(view, step);
      outcome.update(outcomeOf(view));
      shown = view;
      table.update();
    },
  };
}

/** The strip at a step, where its history is known; `null` at the end, which the view's own layers tell. */
function momentOf(view: TrainingView, step: number | null) {
  const { history, layers } = view;
  if (step === null || history === undefined) return null;
  const at = lastAtMost(history.steps, step);
  if (at < 0 || at >= history.steps.length - 1) return null;
  const gradients = layers.map((layer, index) => ({ ...layer, gradient: history.gradients[index]?.[at] ?? null }));
  return { step: history.steps[at] ?? step, layers: gradients };
}

function epochAt({ steps }: TrainingView, step: number): number {
  return epochOf(step, { stepsPerEpoch: steps.perEpoch });
}

function stripCaption(host: ViewHost, view: TrainingView, step: number | null): string {
  if (step === null) return host.wordIn(trainingWords, "newestEpoch");
  const args = { step: { kind: "count", value: step }, epoch: { kind: "count", value: epochAt(view, step) } } as const;
  return host.wordIn(trainingWords, "atStep", args);
}

/** The outcome without what the headline says already: where a training stopped; how it goes on is left. */
function outcomeOf({ sentence }: TrainingView): Sentence | null {
  if (sentence === null) return null;
  const messages = sentence.messages.map((message) =>
    message.id === "stoppedAt" ? { id: "stoppedKeeps" as const, args: {} } : message,
  );
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
