// Views from a stranger's file: what is right is read whole, what is wrong is named with its place.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { viewMimeTypes } from "../../src/shared/views.ts";
import { readView } from "./readView.ts";

const samples = new URL("../../test/renderer/samples/", import.meta.url);
const sample = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(name, samples), "utf8"));
const training = () => sample("trainingFinished.json");
const readTraining = (data: unknown) => readView(viewMimeTypes.training, data);

test.each(readdirSync(samples))("%s is read as it stands", (name) => {
  const data = sample(name);
  const read = readView(viewMimeTypes[data.kind as "training"], data);
  expect(read).toEqual({ kind: "view", view: data });
});

test("a newer version is said to be newer, before anything else is looked at", () => {
  expect(readTraining({ version: 2 })).toEqual({ kind: "unreadable", expected: "version: 1", found: "2", newer: true });
});

test("an unknown type of ours is said to be newer", () => {
  expect(readView("application/vnd.nnbook.hologram.v1+json", {})).toMatchObject({ kind: "unreadable", newer: true });
});

test.each<[string, (data: Record<string, unknown>) => unknown, string, string]>([
  ["no data", () => undefined, "an object", "nothing"],
  ["a list", () => [1, 2], "an object", "a list of 2"],
  ["another view", (data) => ({ ...data, kind: "summary" }), "kind: “training”", "“summary”"],
  ["no run", ({ runId: _, ...data }) => data, "runId: text", "nothing"],
  [
    "an unknown state",
    (data) => ({ ...data, state: "dancing" }),
    "state: “running” or “finished” or “stopped” or “diverged” or “failed”",
    "“dancing”",
  ],
  ["a negative count", (data) => ({ ...data, epochs: { done: -1, planned: 5 } }), "epochs.done: a count", "-1"],
  [
    "a broken layer",
    (data) => ({ ...data, layers: [{ name: 5, type: "dense", gradient: 1 }] }),
    "layers[0].name: text",
    "5",
  ],
  [
    "a broken number",
    (data) => ({ ...data, layers: [{ name: "a", type: "dense", gradient: "many" }] }),
    "layers[0].gradient: a number, “NaN”, “Infinity”, “-Infinity” or null",
    "“many”",
  ],
  [
    "markup as a message",
    (data) => ({
      ...data,
      sentence: { tone: "good", messages: [{ id: "x", args: { a: { kind: "html", value: 1 } } }] },
    }),
    "sentence.messages[0].args.a.kind: “number” or “share” or “times” or “count” or “list”",
    "“html”",
  ],
])("%s is refused with its place", (_, change, expected, found) => {
  expect(readTraining(change(training()))).toEqual({ kind: "unreadable", expected, found, newer: false });
});

test("fields of a later minor version are left out, not refused", () => {
  const read = readTraining({ ...training(), mood: "cheerful" });
  expect(read).toEqual({ kind: "view", view: training() });
});

test("a sentence may list names, as one text in outputs of before", () => {
  const read = (names: unknown) => {
    const sentence = { tone: "info", messages: [{ id: "overfits", args: { names } }] };
    return readTraining({ ...training(), sentence });
  };
  for (const names of ["a, b", { kind: "list", values: ["a", "b"] }, { kind: "list", values: ["a"], more: 2 }])
    expect(read(names)).toMatchObject({ view: { sentence: { messages: [{ args: { names } }] } } });
  expect(read({ kind: "list", values: "a" })).toMatchObject({ kind: "unreadable" });
});

test("a list that would draw without end is refused", () => {
  const layers = Array.from({ length: 1_001 }, () => ({ name: "a", type: "dense", gradient: 1 }));
  expect(readTraining({ ...training(), layers })).toMatchObject({ expected: "layers: a list of at most 1000" });
});

test("fields of the prototype are no data", () => {
  expect(readTraining(Object.create(training()))).toMatchObject({ kind: "unreadable" });
});

test("series of gradients need a value for each step, and at least one run", () => {
  const values = [1, 0.5, 0.25];
  const names = [
    "meanAbs",
    "mean",
    "std",
    "l2",
    "max",
    "zeroShare",
    "updateRatio",
    "activationMean",
    "activationStd",
    "saturatedShare",
    "deadShare",
  ];
  const sentence = { tone: "good", messages: [] };
  const layer = {
    name: "dense_1",
    type: "dense",
    activation: null,
    inputShape: [null, 2],
    outputShape: [null, 1],
    parameters: 3,
    sentence,
    series: Object.fromEntries(names.map((name) => [name, values])),
  };
  const run = {
    runId: "fit-00000000-1",
    name: "sigmoid",
    steps: [1, 2, 3],
    stepsPerEpoch: 3,
    batchSize: 32,
    seed: 1,
    verdict: { kind: "healthy", shrinkPerLayer: null, range: 2 },
    slopeBound: 0.25,
    layers: [layer],
  };
  const read = (runs: unknown) => readView(viewMimeTypes.gradients, { kind: "gradients", version: 1, sentence, runs });
  expect(read([run])).toMatchObject({ kind: "view", view: { runs: [run] } });
  expect(read([{ ...run, steps: [1, 2] }])).toMatchObject({
    kind: "unreadable",
    expected: "runs[0].layers[0].series.meanAbs: a list of 2, one for each step, or an empty one",
  });
  const unrecorded = { ...run, layers: [{ ...layer, series: { ...layer.series, deadShare: [] } }] };
  expect(read([unrecorded])).toMatchObject({ kind: "view", view: { runs: [unrecorded] } });
  expect(read([])).toMatchObject({ expected: "runs: a list of one to five" });
});

test("what was found is described shortly and harmlessly", () => {
  const read = readTraining({ ...training(), runId: null, state: "x".repeat(500) });
  expect(read).toMatchObject({ found: "null" });
  expect(readTraining({ ...training(), state: "x".repeat(500) })).toMatchObject({
    found: expect.stringMatching(/^.{1,41}$/),
  });
});

test("a finding follows from an earlier one of a run that is there, and its evidence is of a known kind", () => {
  const title = { id: "foundVanishing", args: {} };
  const finding = {
    kind: "vanishing",
    run: 0,
    tone: "warning",
    title,
    messages: [],
    layer: null,
    follows: null,
    remedies: [],
  };
  const read = (...changes: object[]) =>
    readView(viewMimeTypes.diagnosis, {
      kind: "diagnosis",
      version: 1,
      sentence: { tone: "good", messages: [] },
      runs: [{ runId: "r", name: "n" }],
      findings: changes.map((change) => ({ ...finding, evidence: { kind: "none" }, ...change })),
      passed: [],
    });
  expect(read({}, { follows: 0 })).toMatchObject({ kind: "view" });
  expect(read({ follows: 0 })).toMatchObject({ expected: "findings[0].follows: an earlier finding", found: "0" });
  expect(read({ run: 1 })).toMatchObject({ expected: "findings[0].run: the place of a run" });
  expect(read({ evidence: { kind: "pie" } })).toMatchObject({ kind: "unreadable", found: "“pie”" });
  const edit = { kind: "callOnData", code: 3 };
  expect(read({ remedies: [{ kind: "standardize", title, edits: [edit] }] })).toMatchObject({
    expected: "findings[0].remedies[0].edits[0].code: text",
  });
});
