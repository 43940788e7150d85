// A reader with a Korean VS Code: commands, charts and hovers speak Korean.

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
    await workbench.expandInExplorer("ko");
    await workbench.openNotebook("05-vanishing-gradients.nnbook");
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
      [2, "던진 곳은 Error만 알려 줍니다"],
    ] as const) {
      await workbench.runCell(index);
      await workbench.waitForStatus(index, "error");
      await workbench.outputFrame(`.cellError:has-text("${words}")`);
    }
    await journey.picture("9-korean-errors");
  });
});
