// A reader opens the first sample: runs it, watches it train, reads a layer's card in the chart and in the code, changes the theme.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { canvasPrint, type Journey, pictureOfFailure, startJourney } from "./journey.ts";

const axeScript = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Cells of 05-vanishing-gradients.nnbook. */
const cells = { network: 3, sigmoidFit: 5, sigmoidGradients: 6, diagnosis: 12 };

describe("the first sample", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney();
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("opens as a notebook with its kernel chosen", async () => {
    await journey.workbench.openNotebook("05-vanishing-gradients.nnbook");
    await journey.picture("1-opened");
  });

  test("trains at Run All, and the chart goes on to its end", async () => {
    const { workbench } = journey;
    await workbench.pressRunAll();
    await workbench.scrollToCell(cells.sigmoidFit);
    const frame = await workbench.outputFrame(".training .bar.over", 60_000);
    // How it moves on the way is watched in live.test.ts, with a training that lasts.
    expect(await frame.locator(".training .bar").first().getAttribute("aria-valuenow")).toBe("12");
    await journey.picture("2-trained");
  });

  test("runs to its end without an error", async () => {
    await journey.workbench.waitUntilIdle();
    const statuses = await journey.workbench.allStatuses();
    expect(statuses.size).toBeGreaterThan(5);
    expect([...statuses].filter(([, status]) => status !== "success")).toEqual([]);
  });

  test("pointing at a layer in the chart opens its card with its numbers", async () => {
    const { workbench, page } = journey;
    await workbench.scrollToCell(cells.sigmoidGradients);
    const layer = await workbench.inOutput('.names button:has-text("dense_1")');
    await layer.hover();
    const card = (await workbench.outputFrame(".card .cardTitle")).locator(".card").filter({ visible: true }).first();
    await card.waitFor();
    const text = await card.textContent();
    expect(text).toContain("dense_1");
    expect(text).toMatch(/mean \|g\|/);
    expect(text).toMatch(/×10|10⁻/);
    expect(text).toMatch(/update/);
    await journey.picture("3-card");
    await page.mouse.move(4, 4);
  });

  test("pointing at the layer's call in the code shows the statistics of the same run", async () => {
    const hover = await journey.workbench.hoverCode(cells.network, "dense", /dense_1/);
    expect(hover).toMatch(/mean \|g\|/);
    expect(hover).toMatch(/sigmoid|relu/);

    await journey.picture("4-hover");
    await journey.page.mouse.move(4, 4);
  });

  test("the outputs have no accessibility problem that axe finds", async () => {
    const frame = await journey.workbench.outputFrame(".names button");
    await frame.evaluate(axeScript);
    const violations = await frame.evaluate(async () => {
      const { axe } = window as unknown as { readonly axe: typeof import("axe-core") };
      const outputs = [...document.querySelectorAll(".output_container .output")].filter((output) =>
        [output, ...output.querySelectorAll("*")].some((element) => element.shadowRoot?.querySelector(".view")),
      );
      // Rules for a whole page say nothing about an output in it.
      const rules = {
        region: { enabled: false },
        "landmark-one-main": { enabled: false },
        "page-has-heading-one": { enabled: false },
      };
      const results: AxeResults[] = [];
      for (const output of outputs) results.push(await axe.run(output as HTMLElement, { iframes: false, rules }));
      if (results.length === 0) return ["no output was looked at"];
      return results
        .flatMap((result) => result.violations)
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map((node) => node.html)
              .join(" ")
              .slice(0, 300)}`,
        );
    });
    expect(violations).toEqual([]);
  });

  test("a change of theme changes the colours of a chart at once", async () => {
    const { workbench } = journey;
    const frame = await workbench.outputFrame(".plot.dots canvas");
    const view = frame.locator(".view").first();
    const canvas = frame.locator(".plot.dots canvas").first();
    const ink = () => view.evaluate((element) => getComputedStyle(element).color);
    const pictures = [await canvasPrint(canvas)];
    const inks = [await ink()];
    // From the light theme, in which the window opens, and through it again.
    for (const theme of ["dark", "light", "highContrast"] as const) {
      await workbench.switchTheme(theme);
      await expect.poll(ink, { timeout: 15_000 }).not.toBe(inks.at(-1));
      await expect.poll(() => canvasPrint(canvas), { timeout: 15_000 }).not.toBe(pictures.at(-1));
      inks.push(await ink());
      pictures.push(await canvasPrint(canvas));
      await journey.picture(`5-${theme}`);
    }
    expect(new Set(pictures.slice(1)).size).toBe(3);
  });

  test("a remedy of the diagnosis is put into the cell, and one undo takes it out", async () => {
    const { workbench, page } = journey;
    await workbench.scrollToCell(cells.diagnosis);
    await (await workbench.inOutput('.diagnosis button:has-text("Add batchNorm")')).click();
    await (await workbench.inOutput('.diagnosis .diff:not([hidden]) button:text-is("Apply")')).click();
    const added = workbench.cell(cells.network).locator(".view-line", { hasText: "layers.batchNorm()," });
    await expect.poll(() => added.count(), { timeout: 15_000 }).toBe(7);
    await journey.picture("5-remedy");
    await page.keyboard.press("ControlOrMeta+Z");
    await expect.poll(() => added.count(), { timeout: 15_000 }).toBe(0);
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });
});
