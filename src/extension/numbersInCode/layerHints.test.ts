// What stands behind a layer's call, between the code, before and after a run.

import { expect, test, vi } from "vitest";
import { layerReport, runReport } from "../../../test/support/runReports.ts";
import type { LayerReport, RunReport } from "../../shared/layerReport.ts";
import type { LayerInCode } from "../../shared/modelsInCode.ts";
import type { Message } from "../../shared/words/message.ts";

vi.mock("vscode", () => import("../../../test/support/fakeVscode.ts"));

const { hintOffset, layerHint } = await import("./layerHints.ts");
const { writeSparkline } = await import("./sparkline.ts");
const { RunStore } = await import("../runs/runStore.ts");

const source = "const model = sequential([\n  layers.dense(16),\n]);";
const place = { cellId: "cell:a", line: 2, column: 10 };
const inCode: LayerInCode = {
  ...{ place, end: 44, name: "dense", activation: "sigmoid" },
  ...{ inputShape: [16], outputShape: [16], parameters: 272 },
};
const unknownInCode: LayerInCode = { ...inCode, outputShape: null, parameters: null };

function hint(layer: LayerInCode, report: RunReport | null = null, text = source) {
  const store = new RunStore();
  if (report !== null) store.report("cell:a", 1, report, new Map([["cell:a", source]]));
  return layerHint({
    layer,
    runs: store.newestFirst(),
    textOf: () => text,
    isOld: () => text !== source,
    locale: "en",
  });
}

const says = (tone: "good" | "info" | "warning" | "error", message: Message): Partial<LayerReport> => ({
  sentence: { tone, messages: [message] },
});
const health = (changes: Partial<LayerReport>) => hint(inCode, runReport({ layers: [layerReport(changes)] })).health;

test("before a run: what the code tells", () => {
  expect(hint(inCode)).toEqual({ shape: "→ [batch, 16] · 272", health: null });
  expect(hint({ ...inCode, outputShape: [28, 28, 8], parameters: 9248 }).shape).toBe("→ [batch, 28, 28, 8] · 9,248");
  expect(hint({ ...inCode, parameters: 0 }).shape).toBe("→ [batch, 16]");
  expect(hint(unknownInCode).shape).toBeNull();
});

test("after a run: what the run tells where the code does not", () => {
  expect(hint(unknownInCode, runReport()).shape).toBe("→ [batch, 16] · 272");
  expect(hint({ ...inCode, outputShape: [8], parameters: 136 }, runReport()).shape).toBe("→ [batch, 8] · 136");
  const other = layerReport({ layer: { ...layerReport().layer, parameters: 80 } });
  expect(hint(unknownInCode, runReport({ layers: [layerReport(), other] })).shape).toBe("→ [batch, 16]");
});

test("how the gradient fared: mark, sparkline, and what is wrong", () => {
  expect(hint(inCode, runReport()).health).toBe("⚠ █▅▁ g 5.7×10⁻⁸");
  expect(health(says("good", { id: "layerHealthy", args: {} }))).toBe("✓ █▅▁");
  expect(health(says("error", { id: "layerNotFiniteSince", args: {} }))).toBe("✕ █▅▁ NaN");
  const dead = { dead: { kind: "count", value: 6 }, units: { kind: "count", value: 16 } } as const;
  expect(health(says("warning", { id: "layerDead", args: dead }))).toBe("⚠ █▅▁ 6/16 dead");
  expect(health(says("info", { id: "layerHeld", args: {} }))).toBe("· █▅▁ held");
  expect(health(says("info", { id: "layerUnknown", args: {} }))).toBeNull();
  expect(health({ sentence: null })).toBeNull();
});

test("after an edit the numbers are called old, and follow their layer", () => {
  const text = `// a line more\n${source}`;
  const moved = { ...inCode, place: { ...place, line: 3 } };
  expect(hint(moved, runReport(), text).health).toBe("⚠ █▅▁ g 5.7×10⁻⁸ · old");
  expect(hint(inCode, runReport(), text).health).toBeNull();
});

test("a hint stands behind the comma that ends its line, else behind the call", () => {
  const at = (text: string) => hintOffset(text, text.indexOf(")") + 1) - text.indexOf(")");
  expect([
    at("dense(1),\n"),
    at("dense(1), // wide\n"),
    at("dense(1)\n"),
    at("dense(1), dense(2)"),
    at("dense(1)"),
  ]).toEqual([2, 2, 1, 1, 1]);
});

test("a sparkline in characters: six at most, gaps for zeros, and no drama in noise", () => {
  expect(writeSparkline([1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11], 6)).toBe("█▇▅▄▃▂");
  expect(writeSparkline([1, 0.9, 1.1, 1], 6)).toBe("▅▄▅▅");
  expect(writeSparkline([1e-3, 0, "NaN", 1e-5], 6)).toBe("█  ▁");
  expect(writeSparkline([1], 6)).toBe("");
});
