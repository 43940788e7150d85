// The storage of a trace: bounded however long a training takes, with first, newest and outlying steps kept.

import { describe, expect, it } from "vitest";
import { type MeasuredLevel, recordedStepsLimit } from "./trace.ts";
import { peaksLimit } from "./tracePeaks.ts";
import { TraceRecorder } from "./traceRecorder.ts";
import { layerSize, type MeasuredLayer, places } from "./traceRow.ts";

const ten = { trainableCount: 10 };

/** A table of one layer, with ten weights whose largest gradient is given. */
function row(largest: number, level: MeasuredLevel = "summary"): Float64Array {
  const table = new Float64Array(layerSize(level));
  table.set([10, 0, 5 * largest, 0, largest, 0], places.gradient);
  table.set([4, 0, 4, 4, 1, 0], places.signal);
  if (level === "full") table[places.gradientBins + 20] = largest > 10 ? 10 : 5;
  return table;
}

const numbersOf = (recorder: TraceRecorder) => recorder.series(0).max.map(Number);

const recorderOf = (every: number | null, level: MeasuredLevel = "summary") =>
  new TraceRecorder({ layers: [ten], level, every });

function record(recorder: TraceRecorder, step: number, numbers: ArrayLike<number>, layer: MeasuredLayer = ten): void {
  recorder.take(step, { numbers, start: 0, layers: [layer] });
  recorder.settle();
}

/** Records what is wanted of so many steps; at `spike` the gradient is fifty times the usual one. */
function train(recorder: TraceRecorder, steps: number, spike = 0, level: MeasuredLevel = "summary"): void {
  const [usual, high] = [row(1, level), row(50, level)];
  for (let step = 1; step <= steps; step++)
    if (recorder.wants(step)) record(recorder, step, step === spike ? high : usual);
}

describe("a trace's storage", () => {
  it("thins to every second step whenever it is full", () => {
    const recorder = recorderOf(null);
    train(recorder, 10_000);
    expect(recorder.steps.length).toBeLessThanOrEqual(recordedStepsLimit);
    expect(recorder.steps.length).toBeGreaterThan(recordedStepsLimit / 3);
    expect(recorder.steps[0]).toBe(1);
    expect(recorder.steps.at(-1)).toBeGreaterThan(10_000 - recorder.stride);
    expect(recorder.series(0).max).toHaveLength(recorder.steps.length);
  });

  it.each([null, 1, 7])("keeps a spike, first and newest step, measuring every %s steps", (every) => {
    for (const length of [300, 5000, 23_456]) {
      const recorder = recorderOf(every);
      train(recorder, length, 106);
      expect(recorder.steps[0]).toBe(1);
      expect(recorder.steps.length).toBeLessThanOrEqual(recordedStepsLimit);
      if (every !== null) expect(recorder.steps.at(-1)).toBeGreaterThan(length - every);
      expect([...recorder.steps].sort((a, b) => a - b)).toEqual(recorder.steps);
      const spike = recorder.steps.indexOf(106);
      expect(recorder.series(0).max[spike]).toBe(50);
      expect(recorder.series(0).max.filter((value) => value === 50)).toHaveLength(1);
    }
  });

  it("spreads what it keeps over the whole training, also when every step is measured", () => {
    const recorder = recorderOf(1);
    train(recorder, 20_000);
    const gaps = recorder.steps.slice(1).map((step, index) => step - (recorder.steps[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * recorder.stride);
    expect(recorder.steps.length).toBeGreaterThan(recordedStepsLimit / 3);
  });

  it.each(["summary", "full"] as const)("stays as large as it is through a million steps: %s", (level) => {
    for (const every of [null, 1]) {
      const recorder = recorderOf(every, level);
      train(recorder, 2000, 0, level);
      const before = recorder.roomSize;
      expect(before).toBeLessThanOrEqual(recordedStepsLimit * layerSize(level));
      const [usual, high] = [row(1, level), row(50, level)];
      for (let step = 2001; step <= 1_000_000; step++)
        if (recorder.wants(step)) record(recorder, step, step === 654_321 ? high : usual);
      expect(recorder.roomSize).toBe(before);
      expect(recorder.steps.length).toBeLessThanOrEqual(recordedStepsLimit);
      if (every === 1) expect(recorder.steps).toContain(654_321);
    }
  });

  it("keeps histograms beside their steps", () => {
    const recorder = recorderOf(1, "full");
    train(recorder, 1500, 321, "full");
    const shares = recorder.histograms(0)?.gradient?.shares ?? [];
    expect(shares).toHaveLength(recorder.steps.length);
    expect(shares[recorder.steps.indexOf(321)]?.[20]).toBe(1);
    expect(shares[0]?.[20]).toBe(0.5);
    expect(recorderOf(1).histograms(0)).toBeNull();
  });

  it("gives series that grow with it", () => {
    const recorder = recorderOf(1);
    for (let step = 1; step <= 3 * recordedStepsLimit; step++) {
      record(recorder, step, row(step));
      if (step % 37 === 0) {
        expect(recorder.series(0).max).toEqual(recorder.steps);
        expect(recorder.series(0).meanAbs).toEqual(recorder.steps.map((each) => each / 2));
      }
    }
  });

  it("keeps the same of rows that it is given many at a time, which others then replace", () => {
    const largest = (step: number) => (step % 97 === 0 ? 60 : 1 + (step % 5));
    for (const every of [null, 1, 3]) {
      const [one, many] = [recorderOf(every), recorderOf(every)];
      const [size, room] = [layerSize("summary"), 7];
      const waiting = new Float64Array(room * size);
      const steps: number[] = [];
      const takeAll = () => {
        for (const [index, step] of steps.entries())
          many.take(step, { numbers: waiting, start: index * size, layers: [ten] });
        many.settle();
        waiting.fill(-1);
        steps.length = 0;
      };
      for (let step = 1; step <= 9000; step++) {
        expect(many.wants(step)).toBe(one.wants(step));
        if (!one.wants(step)) continue;
        record(one, step, row(largest(step)));
        waiting.set(row(largest(step)), steps.length * size);
        steps.push(step);
        if (steps.length === room || !many.hasRoomFor(steps.length)) takeAll();
        if (step % 1111 === 0 || step === 9000) {
          takeAll();
          expect(many.steps).toEqual(one.steps);
          expect(many.series(0)).toEqual(one.series(0));
        }
      }
    }
  });

  it("takes a step that is not a number for one that stands out", () => {
    const recorder = recorderOf(1);
    for (let step = 1; step <= 2000; step++) record(recorder, step, row(step === 500 ? Number.NaN : 1));
    expect(recorder.steps).toContain(500);
  });

  it.each([null, 1, 3])("keeps the height of a wave that rises and falls gently, measuring every %s steps", (every) => {
    // Of two neighbours none is four times the other.
    const wave = (step: number) => 1 + 1000 * 0.5 ** Math.abs((step - 6001) / 60);
    const fall = (step: number) => (step < 6001 ? 1 : 1 + 1000 / (1 + (step - 6001) / 8));
    for (const largest of [wave, fall]) {
      const recorder = recorderOf(every);
      let height = 0;
      for (let step = 1; step <= 50_000; step++) {
        if (!recorder.wants(step)) continue;
        height = Math.max(height, largest(step));
        record(recorder, step, row(largest(step)));
        if (step % 997 === 0) expect(Math.max(...numbersOf(recorder))).toBe(height);
      }
      expect(Math.max(...numbersOf(recorder))).toBe(height);
      expect(recorder.series(0).max).toEqual(recorder.steps.map(largest));
      expect(recorder.steps.length).toBeLessThanOrEqual(recordedStepsLimit + 1);
    }
  });

  it("keeps each layer's peak, however small beside those of others", () => {
    const three = [ten, ten, ten];
    const size = layerSize("summary");
    const recorder = new TraceRecorder({ layers: three, level: "summary", every: 1 });
    const peaks = [2003, 7777, 7779];
    for (let step = 1; step <= 30_000; step++) {
      const numbers = new Float64Array(3 * size);
      peaks.forEach((peak, layer) => {
        numbers.set(row((step === peak ? 3 : 1 + (step % 7) / 100) * 10 ** -layer), layer * size);
      });
      recorder.take(step, { numbers, start: 0, layers: three });
      recorder.settle();
    }
    peaks.forEach((peak, layer) => {
      expect(recorder.series(layer).max[recorder.steps.indexOf(peak)]).toBeCloseTo(3 * 10 ** -layer, 12);
    });
    expect([...recorder.steps].sort((a, b) => a - b)).toEqual(recorder.steps);
    expect(new Set(recorder.steps).size).toBe(recorder.steps.length);
    expect(recorder.steps.length).toBeLessThanOrEqual(recordedStepsLimit + 3);
  });

  it("keeps few peaks of very many layers", () => {
    const count = 90;
    const size = layerSize("summary");
    const layers = Array.from({ length: count }, () => ten);
    const recorder = new TraceRecorder({ layers, level: "summary", every: 1 });
    for (let step = 1; step <= 900; step++) {
      const numbers = new Float64Array(count * size);
      for (let layer = 0; layer < count; layer++) numbers.set(row(step % (count + 11) === layer ? 3 : 1), layer * size);
      recorder.take(step, { numbers, start: 0, layers });
      recorder.settle();
    }
    expect(recorder.steps.length).toBeLessThanOrEqual(recordedStepsLimit + peaksLimit);
    expect(recorder.series(0).max).toHaveLength(recorder.steps.length);
  });

  it("has no numbers of gradient and weights for a layer without weights, but of what it gives", () => {
    const recorder = new TraceRecorder({ layers: [{ trainableCount: null }], level: "summary", every: 1 });
    record(recorder, 1, row(1), { trainableCount: null });
    expect(recorder.series(0)).toMatchObject({
      meanAbs: [],
      weightNorm: [],
      signalMeanAbs: [1],
      activationMean: [null],
    });
  });
});
