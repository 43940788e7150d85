// A user who looks for a mistake: a breakpoint by F9, Debug Cell, the variables, a step, and on.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

describe("debugging a cell", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = { "debugged.nnbook": notebookText(["const base = 20;\nconst answer = base * 2 + 2;\nanswer"]) };
    journey = await startJourney({ heightPx: 1000, files });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("the cell stops at the breakpoint, shows its variables, steps and goes on", async () => {
    const { workbench, page } = journey;
    await workbench.openNotebook("debugged.nnbook");
    const cell = workbench.cell(0);
    await cell.locator(".view-line", { hasText: "base * 2" }).click();
    await page.keyboard.press("F9");
    await cell.locator(".codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified").first().waitFor();
    await workbench.runCommand("Debug Cell");
    const glyph = cell.locator(".codicon-debug-stackframe");
    await glyph.first().waitFor({ timeout: 90_000 });
    await page.keyboard.press("Control+Shift+D");
    await page.locator(".debug-variables .monaco-list-row", { hasText: "Cells" }).first().click();
    const variable = page.locator(".debug-variables .monaco-list-row", { hasText: "base" }).first();
    await variable.waitFor({ timeout: 60_000 });
    expect(await variable.textContent()).toContain("20");
    await journey.picture("debugged-stopped");
    await page.keyboard.press("F10");
    const stepped = page.locator(".debug-variables .monaco-list-row", { hasText: "answer" }).first();
    await expect.poll(() => stepped.textContent(), { timeout: 60_000 }).toContain("42");
    await page.keyboard.press("F5");
    await workbench.waitForStatus(0, "success");
    await workbench.outputFrame(':text("42")');
    await page.locator(".debug-toolbar").waitFor({ state: "hidden", timeout: 60_000 });
    await journey.picture("debugged-over");
  });
});
