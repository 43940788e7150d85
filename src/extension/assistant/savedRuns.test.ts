// What is told of a training from the outputs of a notebook alone, and that a broken output tells nothing.

import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { NotebookDocument } from "vscode";
import { viewMimeTypes } from "../../shared/views.ts";
import { savedDiagnosis, savedRunsOf, savedStatistics } from "./savedRuns.ts";

const golden = path.resolve(import.meta.dirname, "../../../test/golden/views");
const view = (name: string): string =>
  JSON.stringify(JSON.parse(readFileSync(path.join(golden, `${name}.json`), "utf8")).view);

/** A notebook of one cell for each list of outputs. */
function notebook(
  ...cells: readonly (readonly { readonly mime: string; readonly text: string }[])[]
): NotebookDocument {
  const shown = cells.map((outputs, index) => ({
    index,
    outputs: outputs.map(({ mime, text }) => ({ items: [{ mime, data: new TextEncoder().encode(text) }] })),
  }));
  return { getCells: () => shown } as unknown as NotebookDocument;
}

const training = { mime: viewMimeTypes.training, text: view("trainingVanishing") };
const gradients = { mime: viewMimeTypes.gradients, text: view("gradientsCompared") };
const diagnosis = { mime: viewMimeTypes.diagnosis, text: view("diagnosis") };

describe("of a picture of gradients", () => {
  const runs = savedRunsOf(notebook([{ mime: "text/plain", text: "3" }], [gradients]));

  test("each run is known, with the cell that shows it", () => {
    const names = (JSON.parse(gradients.text) as { runs: { name: string }[] }).runs.map(({ name }) => name);
    expect(runs.map(({ name, cell }) => ({ name, cell }))).toEqual(names.reverse().map((name) => ({ name, cell: 2 })));
  });

  test("the numbers of each layer are told at the nearest step before the one asked for", () => {
    const [run] = runs;
    const newest = run && savedStatistics(run, null, "en");
    const early = run && savedStatistics(run, 1, "en");
    expect(newest?.step).toBe(newest?.recordedSteps.last);
    expect(early?.step).toBe(early?.recordedSteps.first);
    expect(newest?.layers.length).toBeGreaterThan(2);
    for (const { measures, verdict } of newest?.layers ?? []) {
      expect(measures.meanAbs).toBeTypeOf("number");
      expect(verdict).not.toMatch(/[{}]|^$/);
    }
    expect(early?.layers[0]?.measures.meanAbs).not.toBe(newest?.layers[0]?.measures.meanAbs);
  });
});

test("of a picture of a training, what it shows: the size of each gradient, the loss, how far it came", () => {
  const [run] = savedRunsOf(notebook([training]));
  const { epochs, metrics, layers } = JSON.parse(training.text);
  const told = run && savedStatistics(run, null, "ko");
  expect(told).toMatchObject({ epochs, loss: metrics[0].train.at(-1), layerCount: layers.length });
  expect(told?.layers.map(({ name }) => name)).toEqual(layers.map(({ name }: { name: string }) => name));
  expect(run && savedDiagnosis(run, "en")).toBeNull();
});

test("of a picture of a diagnosis, its findings in words", () => {
  const [run] = savedRunsOf(notebook([diagnosis]));
  const told = run && savedDiagnosis(run, "en");
  expect(told?.findings.length).toBeGreaterThan(0);
  for (const { title, text } of told?.findings ?? []) expect(`${title} ${text}`).not.toMatch(/[{}]/);
  expect(run && savedStatistics(run, null, "en")).toBeNull();
});

test("what is broken, or of a version to come, tells nothing and harms nothing", () => {
  const broken = [
    "",
    "null",
    "[]",
    '{"kind":"training"',
    '{"kind":"training","version":1}',
    '{"kind":"gradients","version":1,"runs":[{"runId":"a"}]}',
  ];
  const outputs = Object.values({ training, gradients, diagnosis }).flatMap(({ mime, text }) =>
    [...broken, text.replace('"version":1', '"version":2')].map((each) => ({ mime, text: each })),
  );
  expect(savedRunsOf(notebook(outputs))).toEqual([]);
});
