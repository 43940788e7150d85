// Which layer of which run stands in which row. Nets of different depth are aligned at their output.

import type { GradientsLayer, GradientsRun } from "../../src/shared/views.ts";

/** One row of the view: a layer, in each run that has one there. */
export interface LayerRow {
  /** The layer of the longest run: it names the row. */
  readonly layer: GradientsLayer;
  /** One entry a run, in their order; `null` where the run's net is shorter. */
  readonly layers: readonly (GradientsLayer | null)[];
}

/** Rows with the input on top. The longest run (the first of equals) names them. */
export function alignLayers(runs: readonly GradientsRun[]): readonly LayerRow[] {
  const longest = runs.reduce<GradientsRun | undefined>(
    (best, run) => (best === undefined || run.layers.length > best.layers.length ? run : best),
    undefined,
  );
  if (longest === undefined) return [];
  const rowCount = longest.layers.length;
  return longest.layers.map((layer, row) => ({
    layer,
    layers: runs.map((run) => run.layers[row - (rowCount - run.layers.length)] ?? null),
  }));
}

/** The sizes of a layer without the batch axis: "2 → 16", "28×28×1 → 784". */
export function sizeWords(layer: GradientsLayer): string {
  const sizes = (shape: readonly (number | null)[]) =>
    shape.length < 2
      ? "1"
      : shape
          .slice(1)
          .map((size) => size ?? "?")
          .join("×");
  return `${sizes(layer.inputShape)} → ${sizes(layer.outputShape)}`;
}
