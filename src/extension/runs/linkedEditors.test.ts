// Where an editor begins that shows a notebook only now: at the steps that its other editors were moved to.

import { expect, test } from "vitest";
import type { NotebookDocument, NotebookEditor } from "vscode";
import type { LinkMoved } from "../../shared/rendererProtocol.ts";
import { LinkedEditors } from "./linkedEditors.ts";

const notebook = {} as NotebookDocument;
const step = (runIds: readonly string[], to: number): LinkMoved => ({
  kind: "linkMoved",
  runIds,
  to: { kind: "step", step: to },
});

test("the newest step of each choice of runs is kept, the last one moved comes last, and a layer is not kept", () => {
  const editors = new LinkedEditors();
  editors.moved(notebook, step(["a"], 1));
  editors.moved(notebook, step(["a", "b"], 2));
  editors.moved(notebook, step(["a"], 3));
  editors.moved(notebook, { kind: "linkMoved", runIds: ["a"], to: { kind: "layer", layer: "dense_1" } });
  expect(editors.whereRunsStand(notebook)).toEqual([step(["a", "b"], 2), step(["a"], 3)]);
  expect(editors.whereRunsStand({} as NotebookDocument)).toEqual([]);
});

test("an editor is told again each time it comes to the front", () => {
  const editors = new LinkedEditors();
  const [first, second] = [{}, {}] as NotebookEditor[] as [NotebookEditor, NotebookEditor];
  expect(editors.shown([first])).toEqual([first]);
  expect(editors.shown([first, second])[0]).toBe(second);
  expect(editors.shown([second])).toEqual([]);
  expect(editors.shown([first, second])[0]).toBe(first);
});

test("no more than fifty are kept, the newest", () => {
  const editors = new LinkedEditors();
  for (let run = 0; run < 60; run++) editors.moved(notebook, step([`run ${run}`], run));
  const kept = editors.whereRunsStand(notebook);
  expect(kept).toHaveLength(50);
  expect(kept.at(-1)).toEqual(step(["run 59"], 59));
});
