// What controls promise in a real browser: they move at once, tell the extension, keep what the reader chose, and are still when they must.

import assert from "node:assert/strict";
import { type ControlView, viewMimeTypes } from "../../src/shared/views.ts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

const mime = viewMimeTypes.control;
const names = ["controlSlider", "controlSelect", "controlCheckbox", "controlButton"];

export const controlChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "controls move under keys and pointer, and tell each move"(harness) {
    const page = await harness.open();
    const views = await Promise.all(names.map((name) => sample<ControlView>(name)));
    for (const view of views) await page.show(mime, view, view.controlId);
    assert.equal(
      await page.page.locator(".output :is(input, select, button):disabled").count(),
      4,
      "they can be moved before their cells ran",
    );
    await page.send({ kind: "controlsLive", controlIds: views.map(({ controlId }) => controlId) });
    const slider = page.page.getByRole("slider", { name: "learning rate" });
    await slider.press("Home");
    await slider.press("ArrowRight");
    assert.equal(await slider.getAttribute("aria-valuetext"), "0.00107");
    await page.page.getByRole("combobox").selectOption("relu");
    await page.page.getByRole("checkbox", { name: "batch normalization" }).click();
    await page.page.getByRole("button", { name: "Other points" }).click();
    const moves = (await page.posted()).flatMap((message) => (message.kind === "moveControl" ? [message.value] : []));
    assert.deepEqual(moves, [0.001, 0.00107, 2, false, 4]);
    await page.end();
  },

  async "a control keeps what the reader chose while its output still says otherwise, its focus, and its height"(
    harness,
  ) {
    const page = await harness.open({ widthPx: 300 });
    const view = await sample<ControlView>("controlSlider");
    await page.show(mime, view);
    const height = () => page.page.locator(".control").evaluate((node) => node.getBoundingClientRect().height);
    await page.send({ kind: "controlsLive", controlIds: [view.controlId] });
    const before = await height();
    const slider = page.page.getByRole("slider");
    await slider.press("End");
    await page.show(mime, view);
    assert.equal(await slider.getAttribute("aria-valuetext"), "1");
    await page.show(mime, { ...view, control: { ...view.control, value: 1 } });
    await page.show(mime, view);
    assert.equal(await slider.getAttribute("aria-valuetext"), "0.05", "what the cell says later counts");
    assert.equal(await page.page.locator("input:focus").count(), 1);
    assert.equal(await height(), before);
    await page.send({ kind: "controlsLive", controlIds: [] });
    await page.page.getByText("Run the cell to use this control.").waitFor();
    assert.equal(await slider.isDisabled(), true);
    await page.send({ kind: "controlsLive", controlIds: [view.controlId] });
    await page.send({ kind: "environment", locale: "ko", trusted: false });
    await page.page.getByText("신뢰하기 전에는").waitFor();
    assert.equal(await slider.isDisabled(), true);
    await page.end();
  },
};
