// What the surface view promises in a real browser: keys move the step, names hide and lift paths, the pointer reads heights.

import assert from "node:assert/strict";
import { type SurfaceView, viewMimeTypes } from "../../src/shared/views.ts";
import { drawnTexts, recordTexts } from "./drawnTexts.mts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const surfaceChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a saved drawing holds what is read, and no button to zoom with"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.surface, await sample<SurfaceView>("surfaceBeale"));
    await page.page.getByRole("button", { name: "Save as…" }).click();
    await page.page.getByRole("menuitem", { name: "SVG" }).click();
    const svg = (await page.posted()).at(-1);
    assert.ok(svg?.kind === "saveFile" && svg.content.includes(">Beale</text>"));
    assert.ok(!svg.content.includes(">1:1</text>"));
    await page.end();
  },

  async "a path that left the picture has its name where it left"(harness) {
    const page = await harness.open();
    await recordTexts(page);
    await page.show(viewMimeTypes.surface, await sample<SurfaceView>("surfaceSaddle"));
    await page.settled();
    const [texts = []] = await drawnTexts(page);
    const name = texts.find(({ text }) => text === "momentum");
    const { width } = (await page.page.locator(".surface canvas").boundingBox()) ?? { width: 0 };
    assert.ok(
      name !== undefined && name.bottom < 60,
      `momentum, which left at the top, has no name there: ${name?.top}`,
    );
    assert.ok(name.left > width / 2 && name.left < width / 2 + 40, `its name is not beside its line: ${name.left}`);
    await page.end();
  },

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

  async "where a function gives no number the picture is hatched, in every theme"(harness) {
    const page = await harness.open();
    const view = await sample<SurfaceView>("surfaceBeale");
    const { columns, values } = view.heights;
    const holed = values.map((value, at) => (at % columns < columns / 4 ? "NaN" : value));
    for (const theme of ["lightModern", "highContrastDark"] as const) {
      await page.setTheme(theme);
      await page.show(viewMimeTypes.surface, { ...view, paths: [], heights: { ...view.heights, values: holed } });
      await page.settled();
      const shares = await page.page.locator(".surface canvas").evaluate((node) => {
        const canvas = node as HTMLCanvasElement;
        const pen = canvas.getContext("2d");
        const reds = (from: number, to: number) => {
          const [left, right] = [Math.round(from * canvas.width), Math.round(to * canvas.width)];
          const { data } = pen?.getImageData(left, 0, right - left, canvas.height) ?? { data: [] };
          let found = 0;
          for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) > (data[at + 1] ?? 0) + 40) found++;
          return found / (data.length / 4);
        };
        return { hole: reds(0.02, 0.22), ground: reds(0.5, 0.98) };
      });
      assert.ok(shares.hole > 0.08 && shares.ground < 0.01, `${theme}: ${JSON.stringify(shares)}`);
    }
    await page.end();
  },

  async "a click, or arrows and Enter, start the paths elsewhere where a kernel would answer; keys and buttons zoom"(
    harness,
  ) {
    const page = await harness.open();
    const view = { ...(await sample<SurfaceView>("surfaceBeale")), controlId: "start-1" };
    await page.show(viewMimeTypes.surface, view);
    const output = page.page.locator("#output-1");
    const picture = output.locator(".surface");
    const canvas = picture.locator("canvas");
    const reading = output.locator(".surfaceReading");
    const starts = async () =>
      (await page.posted()).flatMap((message) => (message.kind === "moveControl" ? [message.value] : []));
    await picture.click({ position: { x: 50, y: 60 } });
    assert.deepEqual(await starts(), [], "a start was asked for though nobody would answer");
    assert.match((await reading.textContent()) ?? "", /Run the cell/);
    await page.send({ kind: "controlsLive", controlIds: ["start-1"] });
    const { width, height } = (await canvas.boundingBox()) ?? { width: 0, height: 0 };
    await canvas.click({ position: { x: width / 2, y: height / 2 } });
    const [clicked] = (await starts()) as readonly (readonly number[])[];
    assert.ok(Math.abs((clicked?.[0] ?? 0) - 1.8) < 0.02 && Math.abs((clicked?.[1] ?? 0) - 0.075) < 0.02, `${clicked}`);
    await canvas.press("Shift+ArrowRight");
    await canvas.press("ArrowDown");
    assert.match((await reading.locator("[role=status]").textContent()) ?? "", /^Height at \(1\.5.*Enter starts/);
    await canvas.press("Enter");
    const [, aimed] = (await starts()) as readonly (readonly number[])[];
    assert.ok(Math.abs((aimed?.[0] ?? 0) - 1.58) < 1e-9 && Math.abs((aimed?.[1] ?? 0) - 1.477) < 1e-9, `${aimed}`);
    const said = reading.locator("[role=status]");
    await canvas.press("Home");
    assert.match((await said.textContent()) ?? "", /^Height at \([-−]/, "Home does not go to the left edge");
    await canvas.press("End");
    assert.match((await said.textContent()) ?? "", /^Height at \(\d/, "End does not go to the right edge");
    assert.equal(
      await picture.evaluate((node) => node.contains((node.getRootNode() as ShadowRoot).activeElement)),
      true,
    );
    await canvas.press("Escape");
    assert.equal(await said.textContent(), "", "Escape does not take back what is aimed at");

    await page.show(viewMimeTypes.surface, { ...view, start: [1.58, 1.477] });
    const further = output.getByRole("button", { name: "Further away (−)" });
    assert.ok(await further.isDisabled());
    const whole = await canvas.screenshot();
    await canvas.press("+");
    const near = await canvas.screenshot();
    assert.ok(!near.equals(whole), "nothing came closer");
    const { x = 0, y = 0 } = (await canvas.boundingBox()) ?? {};
    await page.page.mouse.move(x + 100, y + 100);
    await page.page.mouse.down();
    await page.page.mouse.move(x + 160, y + 130, { steps: 3 });
    await page.page.mouse.up();
    assert.ok(!(await canvas.screenshot()).equals(near), "what is zoomed into did not move with the pointer");
    assert.equal((await starts()).length, 2, "a drag was taken for a click");
    const all = output.getByRole("button", { name: "Whole picture, 1:1 (0)" });
    await all.press("Enter");
    assert.ok(await further.isDisabled());
    // Nothing is left for the button to do, and it keeps the focus: the notebook would take the next key.
    assert.ok(await all.isDisabled());
    assert.equal(await all.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node), true);
    await page.end();
  },
};
