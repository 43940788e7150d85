// The view of a race: who is ahead in words, the lines, the standings beside them, and what to know of how it was run.

import { cutShortSentence } from "../../src/shared/racesCutShort.ts";
import type { OptimizersView, Sentence } from "../../src/shared/views.ts";
import { element, setHidden } from "../dom.ts";
import type { LiveState } from "../liveRuns.ts";
import { createDataTable } from "../parts/dataTable.ts";
import { createRunAgainButton, createStopButton } from "../parts/runButtons.ts";
import { createSentence, sentenceText } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { createCloseUpPanel } from "./closeUpPanel.ts";
import { optimizersCss } from "./optimizersCss.ts";
import { createRaceFigure } from "./raceFigure.ts";
import { type RaceAxis, type RaceState, stepsShown } from "./raceModel.ts";
import { lineNumbers, raceNumbers } from "./raceNumbers.ts";
import { createRaceTable } from "./raceTable.ts";
import { raceWords } from "./raceWords.ts";

export function createOptimizersChart(host: ViewHost, first: OptimizersView): Chart<OptimizersView> {
  addStyles(host.root, optimizersCss);
  let view = first;
  let axis: RaceAxis = "step";
  let pointedAt: number | null = null;
  const hidden = new Set<number>();
  const state = (): RaceState => ({
    view,
    axis,
    lifted: pointedAt === null || hidden.has(pointedAt) ? null : pointedAt,
    hidden,
  });
  const lift = () => {
    figure.lift();
    standings.lift();
  };
  const pointed = (racer: number | null) => {
    if (racer === pointedAt) return;
    pointedAt = racer;
    lift();
  };
  const figure = createRaceFigure(host, {
    state,
    pointed,
    chosenAxis(chosen) {
      axis = chosen;
      figure.update();
    },
  });
  const standings = createRaceTable(host, {
    state,
    pointed,
    toggled(racer) {
      if (!hidden.delete(racer)) hidden.add(racer);
      standings.lift();
      figure.update();
    },
  });
  const closeUp = createCloseUpPanel(host, () => view);
  const numbers = createDataTable(host, () => raceNumbers(host, view));
  const tools = createViewTools(host, {
    table: numbers,
    fileName: `race-${view.raceId}`,
    furtherNumbers: {
      label: host.wordIn(raceWords, "lines"),
      suffix: "lines",
      read: () => lineNumbers(host, view),
    },
  });
  const sentence = createSentence(host, view.sentence, tools.node);
  const stop = createStopButton(host, host.wordIn(raceWords, "stopLabel"), () =>
    host.post({ kind: "stopTraining", runId: view.raceId }),
  );
  const again = createRunAgainButton(host, host.wordIn(raceWords, "runAgainLabel"), () =>
    host.post({ kind: "runAgain", runId: view.raceId }),
  );
  const buttons = element("div", { class: "raceButtons" }, stop.node, again);
  tools.node.before(buttons);
  const notes = element("div", { class: "raceNotes" });
  const toCome = element("div", { class: "toCome", "aria-hidden": "true" });
  host.root.append(
    element("div", { class: "raceHead" }, sentence.node, toCome),
    element(
      "div",
      { class: "race" },
      figure.node,
      element("div", { class: "raceSide" }, standings.node, notes),
      closeUp.node,
    ),
    numbers.node,
  );
  /** Whether anybody runs what the view says is running. */
  let hearing: "asked" | "heard" | "interrupted" = "asked";
  let followed: { readonly live: boolean; readonly end: () => void } | null = null;
  /** Whether the cell was edited since. */
  let isOutdated = false;
  const isLive = () => view.state === "running" && hearing !== "interrupted";
  const receive = (state: LiveState) => {
    if (state.kind === "outdated") {
      if (isOutdated === state.outdated) return;
      isOutdated = state.outdated;
      fill();
      return;
    }
    // The final view comes as the output's own data; what was told before must not undo it.
    if (view.state !== "running") return;
    if (state.kind === "raceProgressed") {
      hearing = "heard";
      view = state.view;
    } else if (state.kind === "unknown") hearing = "interrupted";
    else return;
    show();
  };
  const follow = () => {
    // Frames are asked for while it runs; afterwards only whether the cell changed matters.
    const live = isLive();
    if (followed?.live === live) return;
    followed?.end();
    followed = { live, end: host.liveRuns.follow(view.raceId, live, receive) };
  };
  const shownSentence = (): Sentence => {
    if (hearing === "interrupted") return cutShortSentence(view, "interrupted");
    if (!isOutdated || view.state === "running") return view.sentence;
    return { tone: "info", messages: [{ id: "raceOutdated", args: {} }, ...view.sentence.messages] };
  };
  const fill = () => {
    const canRun = host.connected && host.trusted;
    host.root.classList.toggle("raceRunning", isLive());
    if (isLive()) host.root.classList.add("raceLive");
    stop.update(canRun && isLive() && hearing === "heard");
    const wasInterrupted = view.state === "running" && hearing === "interrupted";
    const isOld = isOutdated && view.state !== "running";
    setHidden(again, !(canRun && (wasInterrupted || isOld)));
    host.root.classList.toggle("stale", isOld);
    sentence.update(shownSentence());
    setHidden(notes, view.notes.length === 0);
    notes.replaceChildren(
      ...view.notes.map((message) =>
        element("p", { class: "note" }, sentenceText(host, { tone: "info", messages: [message] })),
      ),
    );
    standings.update();
    closeUp.update(isLive());
    numbers.update();
  };
  const show = () => {
    fill();
    if (host.widthPx > 0) figure.update();
    follow();
  };
  fill();
  host.onWidth(() => figure.update());
  follow();
  return {
    update(next) {
      const isOlder = next.state === "running" && view.state === "running" && stepsShown(next) < stepsShown(view);
      if (isOlder) return;
      if (next.state !== "running") hearing = "asked";
      view = next;
      show();
    },
    dispose: () => followed?.end(),
  };
}
