// The boundary view: the field with its points, the hidden units as tiles beside it, scrubbed through the training.

import { unpackFineShares, unpackShares } from "../../src/shared/levels.ts";
import { formatCount, formatNumber } from "../../src/shared/numbers.ts";
import type { BoundaryView } from "../../src/shared/views.ts";
import { element, setHidden } from "../dom.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import { epochOf, lastAtMost } from "../time/frames.ts";
import { linkLayer } from "../time/linkedLayer.ts";
import { linkStep } from "../time/linkedStep.ts";
import { createScrubber } from "../time/scrubber.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { boundaryWords } from "../words/boundaryWords.ts";
import type { Field } from "./changeLine.ts";
import { createDecisionPlot } from "./decisionPlot.ts";
import { signedField } from "./fieldPainter.ts";
import { createUnitTiles, type ShownUnit } from "./unitTiles.ts";

const rules = `
.boundary { display: grid; grid-template-columns: minmax(0, 380px) minmax(0, 1fr); gap: 16px 28px; align-items: start; }
.boundary.alone { grid-template-columns: minmax(0, 380px); }
.fieldPlot { position: relative; width: 100%; aspect-ratio: 1; }
.fieldPlot canvas { position: absolute; inset: 0; display: block; width: 100%; height: 100%; }
.fieldSaid { min-height: 32px; margin-top: 4px; }
.unitLayer { margin: 0 0 12px; } .unitLayer > figcaption { margin-bottom: 4px; font-size: 12px; line-height: 16px; color: var(--nn-muted); } .unitLayer b { color: var(--nn-text); font-weight: 600; }
.unitLayer.marked { outline: 1.5px solid var(--nn-text); outline-offset: 4px; border-radius: 2px; } .view[data-theme^="highContrast"] .unitLayer.marked { outline: 2px dashed var(--nn-active-edge); }
.unitTiles { display: flex; flex-wrap: wrap; gap: 8px; }
.unitTile { appearance: none; display: block; width: 76px; padding: 0; border: 0; background: none; color: inherit; font: 11px/16px var(--nn-font); text-align: left; cursor: pointer; }
.unitTile canvas { display: block; width: 76px; height: 76px; border: 1px solid var(--nn-edge); }
.unitTile > span { display: flex; justify-content: space-between; } .unitTile .size { color: var(--nn-muted); }
.unitTile:hover canvas { outline: 2px solid var(--nn-text); } .view[data-theme^="highContrast"] .unitTile:hover canvas { outline: 2px dashed var(--nn-active-edge); }
@container view (max-width: 640px) { .boundary { grid-template-columns: minmax(0, 1fr); } }
`;

export function createBoundaryChart(host: ViewHost, view: BoundaryView): Chart<BoundaryView> {
  addStyles(host.root, rules);
  const steps = view.frames.map(({ step }) => step);
  let frame = steps.length - 1;
  let unit: ShownUnit | null = null;
  const decoded = new Map<number, Field>();
  const decision = (): Field => {
    const { winners = "", margins = "" } = view.frames[frame] ?? {};
    const field = decoded.get(frame) ?? {
      size: view.size,
      winners: [...winners].map(Number),
      margins: unpackFineShares(margins),
    };
    decoded.set(frame, field);
    return field;
  };
  const unitField = ({ layer, unit: at }: ShownUnit): Field =>
    signedField(view.unitSize, unpackShares(view.layers[layer]?.units[at]?.fields[frame] ?? ""));

  const table = createDataTable(host, () => numbersOf(host, view));
  const tools = createViewTools(host, { table, fileName: "boundary" });
  const sentence = createSentence(host, view.sentence, tools.node);
  const plot = createDecisionPlot(host, view);
  const tiles = createUnitTiles(host, view, (next) => {
    unit = next;
    drawPlot();
    layerLink.move(next === null ? null : (view.layers[next.layer]?.name ?? null));
  });
  const scrubber = createScrubber(host, (to) => link.move(steps[to] ?? 0));
  const drawPlot = () => plot.show(unit === null ? decision() : unitField(unit), unit);
  const draw = () => {
    drawPlot();
    tiles.show(unitField, frame);
    scrubber.show(frame, steps.length, stateWords(host, view, frame));
  };
  const scrubTo = (step: number) => {
    frame = Math.max(0, lastAtMost(steps, step));
  };
  const runIds = view.runId === null ? [] : [view.runId];
  const layerLink = linkLayer(runIds, (name) => tiles.mark(name));
  const link = linkStep(runIds, (step) => {
    scrubTo(step);
    draw();
  });
  if (link.initial !== null) scrubTo(link.initial);
  setHidden(scrubber.node, steps.length < 2);
  const hasUnits = view.layers.length > 0;
  const body = element(
    "div",
    { class: hasUnits ? "boundary" : "boundary alone" },
    plot.node,
    hasUnits ? tiles.node : null,
  );
  host.root.append(
    sentence.node,
    body,
    scrubber.node,
    element("p", { class: "note" }, noteText(host, view)),
    table.node,
  );
  host.onTheme(draw);
  host.onWidth(draw);
  host.onEnd(() => {
    link.dispose();
    layerLink.dispose();
  });
  // Other numbers are another picture.
  return { update: () => undefined, dispose: () => undefined };
}

function stateWords(host: ViewHost, view: BoundaryView, frame: number): string {
  const { step = 0, loss = null } = view.frames[frame] ?? {};
  if (step === 0) return host.wordIn(boundaryWords, "start");
  return host.wordIn(boundaryWords, "state", {
    step: { kind: "count", value: step },
    epoch: { kind: "count", value: epochOf(step, view) },
    loss: formatNumber(loss, { locale: host.locale }),
  });
}

function noteText(host: ViewHost, { size, points, pointCount, layers }: BoundaryView): string {
  const note = host.wordIn(boundaryWords, "note", { size: String(size) });
  const some = {
    shown: formatCount(points.length, host.locale),
    points: formatCount(pointCount, host.locale),
  };
  return [
    layers.length > 0 ? note : "",
    points.length < pointCount ? host.wordIn(boundaryWords, "somePoints", some) : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
}

function numbersOf(host: ViewHost, view: BoundaryView): TableData {
  const word = (id: "step" | "epoch" | "loss" | "decision") => host.wordIn(boundaryWords, id);
  return {
    caption: host.word("numbersOf", { caption: word("decision") }),
    columns: [word("step"), word("epoch"), word("loss"), ...view.classes],
    rows: view.frames.map(({ step, loss, winners }) => [
      String(step),
      { count: step === 0 ? 0 : epochOf(step, view) },
      { number: loss },
      ...view.classes.map((_, at) => ({
        share: [...winners].filter((each) => each === String(at)).length / winners.length,
      })),
    ]),
  };
}
