// What hovers over models, runs, losses and optimizers say, before and after a run.

import { expect, test, vi } from "vitest";
import { layerReport, runReport, trainingView } from "../../../test/support/runReports.ts";
import type { RunReport } from "../../shared/layerReport.ts";
import type { LayerInCode } from "../../shared/modelsInCode.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { subjectHover } = await import("./subjectHover.ts");
type CodeSubject = Parameters<typeof subjectHover>[0]["subject"];
const { RunStore } = await import("../runs/runStore.ts");

const source = "const model = sequential([\n  layers.dense(16),\n]);";
const place = { cellId: "cell:a", line: 2, column: 10 };
const span = { start: 6, length: 5 };
const inCode: LayerInCode = {
  ...{ place, end: 44, name: "dense", activation: "sigmoid" },
  ...{ inputShape: [16], outputShape: [16], parameters: 272 },
};
const model: CodeSubject = { kind: "model", span, layers: [place] };
const fitted = { kind: "run", span, cellId: "cell:b", name: null } as const;

function hover(subject: CodeSubject, reports: readonly RunReport[] = [], { text = source, layer = inCode } = {}) {
  const store = new RunStore();
  const sources = new Map([
    ["cell:a", source],
    ["cell:b", "fit"],
  ]);
  for (const report of reports) {
    const metrics = [
      { name: "loss", measure: "mse", better: "lower", train: [2.3, 0.9, 0.31], validation: [2.3, 0.8, 0.95] },
    ] as const;
    const view = trainingView({ runId: report.runId, state: "finished", epochs: { done: 3, planned: 3 }, metrics });
    store.start("cell:b", 1, view, sources);
    store.report("cell:b", 1, report, sources);
  }
  const textOf = (cellId: string) => (cellId === "cell:a" ? text : "fit");
  const showRunLink = (runId: string) => `command:show?${runId}`;
  const isOld = () => text !== source;
  return subjectHover({
    subject,
    layers: [layer],
    runs: store.newestFirst(),
    textOf,
    isOld,
    locale: "en",
    showRunLink,
  });
}

test("a model before a run: its layers as the code has them; nothing where the code does not tell", () => {
  expect(hover(model)).toMatchInlineSnapshot(`
    "**1 layer** · 272 parameters

    | layer | output | parameters |
    |:--|:--|--:|
    | dense | \`[batch, 16]\` | 272 |"
  `);
  expect(hover(model, [], { layer: { ...inCode, outputShape: null } })).toBeNull();
});

test("a model after a run: how it went, and how each layer fares", () => {
  expect(hover(model, [runReport()])).toMatchInlineSnapshot(`
    "**1 layer** · 272 parameters

    epoch 3/3 · loss 0.310 · ⚠ gradients vanish. [Show gradients](command:show?fit-1)

    | layer | output | parameters | gradient |
    |:--|:--|--:|:--|
    | dense\\_3 | \`[batch, 16]\` | 272 | ⚠ █▅▁ g 5.7×10⁻⁸ |"
  `);
  expect(hover(model, [runReport()], { text: `${source} // edited` })).toContain("· old. [Show gradients]");
});

test("a run: how it went; of several by one call each in a line", () => {
  expect(hover({ ...fitted, layers: [place] }, [runReport()])).toMatchInlineSnapshot(`
    "epoch 3/3 · loss 0.310 · ⚠ gradients vanish. [Show gradients](command:show?fit-1)

    | layer | output | parameters | gradient |
    |:--|:--|--:|:--|
    | dense\\_3 | \`[batch, 16]\` | 272 | ⚠ █▅▁ g 5.7×10⁻⁸ |"
  `);
  const two = [runReport({ name: "deep" }), runReport({ runId: "fit-2", name: "[wide](x)" })];
  expect(hover({ ...fitted, layers: [] }, two)).toMatchInlineSnapshot(`
    "**\\[wide\\]\\(x\\)** · epoch 3/3 · loss 0.310 · ⚠ gradients vanish. [Show gradients](command:show?fit-2)

    **deep** · epoch 3/3 · loss 0.310 · ⚠ gradients vanish. [Show gradients](command:show?fit-1)"
  `);
  expect(hover({ ...fitted, layers: [], name: "deep" }, two)).toMatch(/^epoch 3\/3/);
  expect(hover({ ...fitted, cellId: "cell:c", layers: [] }, two)).toBeNull();
});

test("a loss and an optimizer: what they did in the newest run", () => {
  const withoutPicture = (text: string | null) => text?.replace(/base64,[^)]*/, "base64,…");
  expect(withoutPicture(hover({ kind: "loss", span, layers: [place] }, [runReport()]))).toMatchInlineSnapshot(`
    "epoch 3/3 · loss 0.310 · ⚠ gradients vanish. [Show gradients](command:show?fit-1)

    loss 2.30 after the first epoch, 0.310 after the last · best validation 0.800 at epoch 2

    ![loss by epoch](data:image/svg+xml;base64,…)"
  `);
  expect(withoutPicture(hover({ kind: "optimizer", span, layers: [place] }, [runReport()]))).toMatchInlineSnapshot(`
    "epoch 3/3 · loss 0.310 · ⚠ gradients vanish. [Show gradients](command:show?fit-1)

    A step moved the weights by 3.1×10⁻⁷ of their size at first, by 2.7×10⁻⁷ at last (the median of the layers).

    ![loss by epoch](data:image/svg+xml;base64,…)"
  `);
  expect(hover({ kind: "loss", span, layers: [place] })).toBeNull();
  expect(hover({ kind: "optimizer", span, layers: [{ ...place, column: 3 }] }, [runReport()])).toBeNull();
});

test("a layer before a run: what the code says of it", () => {
  expect(hover({ kind: "layer", span, place })).toBe(
    "**dense, sigmoid** · `[batch, 16] → [batch, 16]` · 272 parameters",
  );
  const untold = { ...inCode, inputShape: null, parameters: null };
  expect(hover({ kind: "layer", span, place }, [], { layer: untold })).toBe("**dense, sigmoid** · `→ [batch, 16]`");
  expect(hover({ kind: "layer", span, place }, [], { layer: { ...untold, outputShape: null } })).toBeNull();
});

test("a call that makes several layers counts as often, and after a run each has its row", () => {
  const repeated: CodeSubject = { ...model, layers: [place, place, place] };
  expect(hover(repeated)).toContain("**3 layers** · 816 parameters");
  expect(hover(repeated)).toContain("| dense × 3 |");
  const layers = ["dense_1", "dense_2", "dense_3"].map((name) =>
    layerReport({ layer: { ...layerReport().layer, name } }),
  );
  const after = hover(repeated, [runReport({ layers })]);
  expect(after).toContain("**3 layers** · 816 parameters");
  expect(after).toMatch(/dense\\_1.*\n.*dense\\_2.*\n.*dense\\_3/);
});

test("more layers than a hover can hold are counted", () => {
  const layers = Array.from({ length: 11 }, (_, index) =>
    layerReport({ layer: { ...layerReport().layer, name: `dense_${index}` } }),
  );
  const text = hover({ ...fitted, layers: [] }, [runReport({ layers })]);
  expect(text).toContain("dense\\_7");
  expect(text).not.toContain("dense\\_8");
  expect(text).toMatch(/and 3 more$/);
});
