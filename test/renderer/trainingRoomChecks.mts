// What the view of a training promises in a real browser about room: plots that stand above one another, words that are whole.

import assert from "node:assert/strict";
import { type TrainingView, viewMimeTypes } from "../../src/shared/views.ts";
import { drawnTexts, recordTexts } from "./drawnTexts.mts";
import type { RendererHarness } from "./harness.mts";
import { finished, sample, start } from "./sampleViews.mts";

const training = viewMimeTypes.training;

export const trainingRoomChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "the epochs of all figures of a training stand above one another, and plots side by side at one height"(
    harness,
  ) {
    for (const widthPx of [300, 700, 1600]) {
      const page = await harness.open({ widthPx });
      await recordTexts(page);
      await page.show(training, await sample("trainingScheduled"));
      await page.settled();
      const firsts = (await drawnTexts(page)).map((texts) => {
        const [first, last] = ["epoch\u00a01", "50"].map((text) => texts.findLast((each) => each.text === text));
        return [first?.right, last?.right].map((right) => Math.round(right ?? Number.NaN));
      });
      assert.equal(firsts.length, 4);
      assert.equal(new Set(firsts.map(String)).size, 1, `at ${widthPx} px: ${JSON.stringify(firsts)}`);
      const tops = await page.page
        .locator(".columns .plot")
        .evaluateAll((plots) => plots.map((plot) => Math.round(plot.getBoundingClientRect().top)));
      if (widthPx > 600) assert.ok(tops[0] === tops[1] && tops[2] === tops[3], `at ${widthPx} px: ${tops}`);
      await page.end();
    }
  },

  async "reading a training moves nothing and cuts nothing, by pointer and by keys"(harness) {
    const tiny = finished.metrics.map((metric) => ({
      ...metric,
      train: metric.train.map((value, at) => Number(value) * 10 ** -at),
    }));
    const name = "mean absolute percentage error of prices";
    const view: TrainingView = {
      ...finished,
      metrics: tiny.map((metric, at) => (at === 0 ? metric : { ...metric, name })),
    };
    for (const language of ["en-US", "ko"]) {
      const page = await harness.open({ widthPx: 1600, language });
      for (const widthPx of [300, 390, 480, 620, 700, 980, 1600]) {
        const id = `at-${widthPx}`;
        await page.show(training, { ...view, runId: id }, id, widthPx);
        await page.settled();
        const look = () =>
          page.page.locator(`#${id} .view`).evaluate((node) => {
            const { top } = node.getBoundingClientRect();
            const plots = [...node.querySelectorAll(".plot")].map((plot) => plot.getBoundingClientRect().top - top);
            const cut = [...node.querySelectorAll("figcaption > *")].filter(
              (part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline",
            );
            return JSON.stringify([plots, cut.map((part) => part.textContent)]);
          });
        const before = await look();
        assert.match(before, /,\[\]\]$/, `something is cut at ${widthPx} px: ${before}`);
        const canvas = page.page.locator(`#${id} canvas`);
        for (let at = 0; at < 2; at++) {
          await canvas.nth(at).focus();
          for (const key of ["Home", "ArrowRight", "End"]) {
            await page.page.keyboard.press(key);
            assert.equal(await look(), before, `at ${widthPx} px`);
          }
        }
        await canvas.first().hover();
        assert.equal(await look(), before, `at ${widthPx} px`);
      }
      await page.end();
    }
  },

  async "what an empty plot says stays within it, and an axis that never had a value has no numbers"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await recordTexts(page);
    await page.show(training, start);
    await page.settled();
    const [note, right] = await page.page
      .locator(".metric")
      .first()
      .evaluate((figure) => {
        const range = document.createRange();
        range.selectNodeContents(figure.querySelector(".plotNote") ?? figure);
        return [range.getBoundingClientRect().right, figure.getBoundingClientRect().right];
      });
    // On the page's colour: no line of the grid runs through them.
    const plate = await page.page
      .locator(".plotNote span")
      .first()
      .evaluate((words) => getComputedStyle(words).backgroundColor);
    assert.equal(plate, "rgb(255, 255, 255)");
    const last = (await drawnTexts(page))[0]?.findLast(({ text }) => text === "50");
    assert.ok(last !== undefined && note !== undefined && right !== undefined);
    assert.ok(note <= right - (300 - 16 - last.right) + 10, `the words end at ${note}, the axis at ${last.right}`);
    await page.show(training, await sample("trainingDivergedAtOnce"));
    await page.settled();
    const numbers = ((await drawnTexts(page)).at(-1) ?? []).filter(({ text }) => /^(0\.\d|10.)$/.test(text));
    assert.deepEqual(numbers, []);
    await page.end();
  },

  async "the numbers of a linear axis are evenly apart, also where it does not begin at a multiple of their step"(
    harness,
  ) {
    const page = await harness.open({ widthPx: 700 });
    await recordTexts(page);
    const [first] = finished.metrics;
    assert.ok(first !== undefined);
    const [train, validation] = [
      [2.63, 2.15, 2.09, 1.93],
      [2.37, 1.72, 1.6, 2.15],
    ];
    const epochs = { ...finished.epochs, done: 4, planned: 4 };
    await page.show(training, { ...finished, epochs, metrics: [{ ...first, train, validation }] });
    await page.settled();
    const drawn = ((await drawnTexts(page))[0] ?? []).filter(
      ({ text, right }) => /^\d(\.\d)?$/.test(text) && right < 50,
    );
    const axis = [...new Set(drawn.map(({ text }) => text))];
    assert.deepEqual(axis, ["1.5", "2", "2.5", "3"]);
    await page.end();
  },

  async "a gradient beyond the turn of the scale says that it explodes"(harness) {
    const page = await harness.open();
    await page.show(training, await sample("trainingDiverged"));
    const words = page.page.locator(".blockWord:visible");
    assert.deepEqual(
      (await words.allTextContents()).filter((text) => text !== ""),
      [" exploding"],
    );
    assert.match((await page.page.locator(".block").last().getAttribute("aria-label")) ?? "", /exploding$/);
    await page.end();
  },

  async "the learning rate is named at its line's end and read by keys, together with the other figures"(harness) {
    const page = await harness.open();
    await page.show(training, await sample("trainingScheduled"));
    const rate = page.page.locator(".metric", { hasText: "learning rate" });
    await rate.locator("canvas").focus();
    await page.page.keyboard.press("Home");
    assert.match((await rate.getByRole("status").textContent()) ?? "", /^epoch\s1 · 0\.0\d+$/);
    assert.match((await page.page.locator(".readout").first().textContent()) ?? "", /^epoch\s1 · train/);
    await page.page.keyboard.press("Escape");
    assert.match((await page.page.locator(".readout").first().textContent()) ?? "", /by epoch$/);
    assert.equal(await rate.locator(".readout").textContent(), "of each step, by epoch");
    await page.end();
  },
};
