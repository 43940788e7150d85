// What a hover over a layer's call says after a run.

import { expect, test, vi } from "vitest";
import { layerReport, runReport, trainingView } from "../../../test/support/runReports.ts";
import type { RunReport } from "../../shared/layerReport.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { layerHover } = await import("./layerHover.ts");
const { runStatus } = await import("../runs/runStatus.ts");
const { drawSparkline } = await import("./sparkline.ts");
const { RunStore } = await import("../runs/runStore.ts");

const source = "const model = sequential([\n  layers.dense(16),\n]);";
const place = { cellId: "cell:a", line: 2, column: 10 };

function hover(report: RunReport, { text = source, at = place, locale = "en" as "en" | "ko" } = {}): string | null {
  const store = new RunStore();
  store.report("cell:a", 1, report, new Map([["cell:a", source]]));
  const textOf = () => text;
  const showRunLink = (runId: string) => `command:show?${runId}`;
  return layerHover({
    runs: store.newestFirst(),
    place: at,
    textOf,
    isOld: () => text !== source,
    locale,
    showRunLink,
  });
}

const withoutPicture = (text: string | null) => text?.replace(/base64,[^)]*/, "base64,…");

test("says the layer, its verdict, its picture and its numbers at the first and the last step", () => {
  expect(withoutPicture(hover(runReport()))).toMatchInlineSnapshot(`
    "**dense\\_3** · dense, sigmoid · \`[batch, 16] → [batch, 16]\` · 272 parameters

    $(warning) **Gradient vanishes:** 5.67×10⁻⁸, 2.7× less than dense\\_4. [Show gradients](command:show?fit-1)

    ![mean |g| by step, 10⁻⁸ to 10⁻⁶, ends at 5.67×10⁻⁸](data:image/svg+xml;base64,…)

    | | &emsp;step 1 | &emsp;step 396 |
    |:--|--:|--:|
    | mean \\|g\\| | 9.85×10⁻⁷ | 5.67×10⁻⁸ |
    | update : weight | 3.1×10⁻⁷ | 2.7×10⁻⁷ |
    | activation | 0.48 ± 0.15 | 0.48 ± 0.15 |"
  `);
});

test("an edit elsewhere in the cell keeps the layer and calls its numbers old", () => {
  const text = `// a line more\n${source}`;
  const moved = hover(runReport(), { text, at: { ...place, line: 3 } });
  expect(moved).toContain("**dense\\_3**");
  expect(moved).toContain("272 parameters · old");
  expect(hover(runReport(), { text })).toBeNull();
});

test("of several layers made by one call the worst is shown, with their number", () => {
  const healthy = layerReport({ sentence: { tone: "good", messages: [] } });
  const worst = layerReport({ layer: { ...healthy.layer, name: "dense_7" } });
  const text = hover(runReport({ layers: [healthy, worst, healthy] }));
  expect(text).toContain("**dense\\_7**");
  expect(text).toContain("parameters · the worst of 3 made here");
});

test("during a run it is live", () => {
  expect(hover(runReport({ state: "running", epochs: { done: 3, planned: 40 } }))).toContain("· live, epoch 3/40");
});

test("earlier trainings of the same call are named below the newest, each with its verdict", () => {
  const store = new RunStore();
  const sources = new Map([["cell:a", source]]);
  store.report("cell:b", 1, runReport({ runId: "fit-1", name: "sigmoid" }), sources);
  const healthy = layerReport({
    sentence: { tone: "good", messages: [{ id: "layerHealthy", args: { size: { kind: "number", value: 0.012 } } }] },
  });
  store.report("cell:c", 2, runReport({ runId: "fit-2", name: "relu", layers: [healthy] }), sources);
  const text = layerHover({
    ...{ runs: store.newestFirst(), place, locale: "en" as const },
    ...{ textOf: () => source, isOld: () => false, showRunLink: (runId: string) => `command:show?${runId}` },
  });
  expect(text).toMatch(/Gradient healthy: 0.0120.*\n\nsigmoid · dense\\_3: \$\(warning\) \*\*Gradient vanishes:\*\*/s);
  expect(text).toContain("command:show?fit-2");
});

test("shares stand in the table only where they say something", () => {
  const rows = [
    { measure: "saturatedShare", first: 0.1, last: 0.2 },
    { measure: "deadShare", first: 0, last: 0.25 },
  ] as const;
  const text = hover(runReport({ layers: [layerReport({ rows })] }));
  expect(text).toContain("| dead units | 0 % | 25 % |");
  expect(text).not.toContain("saturated |");
});

test("another place knows nothing", () => {
  expect(hover(runReport(), { at: { ...place, column: 3 } })).toBeNull();
  expect(hover(runReport(), { at: { ...place, cellId: "cell:b" } })).toBeNull();
});

test("names cannot smuggle in markup", () => {
  const layer = { ...layerReport().layer, name: "[x](command:evil) <b>" };
  const text = hover(runReport({ layers: [layerReport({ layer })] }));
  expect(text).toContain("\\[x\\]\\(command:evil\\) \\<b\\>");
});

test("a sparkline has gaps for zeros and none at all for a single point", () => {
  const drawn = drawSparkline([1e-3, 1e-4, 0, 1e-2, "NaN", 1e-3]);
  const svg = Buffer.from(drawn?.uri.split(",")[1] ?? "", "base64").toString();
  expect([drawn?.from, drawn?.to]).toEqual([-4, -2]);
  expect(svg.match(/stroke="#2a9485"[^>]*d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(3);
  expect(svg).not.toMatch(/<text|NaN|Infinity/);
  expect(drawSparkline([1, 0, null])).toBeNull();
});

test("the line below a cell says epoch, loss and verdict", () => {
  const store = new RunStore();
  store.start("cell:a", 1, trainingView({ epochs: { done: 12, planned: 50 } }), new Map());
  store.report("cell:a", 1, runReport({ loss: 0.31 }), new Map());
  const run = store.get("fit-1");
  if (!run) throw new Error("no run");
  expect(runStatus(run, "en")).toBe("epoch 12/50 · loss 0.310 · ⚠ gradients vanish");
  const diverged = store.replaceView(trainingView({ state: "diverged", epochs: { done: 1, planned: 2 } }));
  expect(diverged && runStatus(diverged, "en")).toBe("epoch 1/2 · loss 0.310 · ✕ diverged");
});
