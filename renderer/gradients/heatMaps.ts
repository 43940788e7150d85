// The heat maps of all runs: made for the data, painted for measure, theme and width, marked for step and row.

import { element, setHidden } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { rowHeightPx } from "./dotPlot.ts";
import type { GradientsModel } from "./gradientsModel.ts";
import { createHeatMap, type HeatMap } from "./heatMap.ts";

/** Heat maps that follow below the dots have lower rows. */
const lowRowHeightPx = 18;

export interface HeatMaps {
  readonly node: HTMLElement;
  /** New data: makes them anew. */
  make(): void;
  /** Another measure, theme or width: paints all cells. */
  paint(): void;
  /** Another step or row: moves the marks. */
  mark(): void;
}

export interface HeatMapsOptions {
  readonly model: GradientsModel;
  /** Do they stand beside the dots, in rows of the same height? */
  readonly wide: () => boolean;
  readonly scrubbed: (frame: number) => void;
  /** A key that was pressed on a heat map; true when it was used. */
  readonly key: (key: string) => boolean;
  /** The reader zooms by a factor, around a frame. */
  readonly zoomed: (factor: number, around: number) => void;
}

export function createHeatMaps(host: ViewHost, { model, wide, scrubbed, key, zoomed }: HeatMapsOptions): HeatMaps {
  const node = element("div", { class: "heats" });
  let heatMaps: readonly HeatMap[] = [];
  const state = () => ({
    measure: model.measure,
    frame: model.frame,
    range: model.shownFrames,
    chosenRow: model.chosenRow,
    rowHeightPx: wide() ? rowHeightPx : lowRowHeightPx,
  });
  const paint = () => {
    const now = state();
    for (const [run, heat] of heatMaps.entries()) {
      // A hidden one keeps its place, so that nothing jumps.
      heat.node.style.visibility = model.isShown(run) ? "" : "hidden";
      if (host.widthPx > 0) heat.paint(host.theme, now);
    }
  };
  host.onTheme(paint);
  return {
    node,
    paint,
    make() {
      const { rows, frames, view } = model;
      heatMaps = view.runs.map((run, runIndex) =>
        createHeatMap(host, { run, runIndex, rows, frames, scrubbed, key, zoomed }),
      );
      node.replaceChildren(...heatMaps.map((heat) => heat.node));
      // Beside the dots, each has a column of the grid: after the names and the dots.
      for (const [index, heat] of heatMaps.entries()) heat.node.style.setProperty("--column", String(index + 3));
      setHidden(node, frames.length === 0);
    },
    mark() {
      const now = state();
      for (const heat of heatMaps) heat.mark(host.theme, now);
    },
  };
}
