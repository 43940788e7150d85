// The view of a race: who is ahead in words, the lines, the standings beside them, and what to know of how it was run.

import type { OptimizersView } from "../../src/shared/views.ts";
import { element, setHidden } from "../dom.ts";
import { createDataTable } from "../parts/dataTable.ts";
import { createSentence, sentenceText } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { createCloseUpPanel } from "./closeUpPanel.ts";
import { optimizersCss } from "./optimizersCss.ts";
import { createRaceFigure } from "./raceFigure.ts";
import type { RaceAxis, RaceState } from "./raceModel.ts";
import { createRaceTable, raceNumbers } from "./raceTable.ts";
import { raceWords } from "./raceWords.ts";

export function createOptimizersChart(host: ViewHost, first: OptimizersView): Chart<OptimizersView> {
  addStyles(host.root, optimizersCss);
  let view = first;
  let axis: RaceAxis = "step";
  let pointedAt: number | null = null;
  let pinned: number | null = null;
  const state = (): RaceState => ({ view, axis, lifted: pointedAt ?? pinned });
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
    pinned: () => pinned,
    pressed(racer) {
      pinned = pinned === racer ? null : racer;
      lift();
      closeUp.choose(racer);
    },
  });
  const closeUp = createCloseUpPanel(host, () => view);
  const numbers = createDataTable(host, () => raceNumbers(host, view));
  const tools = createViewTools(host, { table: numbers, fileName: `race-${view.raceId}` });
  const sentence = createSentence(host, view.sentence, tools.node);
  // Only a race that is heard of can be stopped.
  const stop = element(
    "button",
    { class: "button raceStop", type: "button", hidden: true },
    host.wordIn(raceWords, "stop"),
  );
  stop.addEventListener("click", () => host.post({ kind: "stopTraining", runId: view.raceId }));
  tools.node.before(stop);
  const notes = element("div", { class: "raceNotes" });
  host.root.append(
    sentence.node,
    element(
      "div",
      { class: "race" },
      figure.node,
      element("div", { class: "raceSide" }, standings.node, notes),
      closeUp.node,
    ),
    numbers.node,
  );
  const fill = () => {
    sentence.update(view.sentence);
    setHidden(notes, view.notes.length === 0);
    notes.replaceChildren(
      ...view.notes.map((message) =>
        element("p", { class: "note" }, sentenceText(host, { tone: "info", messages: [message] })),
      ),
    );
    standings.update();
    closeUp.update();
    numbers.update();
  };
  fill();
  host.onWidth(() => figure.update());
  return {
    update(next) {
      view = next;
      setHidden(stop, !(host.connected && host.trusted && view.state === "running"));
      fill();
      if (host.widthPx > 0) figure.update();
    },
    dispose() {},
  };
}
