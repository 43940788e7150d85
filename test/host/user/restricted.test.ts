// A file from a stranger, in a folder that is not trusted: pictures show, nothing runs, each attempt is answered with why, and a page can be made of it. Then the reader trusts the folder.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { viewMimeTypes } from "../../../src/shared/views.ts";
import { sample } from "../../renderer/sampleViews.mts";
import { type Journey, pictureOfFailure, startJourney } from "./journey.ts";

const why = /Cells do not run in this workspace until you trust it/;

/** It leaves a mark in its folder if it ever runs; its pictures come from another machine. */
async function strangersNotebook(): Promise<string> {
  const saved = async (kind: keyof typeof viewMimeTypes, name: string) => ({
    items: { [viewMimeTypes[kind]]: await sample(name), "text/plain": name },
  });
  const code = (source: string, outputs: readonly unknown[]) => ({
    ...{ kind: "code", language: "typescript", source: [source], outputs },
  });
  const cells = [
    code('(await import("node:fs")).writeFileSync("ran", "");', [await saved("gradients", "gradientsTwo")]),
    code("'controls'", [await saved("control", "controlSlider")]),
    code("'diagnosis'", [await saved("diagnosis", "diagnosisTwo")]),
  ];
  return JSON.stringify({ nnbook: 1, metadata: {}, cells });
}

describe("a folder that is not trusted", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = { "stranger.nnbook": await strangersNotebook() };
    journey = await startJourney({ files, isRestricted: true, heightPx: 1700 });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  const hasRun = () => existsSync(path.join(journey.folder, "ran"));
  const hint = () =>
    journey.page.locator(".cell-statusbar-container").getByText("this workspace is not trusted").first();

  test("the notebook opens with its pictures, and says below its first cell that nothing runs", async () => {
    const { workbench } = journey;
    await workbench.openFromExplorer("stranger.nnbook");
    await hint().waitFor({ timeout: 60_000 });
    const plot = await workbench.inOutput(".plot.dots");
    await expect.poll(() => plot.isVisible()).toBe(true);
    const control = await workbench.outputFrame(
      "text=Saved value; cells do not run in this workspace until you trust it.",
    );
    expect(await control.locator('input[type="range"]').first().isDisabled()).toBe(true);
    await journey.picture("12-restricted");
  });

  test("a diagnosis says where Apply would be that nothing is applied", async () => {
    const { workbench } = journey;
    await workbench.scrollToCell(2);
    const frame = await workbench.outputFrame(".finding");
    await frame.getByRole("button", { name: "Use ReLU + He…" }).first().click();
    await frame.getByText("can be applied once you trust this workspace").first().waitFor();
    expect(await frame.getByRole("button", { name: /^Apply/ }).count()).toBe(0);
    await journey.picture("13-restricted-diagnosis");
  });

  test("each way to run that VS Code has asks for trust; who does not give it runs nothing", async () => {
    const { workbench, page } = journey;
    const ways: readonly (() => Promise<void>)[] = [
      () => workbench.runCell(0),
      () => workbench.pressRunAll(),
      async () => {
        await workbench.cell(0).locator(".view-lines").first().click();
        await page.keyboard.press("Shift+Enter");
      },
      async () => {
        await workbench.cell(0).locator(".view-lines").first().click();
        await workbench.runCommand("Execute Cell and Below");
      },
    ];
    const dialog = page.locator(".monaco-dialog-box");
    for (const [index, run] of ways.entries()) {
      await run();
      await dialog.getByText(/run code from this workspace/).waitFor({ timeout: 30_000 });
      if (index === 0) await journey.picture("14-restricted-run");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "detached" });
      expect(hasRun(), `way ${index}`).toBe(false);
    }
  });

  test("commands that would run say why they do not", async () => {
    const { workbench } = journey;
    await workbench.cell(0).locator(".view-lines").first().click();
    for (const title of [
      "nnbook: Restart Kernel and Run All Cells",
      "nnbook: Restart Kernel",
      "nnbook: Run This Cell with What It Needs",
      "nnbook: Debug Cell",
    ]) {
      await workbench.runCommand("Notifications: Clear All Notifications");
      await expect.poll(() => workbench.notifications(), { timeout: 15_000 }).toEqual([]);
      await workbench.runCommand(title);
      await expect.poll(() => workbench.notifications(), { timeout: 15_000 }).toEqual([expect.stringMatching(why)]);
    }
    expect(hasRun()).toBe(false);
  });

  test("a page is made of it with its pictures, and nothing runs", async () => {
    const { workbench, page } = journey;
    await workbench.cell(0).click();
    await workbench.runCommand("nnbook: Export Notebook…");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "HTML" }).first().click();
    // The dialog of a VS Code in the browser.
    const name = page.locator(".quick-input-widget input.input").first();
    await expect.poll(() => name.inputValue(), { timeout: 30_000 }).toMatch(/stranger\.html$/);
    await page.keyboard.press("Enter");
    const file = path.join(journey.folder, "stranger.html");
    const text = async () => (existsSync(file) ? await readFile(file, "utf8") : "");
    await expect.poll(text, { timeout: 60_000 }).toContain(viewMimeTypes.diagnosis);
    expect(hasRun()).toBe(false);
  });

  test("from the hint the reader comes to where trust is given; then cells run, in the same window", async () => {
    const { workbench, page } = journey;
    await page.evaluate(() => Object.assign(globalThis, { isSameWindow: true }));
    await hint().click();
    await page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).first().click();
    // Newer versions show that editor above everything, older ones in a tab.
    const above = page.locator(".monaco-modal-editor-block");
    if ((await above.count()) > 0) await above.locator(".codicon-close").first().click();
    await above.waitFor({ state: "detached" });
    await workbench.openFromExplorer("stranger.nnbook");
    await hint().waitFor({ state: "detached", timeout: 30_000 });
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    expect(hasRun()).toBe(true);
    expect(await page.evaluate(() => "isSameWindow" in globalThis)).toBe(true);
    await journey.picture("15-trusted");
  });
});
