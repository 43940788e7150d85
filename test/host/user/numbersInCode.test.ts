// Someone builds a deep net: reads the shapes between the code, lets a quick fix mend what will not learn, takes it back, trains, and reads again.

import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

const layer = '  layers.dense(16, { activation: "sigmoid" }),';
const cells = [
  'import { datasets, layers, sequential } from "nnbook";\nconst data = datasets.iris().standardize();',
  `const model = sequential([\n${Array(6).fill(layer).join("\n")}\n  layers.dense(3, { activation: "softmax" }),\n]);\nmodel.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });`,
  "const run = await model.fit(data, { epochs: 3, seed: 1 });",
];

describe("a net's numbers in its code", () => {
  let journey: Journey;
  const linesOf = async (): Promise<string> =>
    ((await journey.workbench.cell(1).locator(".view-lines").first().textContent()) ?? "").replaceAll("\u00a0", " ");
  const wordIn = (text: string): Locator =>
    journey.workbench.cell(1).locator(".view-line span", { hasText: new RegExp(`^\\s*${text}\\s*$`) });

  beforeAll(async () => {
    journey = await startJourney({ files: { "deep.nnbook": notebookText(cells) } });
    await journey.workbench.openNotebook("deep.nnbook");
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("shapes and sizes stand behind the layers before anything ran", async () => {
    await expect.poll(linesOf, { timeout: 60_000 }).toMatch(/→ \[batch, 16\] · 272.*→ \[batch, 3\] · 51/);
  });

  test("a quick fix mends what will hardly learn, and one undo takes it back", async () => {
    const { page, workbench } = journey;
    await workbench.cell(1).locator(".squiggly-warning").first().waitFor({ timeout: 60_000 });
    await wordIn('"sigmoid"').first().click();
    await workbench.cell(1).locator(".monaco-editor.focused").waitFor({ timeout: 30_000 });
    // VS Code 1.100 covers the list for the mouse.
    const fix = page.locator(".action-widget .monaco-list-row.focused", { hasText: /heNormal/ });
    // A key that comes while the editor still takes the focus is lost.
    await vi.waitFor(
      async () => {
        await page.keyboard.press("ControlOrMeta+.");
        await fix.waitFor({ timeout: 5_000 });
      },
      { timeout: 60_000 },
    );
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await linesOf()).match(/"relu"/g)?.length, { timeout: 30_000 }).toBe(6);
    await page.keyboard.press("ControlOrMeta+Z");
    await expect.poll(async () => (await linesOf()).match(/"sigmoid"/g)?.length, { timeout: 30_000 }).toBe(6);
  });

  test("after a run each layer's gradient stands there too, in every theme, and old once the code has changed", async () => {
    const { page, workbench } = journey;
    for (const index of [0, 1, 2]) {
      await workbench.runCell(index);
      await workbench.waitForStatus(index, "success");
    }
    const below = workbench.cell(2).locator(".cell-status-item", { hasText: "epoch" });
    await expect.poll(() => below.textContent()).toMatch(/^epoch 3\/3 · loss \d\S* · ⚠ gradients vanish$/);
    await workbench.scrollToCell(1);
    await expect.poll(linesOf, { timeout: 60_000 }).toMatch(/⚠ [▁-█]{2,6} g \d/);
    for (const theme of ["dark", "light", "highContrast"] as const) {
      await workbench.switchTheme(theme);
      await journey.picture(`50-numbersInCode-${theme}`);
    }
    await wordIn('"sgd"').first().click();
    await page.keyboard.press("End");
    await page.keyboard.type(" // slower");
    await expect.poll(linesOf, { timeout: 60_000 }).toContain("· old");
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });
});
