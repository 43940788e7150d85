// Someone writes code in cells: takes suggestions, reads hovers and marks, renames, puts right what is marked, looks for uses and symbols, formats,
// folds, goes to definitions, and edits a module beside the notebook.

import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

const cells = [
  "const rate = 0.5;",
  "const twice = 2 * rate;",
  "",
  "layers.dense(4);",
  "if(rate>0){\nconst small=rate\n}",
  'import { rate as read } from "./rates.ts";\nread',
  "soon + 1",
  "const soon = 2;",
];

describe("writing code in cells", () => {
  let journey: Journey;
  const line = (cell: number, text: string | RegExp): Locator =>
    journey.workbench.cell(cell).locator(".view-line", { hasText: text });
  /** The lines of a cell as they are shown. */
  const linesOf = async (cell: number): Promise<string> =>
    (await journey.workbench.cell(cell).locator(".view-lines").allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  const clickWord = async (cell: number, word: string): Promise<void> => {
    const found = journey.workbench.cell(cell).locator(".view-line span", { hasText: new RegExp(`^\\s*${word}\\s*$`) });
    await found.first().click();
  };
  const focused = (cell: number): Locator =>
    journey.page.locator(`.notebookOverlay:visible .monaco-list-row.focused[data-index="${cell}"]`);
  beforeAll(async () => {
    const files = { "code.nnbook": notebookText(cells), "rates.ts": "export const rate = 0.125;\n" };
    journey = await startJourney({ files });
    await journey.workbench.openNotebook("code.nnbook");
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("a suggestion that is taken brings its import along", async () => {
    const { page, workbench } = journey;
    await workbench.cell(2).locator(".view-lines").first().click();
    await page.keyboard.type("sequen", { delay: 40 });
    const suggestion = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "sequential" }).first();
    await suggestion.waitFor({ timeout: 60_000 });
    await expect.poll(async () => (await suggestion.allInnerTexts()).join()).toContain("nnbook");
    await journey.picture("40-suggestion");
    await suggestion.click();
    await expect
      .poll(() => linesOf(2), { timeout: 30_000 })
      .toMatch(/import \{ sequential \} from "nnbook";\s+sequential/);
    await page.keyboard.press("Escape");
  });

  test("a hover over its name shows what it is", async () => {
    expect(await journey.workbench.hoverCode(2, "sequential", /function sequential/)).toContain("sequential");
    await journey.page.mouse.move(4, 4);
  });

  test("a name gets another in all cells", async () => {
    const { page } = journey;
    await clickWord(1, "rate");
    await page.keyboard.press("F2");
    const box = page.locator(".rename-box .rename-input");
    await box.waitFor({ timeout: 30_000 });
    await box.fill("speed");
    await page.keyboard.press("Enter");
    await line(0, "const speed = 0.5;").waitFor({ timeout: 30_000 });
    await line(1, "const twice = 2 * speed;").waitFor();
    await line(4, "if(speed>0){").waitFor();
    await journey.picture("41-renamed");
  });

  test("what is missing is imported by a quick fix", async () => {
    const { page, workbench } = journey;
    await workbench.cell(3).locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    await workbench.hoverCode(3, "layers", /"layers" is a part of nnbook: write import \{ layers \}/);
    await page.mouse.move(4, 4);
    await clickWord(3, "layers");
    await page.keyboard.press("ControlOrMeta+.");
    const action = page.locator(".action-widget .monaco-list-row.focused", {
      hasText: 'Import "layers" from "nnbook"',
    });
    await action.waitFor({ timeout: 60_000 });
    await journey.picture("42-quick-fix");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => linesOf(3), { timeout: 30_000 })
      .toMatch(/import \{ layers \} from "nnbook";\s+layers\.dense/);
    await expect.poll(() => workbench.cell(3).locator(".squiggly-error").count(), { timeout: 30_000 }).toBe(0);
  });

  test("a name that a later cell defines says so", async () => {
    await journey.workbench.cell(6).locator(".squiggly-warning").first().waitFor({ timeout: 60_000 });
    await journey.workbench.hoverCode(6, "soon", /"soon" is defined in a later cell: cell 8/);
    await journey.page.mouse.move(4, 4);
  });

  test("a name has one colour wherever it stands: that of what it is", async () => {
    const colourOf = (cell: number) =>
      journey.workbench
        .cell(cell)
        .locator(".view-line span > span", { hasText: /^\s*speed\s*$/ })
        .first()
        .evaluate((word) => getComputedStyle(word).color);
    // A grammar alone colours a constant as one only where it is declared.
    await expect.poll(() => colourOf(1), { timeout: 30_000 }).toBe(await colourOf(0));
  });

  test("the uses of a name are shown, in all cells", async () => {
    const { page } = journey;
    await clickWord(1, "speed");
    await page.keyboard.press("Shift+F12");
    const uses = page.locator(".reference-zone-widget .monaco-list-row");
    await uses.filter({ hasText: "const speed = 0.5" }).first().waitFor({ timeout: 30_000 });
    await journey.picture("44-uses");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".reference-zone-widget").count(), { timeout: 15_000 }).toBe(0);
  });

  test("what cells declare is listed, and gone to", async () => {
    const { page } = journey;
    await clickWord(1, "speed");
    await page.keyboard.press("ControlOrMeta+Shift+O");
    const symbol = (name: string) => page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
    await symbol("twice").waitFor({ timeout: 30_000 });
    await journey.picture("45-symbols");
    await page.keyboard.type("small", { delay: 40 });
    await expect.poll(() => symbol("twice").count(), { timeout: 15_000 }).toBe(0);
    await symbol("small").waitFor({ timeout: 15_000 });
    await page.keyboard.press("Enter");
    await focused(4).waitFor({ timeout: 30_000 });
  });

  test("a mark is gone to and read by keys alone, in high contrast", async () => {
    const { page, workbench } = journey;
    await workbench.switchTheme("highContrast");
    await page.keyboard.press("Escape");
    for (const next of [5, 6]) {
      await page.keyboard.press("ArrowDown");
      await focused(next).waitFor({ timeout: 30_000 });
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Alt+F8");
    const mark = page.locator(".marker-widget:visible");
    await expect
      .poll(() => mark.textContent(), { timeout: 30_000 })
      .toContain('"soon" is defined in a later cell: cell 8');
    await journey.picture("47-mark-highContrast");
    await page.keyboard.press("Escape");
    await workbench.switchTheme("light");
  });

  test("a cell is laid out", async () => {
    await line(4, "small").click();
    await journey.workbench.runCommand("Format Notebook");
    await expect.poll(() => linesOf(4), { timeout: 30_000 }).toMatch(/if \(speed > 0\) \{\s+const small = speed\s+\}/);
  });

  test("a block is folded", async () => {
    const { page } = journey;
    await line(4, "small").click();
    await page.keyboard.press("ControlOrMeta+Shift+BracketLeft");
    await expect.poll(() => linesOf(4), { timeout: 30_000 }).not.toContain("small");
    await page.keyboard.press("ControlOrMeta+Shift+BracketRight");
    await expect.poll(() => linesOf(4), { timeout: 30_000 }).toContain("small");
  });

  test("an option in quotes offers its names", async () => {
    const { page } = journey;
    await line(3, "layers.dense(4);").click();
    await page.keyboard.press("End");
    for (let back = 0; back < 2; back++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(', { activation: "', { delay: 40 });
    const names = page.locator(".suggest-widget.visible .monaco-list-row");
    await names.filter({ hasText: "elu" }).first().waitFor({ timeout: 30_000 });
    await page.keyboard.type("gel", { delay: 40 });
    await names.filter({ hasText: "gelu" }).first().waitFor({ timeout: 30_000 });
    await page.keyboard.press("Enter");
    await line(3, 'activation: "gelu"').waitFor({ timeout: 30_000 });
  });

  test("a definition is gone to, in another cell and in nnbook's types", async () => {
    const { page } = journey;
    await clickWord(1, "speed");
    await page.keyboard.press("F12");
    await journey.workbench
      .cell(0)
      .locator(".cell-editor-focus, .monaco-editor.focused")
      .first()
      .waitFor({ timeout: 30_000 });
    await clickWord(3, "dense");
    await page.keyboard.press("F12");
    await page.locator(".tab.active", { hasText: /\.d\.ts/ }).waitFor({ timeout: 30_000 });
    await page.locator(".view-line", { hasText: "declare function dense" }).first().waitFor({ timeout: 30_000 });
    await journey.picture("43-types");
    await journey.workbench.runCommand("View: Close Editor");
  });

  test("a module that was edited is saved from the mark of its import, and the next run takes it", async () => {
    const { page, workbench } = journey;
    await workbench.runCell(5);
    await workbench.waitForStatus(5, "success");
    await workbench.outputFrame(':text("0.125")');
    await workbench.openFromExplorer("rates.ts");
    await page.locator(".view-line", { hasText: "export const rate" }).first().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText("export const rate = 0.875;\n");
    await page.locator('.tab[data-resource-name="code.nnbook"]').click();
    await workbench.cell(5).locator(".squiggly-warning").first().waitFor({ timeout: 60_000 });
    await line(5, "rates.ts").locator("span", { hasText: "rates.ts" }).last().click();
    await page.keyboard.press("ControlOrMeta+.");
    const action = page.locator(".action-widget .monaco-list-row.focused", { hasText: "Save rates.ts" });
    await action.waitFor({ timeout: 60_000 });
    await journey.picture("46-save-module");
    await page.keyboard.press("Enter");
    await expect.poll(() => workbench.cell(5).locator(".squiggly-warning").count(), { timeout: 60_000 }).toBe(0);
    await workbench.runCell(5);
    await workbench.outputFrame(':text("0.875")');
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });
});
