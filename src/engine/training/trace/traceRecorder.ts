// Keeps the tables of recorded steps, 240 at most and the peaks besides, as they are: what is shown of them is worked out when somebody looks.

import { Doubles, maths } from "../../intrinsics.ts";
import {
  type LayerStatistics,
  layerMeasures,
  type MeasuredLevel,
  type Recorded,
  recordedStepsLimit,
  standsOut,
  type TraceHistogram,
  type TraceHistograms,
  type TraceMeasure,
  type TraceSeries,
  thinnedIndices,
} from "./trace.ts";
import { TracePeaks } from "./tracePeaks.ts";
import {
  largestOf,
  layerSize,
  type MeasuredLayer,
  magnitudeEdges,
  places,
  sharesOf,
  statisticsOf,
  valueEdges,
} from "./traceRow.ts";

/** What was worked out already. */
interface KnownSeries {
  readonly series: Record<TraceMeasure, Recorded[]>;
  revision: number;
}

export interface RecorderSettings {
  /** As they are at the first step. */
  readonly layers: readonly MeasuredLayer[];
  readonly level: MeasuredLevel;
  /** Every n-th step is measured; `null` for all of them as long as there is room, then every second one, and so on. */
  readonly every: number | null;
}

/** A step's table among other numbers. */
export interface StandingRow {
  readonly numbers: ArrayLike<number>;
  readonly start: number;
  /** What each layer is. */
  readonly layers: readonly MeasuredLayer[];
}

type OrderedRow = StandingRow & { readonly step: number };

interface OrderedRows {
  readonly rows: readonly OrderedRow[];
  readonly steps: readonly number[];
  readonly revision: number;
}

/**
 * Records steps, and halves what it holds whenever it is full. Where every n-th step is measured however long it takes, steps
 * that come after that share places: of a group the last one stays, or one that stands out (see `thinnedIndices`). The first
 * and the newest step always stay, and those at which a layer's gradient was largest.
 */
export class TraceRecorder {
  readonly #settings: RecorderSettings;
  readonly #rowSize: number;
  /** Rows one behind the other. */
  #rows: Doubles;
  readonly #steps: number[] = [];
  /** What each layer was, by row: the same list as long as no layer is frozen or unfrozen. */
  readonly #layers: (readonly MeasuredLayer[])[] = [];
  /** The largest |g| of any layer, by row. */
  readonly #sizes: number[] = [];
  #stride: number;
  /** So many measured steps share a place. */
  #groupSize = 1;
  /** How many are in the group that stands last. */
  #inGroup = 0;
  /** Whether the last row is there as the newest alone. */
  #isLastExtra = false;
  /** The last row, as long as it was not copied. */
  #newest: StandingRow | null = null;
  /** Changes when rows that were there do. */
  #revision = 0;
  readonly #peaks: TracePeaks;
  /** All rows in order, as long as these are all. */
  #ordered: OrderedRows | null = null;
  readonly #known: KnownSeries[];

  constructor(settings: RecorderSettings) {
    this.#settings = settings;
    this.#rowSize = layerSize(settings.level) * settings.layers.length;
    this.#rows = new Doubles(8 * this.#rowSize);
    this.#stride = settings.every ?? 1;
    this.#peaks = new TracePeaks(settings.layers, settings.level);
    this.#known = settings.layers.map(() => ({ series: emptySeries(), revision: 0 }));
  }

  /** The recorded steps, counted from 1, in order. */
  get steps(): readonly number[] {
    return this.#peaks.kept.length === 0 ? this.#steps : this.#inOrder().steps;
  }

  /** How far recorded steps lie apart now. */
  get stride(): number {
    return this.#stride * this.#groupSize;
  }

  /** Numbers it has room for: they do not grow with the training. */
  get roomSize(): number {
    return this.#peaks.kept.reduce((sum, { numbers }) => sum + numbers.length, this.#rows.length);
  }

  /** Whether this step (from 1) is to be recorded. */
  wants(step: number): boolean {
    return (step - 1) % this.#stride === 0;
  }

  /** Whether so many steps more change nothing of which ones are wanted after them. */
  hasRoomFor(count: number): boolean {
    return this.#settings.every !== null || this.#steps.length + count <= recordedStepsLimit;
  }

  /** Takes one step's row, which stays where it stands until the next one is taken: it may be that the next one takes its place. */
  take(step: number, row: StandingRow): void {
    if (this.#steps.at(-1) === step) return;
    const size = this.#sizeOf(row);
    if (this.#peaks.notice(step, row)) this.#revision++;
    const isInPlace = this.#groupSize > 1 && this.#steps.length > 1 && this.#makesPlace(size);
    if (!isInPlace) this.settle();
    if (this.#steps.length >= recordedStepsLimit && !isInPlace) this.#thin();
    const index = this.#steps.length - (isInPlace ? 1 : 0);
    if (isInPlace) this.#letGo(index);
    this.#newest = row;
    this.#steps[index] = step;
    this.#layers[index] = row.layers;
    this.#sizes[index] = size;
    if (isInPlace) this.#revision++;
  }

  /** Copies the newest row: from now on others may stand where it stood. */
  settle(): void {
    const newest = this.#newest;
    if (newest === null) return;
    const { numbers, start } = newest;
    const to = (this.#steps.length - 1) * this.#rowSize;
    this.#growTo(this.#steps.length);
    for (let index = 0; index < this.#rowSize; index++) this.#rows[to + index] = numbers[start + index] as number;
    this.#newest = null;
    this.#ordered = null;
  }

  series(layer: number): TraceSeries {
    const known = this.#known[layer];
    if (known === undefined) return emptySeries();
    const { series } = known;
    if (known.revision !== this.#revision) for (const measure of layerMeasures) series[measure].length = 0;
    known.revision = this.#revision;
    const { rows } = this.#inOrder();
    for (let index = series.signalMeanAbs.length; index < rows.length; index++) {
      const row = rows[index] as OrderedRow;
      const statistics: Partial<LayerStatistics> = statisticsOf(
        row.numbers,
        this.#startOf(row, layer),
        measuredOf(row, layer),
      );
      for (const measure of layerMeasures) {
        const value = statistics[measure];
        if (value !== undefined) series[measure].push(value);
      }
    }
    return series;
  }

  histograms(layer: number): TraceHistograms | null {
    if (this.#settings.level !== "full") return null;
    const { rows } = this.#inOrder();
    const histogram = (
      edges: readonly number[],
      from: number,
      countOf: (row: OrderedRow, start: number) => number,
    ): TraceHistogram => ({
      edges,
      shares: rows.map((row) => {
        const start = this.#startOf(row, layer);
        return sharesOf(row.numbers, start + from, edges.length - 1, countOf(row, start));
      }),
    });
    const counted = (place: number) => (row: OrderedRow, start: number) => row.numbers[start + place] ?? 0;
    const learning = (row: OrderedRow) => measuredOf(row, layer).trainableCount ?? 0;
    const magnitudes = [0, ...magnitudeEdges, Number.POSITIVE_INFINITY];
    const values = [-6, ...valueEdges, 6];
    const hasWeights = this.#settings.layers[layer]?.trainableCount !== null;
    return {
      gradient: hasWeights ? histogram(magnitudes, places.gradientBins, learning) : null,
      signal: histogram(magnitudes, places.signalBins, counted(places.signal)),
      activation: histogram(values, places.activationBins, counted(places.activation)),
    };
  }

  /** Every row, with the peaks where they belong. The newest may not have been copied yet. */
  #inOrder(): OrderedRows {
    const { kept } = this.#peaks;
    const revision = this.#revision;
    const known = this.#ordered;
    if (known !== null && known.revision === revision && known.rows.length === this.#steps.length + kept.length)
      return known;
    const rows: OrderedRow[] = this.#steps.map((step, index) => ({
      step,
      numbers: this.#rows,
      start: index * this.#rowSize,
      layers: this.#layers[index] ?? [],
    }));
    if (kept.length > 0) rows.push(...kept);
    rows.sort((a, b) => a.step - b.step);
    this.#ordered = { rows, steps: rows.map(({ step }) => step), revision };
    return this.#ordered;
  }

  #startOf({ start }: Pick<StandingRow, "start">, layer: number): number {
    return start + layer * layerSize(this.#settings.level);
  }

  /** A row is about to leave the table: a peak is kept. */
  #letGo(index: number): void {
    const newest = index === this.#steps.length - 1 ? this.#newest : null;
    const row = newest ?? { numbers: this.#rows, start: index * this.#rowSize, layers: this.#layers[index] ?? [] };
    this.#peaks.keep(this.#steps[index] ?? 0, row);
  }

  #sizeOf({ numbers, start }: StandingRow): number {
    let size = 0;
    for (let layer = 0; layer < this.#settings.layers.length; layer++) {
      const largest = largestOf(numbers, this.#startOf({ start }, layer));
      // Larger, or not a number: that stays.
      if (!Number.isNaN(size) && !(largest <= size)) size = largest;
    }
    return size;
  }

  /** Takes out what the newest row does away with, but for the last row: gives whether it takes the place of that. */
  #makesPlace(size: number): boolean {
    if (this.#inGroup >= this.#groupSize) this.#inGroup = 0;
    if (this.#isLastExtra) this.#dropLast();
    this.#isLastExtra = false;
    let isInPlace = false;
    if (this.#inGroup > 0) {
      this.#isLastExtra = standsOut(this.#sizes.at(-1) ?? 0, size);
      isInPlace = !this.#isLastExtra;
    }
    this.#inGroup++;
    return isInPlace;
  }

  #dropLast(): void {
    this.#letGo(this.#steps.length - 1);
    this.#newest = null;
    this.#steps.pop();
    this.#layers.pop();
    this.#sizes.pop();
    this.#revision++;
  }

  #thin(): void {
    const kept = thinnedIndices(this.#sizes, maths.floor(recordedStepsLimit / 2) + 1);
    const staying = new Set(kept);
    for (let index = 0; index < this.#steps.length; index++) if (!staying.has(index)) this.#letGo(index);
    kept.forEach((from, to) => {
      this.#rows.copyWithin(to * this.#rowSize, from * this.#rowSize, (from + 1) * this.#rowSize);
      this.#steps[to] = this.#steps[from] ?? 0;
      this.#layers[to] = this.#layers[from] ?? [];
      this.#sizes[to] = this.#sizes[from] ?? 0;
    });
    this.#steps.length = kept.length;
    this.#layers.length = kept.length;
    this.#sizes.length = kept.length;
    this.#revision++;
    if (this.#settings.every === null) this.#stride *= 2;
    else {
      this.#groupSize *= 2;
      this.#inGroup = 1;
      this.#isLastExtra = false;
    }
  }

  #growTo(rows: number): void {
    if (rows * this.#rowSize <= this.#rows.length) return;
    const grown = new Doubles(maths.min(recordedStepsLimit, 2 * rows) * this.#rowSize);
    grown.set(this.#rows);
    this.#rows = grown;
  }
}

function measuredOf({ layers }: StandingRow, layer: number): MeasuredLayer {
  return layers[layer] ?? { trainableCount: null };
}

function emptySeries(): Record<TraceMeasure, Recorded[]> {
  // One list for each name.
  return Object.fromEntries(layerMeasures.map((measure) => [measure, []])) as unknown as Record<
    TraceMeasure,
    Recorded[]
  >;
}
