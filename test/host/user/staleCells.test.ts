// A user changes cells that others take from: what is out of date says so and why, and one click runs a cell with what it needs.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

describe("cells that are out of date", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = {
      "stale.nnbook": notebookText(["const rate = 20;", "const twice = 2 * rate;", "twice + 2", "'apart'"]),
    };
    journey = await startJourney({ heightPx: 1000, files });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  /** The words below a cell, without the time it took. */
  const marks = (index: number) =>
    journey.workbench.cell(index).locator(".cell-status-left .cell-status-item").allTextContents();

  test("an edit leaves what takes from the cell out of date, and nothing else", async () => {
    const { workbench, page } = journey;
    await workbench.openNotebook("stale.nnbook");
    await workbench.pressRunAll();
    await workbench.waitForStatus(3, "success");
    await workbench.cell(0).locator(".monaco-editor .view-line").first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("1");
    const told = (index: number) => marks(index).then((texts) => texts.join(" "));
    await expect.poll(() => told(0), { timeout: 20_000 }).toContain("edited since it ran");
    await expect.poll(() => told(1), { timeout: 20_000 }).toContain("out of date");
    await expect.poll(() => told(2), { timeout: 20_000 }).toContain("out of date");
    expect(await told(3)).not.toContain("out of date");
    await journey.picture("stale-1");
  });

  test("a mark says why, and runs the cell with what it needs", async () => {
    const { workbench, page } = journey;
    const mark = workbench.cell(2).locator(".cell-status-item", { hasText: "out of date" });
    await mark.hover();
    await page.getByText("Cell 2, which makes or changes 'twice', is out of date.").first().waitFor();
    await journey.picture("stale-2-why");
    await mark.click();
    await workbench.outputFrame(':text("44")');
    await expect.poll(() => mark.count(), { timeout: 20_000 }).toBe(0);
    expect(await marks(3).then((texts) => texts.join(" "))).not.toContain("out of date");
    await journey.picture("stale-3-run");
  });

  test("what stands beside a cell's run button runs it with what it needs, and the cells above and below", async () => {
    const { workbench, page } = journey;
    const cell = workbench.cell(2);
    await cell.hover();
    await cell
      .locator(
        ".run-button-container .dropdown-action-container .action-label, .run-button-container .codicon-chevron-down",
      )
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Run This Cell with What It Needs" }).waitFor();
    await journey.picture("stale-4-menu");
    await page.keyboard.press("Escape");
    for (const name of [/Execute Above Cells/, /Execute Cell and Below/])
      await cell.locator(".cell-title-toolbar").getByRole("button", { name }).first().waitFor({ state: "attached" });
  });

  test("a restart leaves outputs that say they are from before it, and a saved notebook says so when it is opened anew", async () => {
    const { workbench, page } = journey;
    await workbench.runCommand("nnbook: Restart Kernel");
    const told = (index: number) => marks(index).then((texts) => texts.join(" "));
    await expect.poll(() => told(3), { timeout: 20_000 }).toContain("from before the restart");
    await page.keyboard.press("ControlOrMeta+S");
    await page.locator(".tab.active:not(.dirty)").waitFor();
    await page.reload();
    await workbench.waitForNotebook();
    await expect.poll(() => told(2), { timeout: 40_000 }).toContain("from an earlier session");
    expect(await told(3), "once is enough").not.toContain("from an earlier session");
    await journey.picture("stale-5-reloaded");
  });
});
