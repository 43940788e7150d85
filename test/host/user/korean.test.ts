// A reader with a Korean VS Code: charts, hovers and errors speak Korean, until the setting says otherwise.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

/** Cells of ko/05-vanishing-gradients.nnbook. */
const cells = { data: 1, network: 3, fit: 5 };

const hangul = /\p{Script=Hangul}{2,}/u;

describe("in Korean", () => {
  let journey: Journey;
  beforeAll(async () => {
    const errors = ['import "nowhere-at-all";', 'throw new Error("x", { cause: new TypeError("y") });', 'throw "z";'];
    journey = await startJourney({ locale: "ko", files: { "errors.nnbook": notebookText(errors) } });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("a training says what it does", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("ko/05-vanishing-gradients.nnbook");
    await workbench.outputFrame('h1:has-text("기울기 소실")');
    for (const index of [cells.data, cells.network, cells.fit]) {
      await workbench.runCell(index);
      await workbench.waitForStatus(index, "success");
    }
    await workbench.scrollToCell(cells.fit);
    const below = workbench.cell(cells.fit).locator(".cell-status-item", { hasText: "에포크" });
    await expect.poll(() => below.textContent()).toMatch(/^에포크 \d+\/\d+ · 손실 \d\S* · ⚠ 기울기 소실$/);
    const frame = await workbench.outputFrame(".training .bar.over");
    expect(await frame.locator(".training .head .words").first().textContent()).toMatch(hangul);
    await journey.picture("9-korean");
  });

  test("a layer's hover tells its statistics", async () => {
    const hover = await journey.workbench.hoverCode(cells.network, "dense", /dense_1/);
    const statistics = hover.slice(hover.indexOf("dense_1"));
    expect(statistics).toMatch(hangul);
  });

  test("what the kernel says itself is Korean too", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("errors.nnbook");
    for (const [index, words] of [
      [0, "패키지를 찾을 수 없습니다"],
      [1, "원인: TypeError: y"],
      [2, "던져진 값"],
    ] as const) {
      await workbench.runCell(index);
      await workbench.waitForStatus(index, "error");
      await workbench.outputFrame(`.cellError:has-text("${words}")`);
    }
    await journey.picture("9-korean-errors");
  });

  test("another language by the setting holds once the window is loaded anew, as a message offers", async () => {
    const { workbench, page, server } = journey;
    const file = path.join(server.dataFolder, "user", "User", "settings.json");
    const settings = JSON.parse(await readFile(file, "utf8")) as object;
    await workbench.runCommand("Preferences: Open User Settings (JSON)");
    await page.locator(".editor-instance .view-line", { hasText: "workbench.startupEditor" }).first().click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(JSON.stringify({ ...settings, "nnbook.language": "en" }, null, 2));
    await page.keyboard.press("ControlOrMeta+S");
    const message = page.locator(".notifications-toasts .notification-list-item", { hasText: hangul }).first();
    await message.waitFor({ timeout: 30_000 });
    await page.keyboard.press("ControlOrMeta+W");
    // Until then all is as it was.
    await workbench.runCell(1);
    await workbench.outputFrame('.cellError:has-text("원인: TypeError: y")');
    await page.evaluate(() => Object.assign(globalThis, { isSameWindow: true }));
    await message.locator(".monaco-button").first().click();
    await page.waitForFunction(() => !("isSameWindow" in globalThis), null, { timeout: 60_000 });
    await workbench.waitForNotebook();
    await workbench.runCell(1);
    await workbench.outputFrame('.cellError:has-text("caused by TypeError: y")');
    await journey.picture("9-korean-in-english");
  });
});
