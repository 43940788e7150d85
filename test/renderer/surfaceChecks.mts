// What the surface view promises in a real browser: keys move the step, names hide and lift paths, the pointer reads heights.

import assert from "node:assert/strict";
import { type SurfaceView, viewMimeTypes } from "../../src/shared/views.ts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const surfaceChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a surface is walked by keys, its list is sorted by height, and a name hides its path"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.surface, await sample<SurfaceView>("surfaceBeale"));
    const output = page.page.locator("#output-1");
    const rows = () => output.locator(".surfaceHeads tbody tr").allTextContents();
    const picture = () => output.locator(".surface canvas").screenshot();
    assert.match((await rows())[0] ?? "", /^momentum/);
    const atEnd = await picture();
    await output.getByRole("slider", { name: "Step" }).press("Home");
    assert.equal(await output.getByRole("slider", { name: "Step" }).getAttribute("aria-valuetext"), "step 0");
    assert.deepEqual(new Set((await rows()).map((row) => row.slice(-4))), new Set(["50.4"]));
    assert.notDeepEqual(await picture(), atEnd);
    const name = output.getByRole("button", { name: "adam", exact: true });
    await name.press("End");
    assert.equal(await output.locator("*:focus").textContent(), "adam", "the focus was lost while rows moved");
    await name.press("Enter");
    assert.equal(await name.getAttribute("aria-pressed"), "false");
    await output.locator(".surface").hover({ position: { x: 40, y: 40 } });
    assert.match((await output.locator(".surfaceReading").textContent()) ?? "", /^Height at \(.*\): \d/);
    assert.match(
      (await output.locator(".surface canvas").getAttribute("aria-label")) ?? "",
      /^Beale, step 200\. sgd \(/,
    );
    await page.end();
  },
};
