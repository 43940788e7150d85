// What the view of a race promises in a real browser: one weight looked at closely, by variant and step.

import assert from "node:assert/strict";
import { type OptimizersView, viewMimeTypes } from "../../src/shared/views.ts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const raceChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a close-up follows the menu, a pressed name and the scrubber, and is not there while a race runs"(harness) {
    const page = await harness.open();
    const view = await sample<OptimizersView>("optimizersFive");
    await page.show(viewMimeTypes.optimizers, await sample<OptimizersView>("optimizersRunning"), "running");
    assert.equal(await page.page.locator("#running .closeUp").isVisible(), false);
    await page.show(viewMimeTypes.optimizers, view);
    const panel = page.page.locator("#output-1 .closeUp");
    const title = () => panel.locator(".closeUpTitle").textContent();
    const lines = () => panel.locator(".closeUpLines .backLine").count();
    await panel.getByRole("combobox", { name: "variant" }).selectOption("Adam");
    assert.match((await title()) ?? "", /^What Adam did at step 360 to w = kernel\[\d+, 0\] of dense_2$/);
    assert.equal(await lines(), 4);
    assert.ok((await panel.locator("math").count()) > 8);
    await panel.getByRole("slider", { name: "Steps that were looked at closely" }).press("Home");
    assert.match((await title()) ?? "", /step 1 to/);
    await page.page.locator("#output-1").getByRole("button", { name: "SGD", exact: true }).click();
    assert.match((await title()) ?? "", /^What SGD did at step 1 to/);
    assert.equal(await lines(), 1);
    await page.show(viewMimeTypes.optimizers, view);
    assert.match((await title()) ?? "", /^What SGD did at step 1 to/, "the choice was lost when the output came again");
    await page.end();
  },
};
