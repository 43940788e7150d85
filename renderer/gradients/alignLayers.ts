// Which layer of which run stands in which row. Nets of different depth are aligned at their output, layers of a type beside each other.

import type { GradientsLayer, GradientsRun } from "../../src/shared/views.ts";

/** One row of the view: a layer, in each run that has one there. */
export interface LayerRow {
  /** The layer that names the row: of the longest run, where that has one here. */
  readonly layer: GradientsLayer;
  /** One entry a run, in their order; `null` where the run's net has no such layer. */
  readonly layers: readonly (GradientsLayer | null)[];
}

/** A row while runs are added to it: the runs' layers by their place among the runs. */
interface OpenRow {
  readonly layer: GradientsLayer;
  readonly layers: Map<number, GradientsLayer>;
}

/**
 * Rows with the input on top. The longest run (the first of equals) comes first; each other run is laid beside the rows so that
 * as few layers as can be stand alone or beside another type, and as near to the output as that leaves open. So a net with
 * normalization between its layers has its own rows for that, and its dense layers stand beside those of the net without.
 */
export function alignLayers(runs: readonly GradientsRun[]): readonly LayerRow[] {
  const longestFirst = runs
    .map((_, index) => index)
    .sort((a, b) => layersOf(runs, b).length - layersOf(runs, a).length);
  let rows: readonly OpenRow[] = [];
  for (const run of longestFirst) rows = withRun(rows, layersOf(runs, run), run);
  return rows.map(({ layer, layers }) => ({ layer, layers: runs.map((_, run) => layers.get(run) ?? null) }));
}

function layersOf(runs: readonly GradientsRun[], index: number): readonly GradientsLayer[] {
  return runs[index]?.layers ?? [];
}

/** What it costs that a layer stands alone, or beside one of another type: two alone cost more than two types in one row. */
const aloneCost = 0.6;
const otherTypeCost = 1;

/** The rows with one more run: the cheapest way to lay its layers beside them, found from the output. */
function withRun(rows: readonly OpenRow[], layers: readonly GradientsLayer[], run: number): readonly OpenRow[] {
  const costs = alignmentCosts(rows, layers);
  const made: OpenRow[] = [];
  let [row, layer] = [rows.length, layers.length];
  while (row > 0 || layer > 0) {
    const [above, next] = [rows[row - 1], layers[layer - 1]];
    const cost = (atRow: number, atLayer: number) => costs[atRow]?.[atLayer] ?? Number.POSITIVE_INFINITY;
    const here = cost(row, layer);
    if (above && next && isSame(here, cost(row - 1, layer - 1) + besideCost(above, next))) {
      made.push({ layer: above.layer, layers: new Map([...above.layers, [run, next]]) });
      row--;
      layer--;
    } else if (above && isSame(here, cost(row - 1, layer) + aloneCost)) {
      made.push(above);
      row--;
    } else {
      if (next) made.push({ layer: next, layers: new Map([[run, next]]) });
      layer--;
    }
  }
  return made.reverse();
}

/** The least cost of the first so many rows with the first so many layers. */
function alignmentCosts(rows: readonly OpenRow[], layers: readonly GradientsLayer[]): readonly (readonly number[])[] {
  const costs: number[][] = [layers.map((_, index) => index * aloneCost)];
  costs[0]?.push(layers.length * aloneCost);
  rows.forEach((row, index) => {
    const before = costs[index] ?? [];
    const line = [(index + 1) * aloneCost];
    layers.forEach((layer, at) => {
      const beside = (before[at] ?? 0) + besideCost(row, layer);
      line.push(Math.min(beside, (before[at + 1] ?? 0) + aloneCost, (line[at] ?? 0) + aloneCost));
    });
    costs.push(line);
  });
  return costs;
}

function besideCost(row: OpenRow, layer: GradientsLayer): number {
  return row.layer.type === layer.type ? 0 : otherTypeCost;
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) < 1e-9;
}

/** What the row is called: its layer's name, and the names of layers of another type that stand beside it. */
export function rowName({ layer, layers }: LayerRow): string {
  const others = layers.flatMap((each) => (each !== null && each.type !== layer.type ? [each.name] : []));
  return [...new Set([layer.name, ...others])].join(" / ");
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
