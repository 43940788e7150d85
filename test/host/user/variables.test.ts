// A user looks at variables: values after a cell, inside a model, as a grid, as a table, while a loop never ends, and when the kernel is gone.
// Unit tests alone: that to look runs no code of a value's and takes milliseconds (src/kernel/variables/peek.test.ts), which no window shows.

import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { canvasPrint, type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

const cells = [
  'import { datasets, layers, sequential, tensor } from "nnbook";\nconst rate = 0.1;\nconst names = ["sgd", "adam"];\nconst flowers = datasets.iris();\nconst pid = process.pid;\nconst waves = tensor(Array.from({ length: 40 }, (_, row) => Array.from({ length: 30 }, (_, at) => Math.sin(row / 4) * Math.cos(at / 3))));',
  'const hidden = Array.from({ length: 6 }, () => layers.dense(8, { activation: "sigmoid" }));\nconst model = sequential([...hidden, layers.dense(3, { activation: "softmax" })]);\nmodel.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });\nconst run = await model.fit(datasets.iris().standardize(), { epochs: 20, seed: 1 });',
  "let counter = 0;\nconst drift = new Float64Array(3);\nwhile (true) drift[1] = counter++;",
];

describe("the variables of a notebook", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ heightPx: 1000, files: { "variables.nnbook": notebookText(cells) } });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  /** The line of a variable, or of a part of one, whose words begin like this. */
  function line(words: string): Locator {
    return journey.page.locator(`.part.panel .monaco-list-row[aria-label^="${words}"]`).first();
  }

  async function openGrid(words: string): Promise<void> {
    await line(words).hover();
    await line(words).locator(".action-label.codicon-open-preview").click();
  }

  test("stand in a view of their own once a cell has run", async () => {
    const { workbench, page } = journey;
    await workbench.openNotebook("variables.nnbook");
    await workbench.runCommand("Focus on Variables View");
    await page.locator(".part.panel", { hasText: "No kernel is running." }).waitFor();
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    await line("rate, number, 0.1").waitFor();
    await line("waves, Tensor [40, 30]").waitFor();
    await line("Imports, 4").waitFor();
    await journey.picture("variables-1-first");
  });

  test("a model opens into its layers, with the health of their gradients, and these into their weights", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "success", 120_000);
    await line("run, Run, finished · epoch 20/20").waitFor();
    await line("model, Model").locator(".monaco-tl-twistie").click();
    await line("dense_1, dense [batch, 8], sigmoid").waitFor();
    expect(await line("dense_1, dense").getAttribute("aria-label")).toMatch(/gradient vanishes: mean \|g\|/);
    await line("dense_1, dense").locator(".monaco-tl-twistie").click();
    await line("kernel, Parameter [4, 8]").waitFor();
    await journey.picture("variables-2-model");
    await openGrid("kernel, Parameter");
    // Few numbers are written, each on its colour.
    const frame = await workbench.outputFrame(".gridPicture tbody");
    await frame.locator(".gridPicture .shape", { hasText: "[4, 8]" }).waitFor();
    await page.keyboard.press("ControlOrMeta+W");
  });

  test("one leads to the cell and the line that declares it", async () => {
    const { workbench, page } = journey;
    await line("names, Array [2]").click();
    // The word is chosen in the cell.
    await workbench.cell(0).locator(".selected-text").first().waitFor({ state: "attached" });
    expect(await page.locator(".part.panel .monaco-list-row.focused").count()).toBeGreaterThan(0);
  });

  test("a tensor opens as a grid, whose parts are reached by the bar, in the colours of the theme", async () => {
    const { workbench, page } = journey;
    await openGrid("waves, Tensor");
    const frame = await workbench.outputFrame(".gridPicture canvas");
    const canvas = frame.locator(".gridPicture canvas").first();
    await canvas.waitFor();
    await frame.locator(".gridPicture .shape", { hasText: "[40, 30]" }).waitFor();
    await journey.picture("variables-3-grid");
    const light = await canvasPrint(canvas);
    await workbench.switchTheme("dark");
    await expect.poll(() => canvasPrint(canvas)).not.toBe(light);
    await journey.picture("variables-4-grid-dark");
    await workbench.switchTheme("highContrast");
    await journey.picture("variables-5-grid-high-contrast");
    await workbench.switchTheme("light");
    await frame.getByRole("button", { name: "Numbers", exact: true }).click();
    await frame.locator(".gridBar", { hasText: "rows 0–23 of 40" }).waitFor();
    await frame.getByRole("button", { name: "Rows after" }).click();
    await frame.locator(".gridBar", { hasText: "rows 16–39 of 40" }).waitFor();
    await frame.locator(".gridPicture tbody th", { hasText: /^39$/ }).waitFor();
    await journey.picture("variables-6-grid-numbers");
    await page.keyboard.press("ControlOrMeta+W");
  });

  test("data opens as a table of its examples", async () => {
    const { workbench, page } = journey;
    await openGrid("flowers,");
    const frame = await workbench.outputFrame(".gridPicture table");
    const table = frame.locator(".gridPicture table").first();
    await expect.poll(() => table.textContent(), { timeout: 30_000 }).toMatch(/petal.*setosa/is);
    await journey.picture("variables-7-table");
    await page.keyboard.press("ControlOrMeta+W");
  });

  test("a value that a busy loop changes is seen to change; after the stop it stands", async () => {
    const { workbench } = journey;
    // The list draws only what is near the visible part.
    await line("model, Model").locator(".monaco-tl-twistie").click();
    await workbench.runCell(2);
    await workbench.waitForStatus(2, "executing");
    const counted = async () =>
      Number(/counter, number, (\d+)/.exec((await line("counter").getAttribute("aria-label")) ?? "")?.[1]);
    await line("counter, number").waitFor();
    const first = await counted();
    await expect.poll(counted, { timeout: 30_000 }).toBeGreaterThan(first);
    await openGrid("drift, Float64Array");
    const frame = await workbench.outputFrame(".gridPicture tbody");
    const numbers = () => frame.locator(".gridPicture tbody").first().textContent();
    await expect.poll(numbers, { timeout: 30_000 }).toMatch(/[1-9]/);
    const before = await numbers();
    await expect.poll(numbers, { timeout: 30_000 }).not.toBe(before);
    await workbench.cell(2).locator(".view-lines").first().click();
    await workbench.runCommand("nnbook: Stop Running Cells");
    await workbench.waitForStatus(2, "none");
    await line("counter, number").waitFor();
  });

  test("a killed kernel empties the view, and its grid says that these are the numbers of before", async () => {
    const { workbench, page } = journey;
    const [, pid] = /pid, number, (\d+)/.exec((await line("pid, number").getAttribute("aria-label")) ?? "") ?? [];
    expect(Number(pid)).toBeGreaterThan(1);
    process.kill(Number(pid), "SIGKILL");
    await page.locator(".part.panel", { hasText: "No kernel is running." }).waitFor();
    const frame = await workbench.outputFrame(".gridSaid");
    await frame.locator(".gridSaid", { hasText: "The kernel is gone: these are the numbers of before" }).waitFor();
    await frame.locator(".gridPicture.old tbody").first().waitFor();
    await journey.picture("variables-8-killed");
  });

  test("a restart empties the view", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(0);
    await line("rate, number, 0.1").waitFor();
    await workbench.runCommand("nnbook: Restart Kernel");
    await page.locator(".part.panel", { hasText: "No kernel is running." }).waitFor();
    // That the kernel was killed was told on purpose.
    const told = /kernel of this notebook is gone: .*SIGKILL/;
    expect(journey.problems.filter((problem) => !told.test(problem))).toEqual([]);
  });
});
