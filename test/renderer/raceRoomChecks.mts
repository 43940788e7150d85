// What the view of a race promises in a real browser about the room of its words: nothing jumps while it is read, and no name is lost.

import assert from "node:assert/strict";
import { type OptimizersView, viewMimeTypes } from "../../src/shared/views.ts";
import { drawnTexts, recordTexts } from "./drawnTexts.mts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const raceRoomChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "reading a race moves nothing, however long its names and numbers"(harness) {
    const view = await sample<OptimizersView>("optimizersFive");
    const racers = view.racers.map((racer, at) => ({
      ...racer,
      name: at === 0 ? racer.name : `${racer.name} with a learning rate of 0.0${at}1`,
      mean: racer.mean.map((value) => (at === 1 ? Number(value) * 1e-9 : value)),
    }));
    for (const language of ["en-US", "ko"]) {
      const page = await harness.open({ widthPx: 1600, language });
      for (const widthPx of [300, 390, 480, 600, 860, 980, 1250, 1600]) {
        const id = `at-${widthPx}`;
        await page.show(viewMimeTypes.optimizers, { ...view, racers, raceId: id }, id, widthPx);
        await page.settled();
        const tops = new Set<number>();
        const canvas = page.page.locator(`#${id} .raceFigure canvas`);
        const look = async () => {
          const words = await page.page.locator(`#${id} .raceFigure .wordsInRoom`).boundingBox();
          // The page may scroll to what has the focus.
          const top = (await page.page.locator(`#${id} .view`).boundingBox())?.y ?? Number.NaN;
          tops.add(Math.round(((await canvas.boundingBox())?.y ?? Number.NaN) - top));
          const read = await page.page.locator(`#${id} .raceFigure .wordsInRoom > span`).boundingBox();
          assert.ok(read !== null && words !== null);
          assert.ok(read.y + read.height <= words.y + words.height + 0.5, "the words are higher than their room");
        };
        await look();
        await canvas.focus();
        for (const key of ["Home", "ArrowDown", "ArrowDown", "ArrowDown", "End"]) {
          await page.page.keyboard.press(key);
          await look();
        }
        assert.equal(tops.size, 1, `the plot moved at ${widthPx} px: ${[...tops]}`);
      }
      await page.end();
    }
  },

  async "long names are whole in the standings, and within the picture at the ends of lines"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await recordTexts(page);
    const view = await sample<OptimizersView>("optimizersFive");
    const racers = view.racers.map((racer, at) => ({
      ...racer,
      name: `Adam with a learning rate of 0.${"0".repeat(at)}1`,
    }));
    await page.show(viewMimeTypes.optimizers, { ...view, racers });
    await page.settled();
    const cut = await page.page
      .locator(".racerName .key > span")
      .evaluateAll((names) => names.filter((name) => name.scrollWidth > name.clientWidth + 1).length);
    assert.equal(cut, 0);
    const [texts = []] = await drawnTexts(page);
    const ends = texts.filter(({ text }) => text.includes("…"));
    assert.ok(ends.length > 0 && new Set(ends.map(({ text }) => text)).size === racers.length, JSON.stringify(ends));
    for (const { text, right } of ends) assert.ok(right <= 300, `${text} is cut at ${right}`);
    await page.end();
  },

  async "a race whose loss never was finite says so, without made-up numbers or names"(harness) {
    const page = await harness.open();
    await recordTexts(page);
    const view = await sample<OptimizersView>("optimizersFive");
    const never = (values: readonly unknown[]) => values.map(() => "NaN" as const);
    const racers = view.racers.map(({ closeUps: _, ...racer }) => ({
      ...racer,
      ...{
        mean: never(racer.mean),
        low: never(racer.low),
        high: never(racer.high),
        rank: null,
        final: null,
        best: null,
      },
    }));
    await page.show(viewMimeTypes.optimizers, { ...view, racers, target: null });
    await page.settled();
    assert.equal(await page.page.locator(".raceEmpty:visible").textContent(), "The loss was never a finite number.");
    const [texts = []] = await drawnTexts(page);
    const names = new Set(racers.map(({ name }) => name));
    assert.deepEqual(
      texts.filter(({ text }) => names.has(text) || /^10[⁻⁰¹]/.test(text)),
      [],
    );
    await page.end();
  },

  async "a race of one seed has no column of intervals"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.optimizers, await sample<OptimizersView>("optimizersOneSeed"));
    assert.equal(await page.page.locator(".raceTable .ends").count(), 0);
    assert.equal(await page.page.getByRole("columnheader", { name: "95 %" }).count(), 0);
    await page.end();
  },

  async "a race claims intervals only of the lines that have them drawn, also after a change of theme"(harness) {
    const page = await harness.open({ theme: "highContrastDark" });
    await page.show(viewMimeTypes.optimizers, await sample<OptimizersView>("optimizersMany"));
    await page.settled();
    const caption = page.page.locator(".raceFigure .wordsInRoom");
    assert.match((await caption.textContent()) ?? "", /95.% interval of the one pointed at$/);
    await page.page.locator(".raceTable tbody tr").first().hover();
    assert.match((await caption.textContent()) ?? "", /95.% interval$/);
    await page.page.mouse.move(0, 0);
    await page.setTheme("lightModern");
    await page.settled();
    assert.match((await caption.textContent()) ?? "", /95.% interval of those in colour$/);
    await page.end();
  },
};
