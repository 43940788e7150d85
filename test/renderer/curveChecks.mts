// What the views of gradients, activations and weights promise in a real browser: the line that is read stands out, nothing is cut.

import assert from "node:assert/strict";
import { activationView } from "../../src/insights/index.ts";
import { type ActivationView, type GradientsView, viewMimeTypes, type WeightsView } from "../../src/shared/views.ts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const curveChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "the card of two runs fits the narrowest notebook: its columns break, nothing goes sideways"(harness) {
    for (const language of ["en-US", "ko"]) {
      const page = await harness.open({ widthPx: 300, language });
      await page.show(viewMimeTypes.gradients, await sample<GradientsView>("gradientsTwo"));
      await page.page.locator("#output-1 .names button").nth(2).click();
      const table = page.page.locator("#output-1 .card .scroll");
      await table.waitFor();
      const [inside, room] = await table.evaluate((node) => [node.scrollWidth, node.clientWidth]);
      assert.ok((inside ?? 0) <= (room ?? 0), `${language}: ${inside} px in ${room}`);
      await page.end();
    }
  },

  async "long names of functions leave the table of slopes inside the page, and a softmax says what is drawn of it"(
    harness,
  ) {
    const names = ["softmax", "logSoftmax", "prelu", "thresholdedRelu", "exponential"];
    const page = await harness.open({ widthPx: 700 });
    await page.show(viewMimeTypes.activation, activationView(names));
    const table = page.page.locator("#output-1 .facts .table");
    const [inside, room] = await table.evaluate((node) => [
      node.getBoundingClientRect().right,
      node.closest(".view")?.getBoundingClientRect().right,
    ]);
    assert.ok((inside ?? 0) <= (room ?? 0), `${inside} px in ${room}`);
    assert.match((await page.page.locator("#output-1 .facts .note").textContent()) ?? "", /against one other/);
    await page.end();
  },

  async "a heat map's cursor has a handle below the picture, which goes where a zoom hides its step"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.gradients, await sample<GradientsView>("gradientsTwo"));
    const heat = page.page.locator("#output-1 .heatPlot").first();
    const [cells, handle] = await Promise.all([
      heat.locator(".heatCells").boundingBox(),
      heat.locator(".heatHandle").boundingBox(),
    ]);
    assert.ok(cells !== null && handle !== null);
    assert.equal(handle.y, cells.y + cells.height);
    assert.ok(Math.abs(handle.x + handle.width / 2 - (cells.x + cells.width)) < 6, "not at the last step");
    const canvas = heat.locator("canvas");
    await canvas.press("+");
    await page.page.locator("#output-1").getByRole("slider", { name: "Step" }).press("Home");
    const seen = await heat.locator(".heatHandle").boundingBox();
    assert.ok(seen !== null && seen.x > cells.x - 6 && seen.x < cells.x + cells.width);
    await page.end();
  },

  async "the names of runs, however long, fit into the narrowest notebook, and are told whole"(harness) {
    const page = await harness.open({ widthPx: 300 });
    const view = await sample<GradientsView>("gradientsTwo");
    const name = "a name that is really far too long to be shown in any caption of a picture";
    await page.show(viewMimeTypes.gradients, { ...view, runs: view.runs.map((run) => ({ ...run, name })) });
    await page.settled();
    const beyond = await page.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(beyond <= 0, `too wide by ${beyond} px`);
    assert.equal(await page.page.locator("#output-1 .heatHead .key").first().getAttribute("title"), name);
    await page.end();
  },

  async "in high contrast the line that is read is wider than the axis at z = 0"(harness) {
    const page = await harness.open({ theme: "highContrastLight" });
    await page.show(viewMimeTypes.activation, await sample<ActivationView>("activationPlain"));
    await page.settled();
    const darkest = await page.page
      .locator("#output-1 canvas")
      .first()
      .evaluate((node) => {
        const canvas = node as HTMLCanvasElement;
        // A row without grid lines or words; the curve that passes is blue.
        const { data } = canvas.getContext("2d")?.getImageData(0, 60, canvas.width, 1) ?? { data: [] };
        const runs: number[] = [];
        for (let x = 0, width = 0; x < canvas.width; x++) {
          const isDark = (data[4 * x + 3] ?? 0) > 200 && (data[4 * x] ?? 255) < 90 && (data[4 * x + 2] ?? 255) < 90;
          if (isDark) width += 1;
          else {
            if (width > 0) runs.push(width);
            width = 0;
          }
        }
        return runs;
      });
    assert.deepEqual(darkest.length, 1, `one dark line: ${darkest}`);
    assert.ok((darkest[0] ?? 0) >= 2);
    await page.end();
  },

  async "the highest and the lowest line of a weight keep clear of the picture's edge"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.weights, await sample<WeightsView>("weightsRun"));
    await page.settled();
    const rows = await page.page.locator("#output-1 .weightPlot canvas").evaluate((node) => {
      const canvas = node as HTMLCanvasElement;
      const [left, width] = [60, canvas.width - 100];
      const { data } = canvas.getContext("2d")?.getImageData(left, 0, width, canvas.height) ?? { data: [] };
      return Array.from({ length: canvas.height }, (_, y) =>
        Array.from({ length: width }, (_, x) => 4 * (y * width + x)).some(
          // The colour of lines: blue well above red.
          (at) => (data[at + 3] ?? 0) > 100 && (data[at + 2] ?? 0) - (data[at] ?? 0) > 50,
        ),
      );
    });
    const first = rows.indexOf(true);
    assert.ok(first > 5, `a line begins at ${first} px`);
    await page.end();
  },
};
