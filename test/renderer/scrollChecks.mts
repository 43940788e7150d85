// What is wider than its place promises in a real browser: its edge says so, keys reach all of it, and it opens at a whole column.

import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { type ConfusionView, viewMimeTypes } from "../../src/shared/views.ts";
import type { RendererHarness, RendererPage } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const scrollChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "an edge says that a table goes on sideways, and no longer at its end, with little motion too"(harness) {
    for (const reducedMotion of [false, true]) {
      const page = await harness.open({ widthPx: 300, reducedMotion, theme: "highContrastDark" });
      await page.show(viewMimeTypes.table, await sample("tableWine"));
      await page.settled();
      const [fits, rows] = [page.page.locator(".dataColumns"), page.page.locator(".rowsTable")];
      assert.deepEqual(await edges(fits), { more: 0, hasLine: false, nameIsSeen: true });
      assert.deepEqual(await edges(rows), { more: 1, hasLine: false, nameIsSeen: true });
      await rows.evaluate((node) => node.scrollTo(node.scrollWidth, 0));
      await page.settled();
      assert.deepEqual(await edges(rows), { more: 0, hasLine: true, nameIsSeen: true });
      await page.end();
    }
  },

  async "a wide table is scrolled by keys, and the notebook does not hear them"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.table, await sample("tableWine"));
    await page.page.evaluate(() => {
      document.body.addEventListener("keydown", () => Object.assign(document.body.dataset, { heard: "yes" }));
    });
    const rows = page.page.locator(".rowsTable");
    const scrolled = () => rows.evaluate((node) => [node.scrollLeft, node.scrollWidth - node.clientWidth]);
    await rows.press("End");
    const [atEnd, most] = await scrolled();
    assert.ok((most ?? 0) > 0);
    assert.equal(atEnd, most);
    await rows.press("Home");
    assert.equal((await scrolled())[0], 0);
    await rows.press("ArrowRight");
    await rows.evaluate(
      (node) =>
        new Promise<void>((resolve) => {
          const look = () => (node.scrollLeft > 0 ? resolve() : requestAnimationFrame(look));
          look();
        }),
    );
    assert.equal(await page.page.evaluate(() => document.body.dataset.heard), undefined);
    await page.end();
  },

  async "a picture keeps the arrow keys, also where it has no points that way, and keeps the focus"(harness) {
    for (const [mime, name] of [
      [viewMimeTypes.training, "trainingFinished"],
      [viewMimeTypes.gradients, "gradientsOne"],
      [viewMimeTypes.activation, "activationPlain"],
    ] as const) {
      const page = await harness.open({ widthPx: 700 });
      await page.show(mime, await sample(name));
      await page.settled();
      await page.page.evaluate(() => {
        document.body.addEventListener("keydown", () => Object.assign(document.body.dataset, { heard: "yes" }));
      });
      const stop = page.page.locator("#output-1").locator("canvas[tabindex='0'], .readAt").first();
      await stop.focus();
      for (const key of ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"]) {
        await page.page.keyboard.press(key);
        const hasFocus = await stop.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node);
        assert.ok(hasFocus, `${name} loses the focus at ${key}`);
      }
      assert.equal(await page.page.evaluate(() => document.body.dataset.heard), undefined, name);
      await page.end();
    }
  },

  async "ten classes are whole in the narrowest notebook"(harness) {
    for (const language of ["en-US", "ko-KR"]) {
      const page = await harness.open({ widthPx: 300, language });
      await page.show(viewMimeTypes.confusion, await sample("confusionDigits"));
      await page.settled();
      const hidden = await page.page.locator(".figure .scroll").evaluate((node) => node.scrollWidth - node.clientWidth);
      assert.equal(hidden, 0, language);
      await page.end();
    }
  },

  async "many classes open at a whole column, with the chosen cell and the names of rows in sight"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.confusion, await manyClasses());
    await page.settled();
    const seen = await matrixPlaces(page);
    assert.ok(seen.scrolledPx > 0);
    assert.ok(
      seen.columns.some((leftPx) => Math.abs(leftPx - seen.namesEndPx) <= 1.5),
      JSON.stringify(seen),
    );
    assert.ok(seen.chosen[0] >= seen.namesEndPx - 1.5 && seen.chosen[1] <= seen.endPx, JSON.stringify(seen));
    // The keys go on to the cells that are not in sight.
    await page.page.locator(".cell[aria-pressed=true]").press("Home");
    await page.settled();
    const [focused] = await page.page
      .locator(".cell:focus")
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
    assert.ok((focused ?? 0) >= (await matrixPlaces(page)).namesEndPx - 1.5, "the first cell is behind the name");
    await page.end();
  },
};

async function edges(scroll: Locator) {
  return scroll.evaluate((node) => {
    const name = node.querySelector("tbody tr > :first-child");
    return {
      more: Number(getComputedStyle(node, "::after").opacity),
      hasLine: name !== null && / 1px 0px/.test(getComputedStyle(name).boxShadow),
      nameIsSeen: (name?.getBoundingClientRect().left ?? -1) >= node.getBoundingClientRect().left - 0.5,
    };
  });
}

async function matrixPlaces(page: RendererPage) {
  return page.page.locator(".figure .scroll").evaluate((node) => {
    const [names, ...columns] = [...node.querySelectorAll("thead th")].map((cell) => cell.getBoundingClientRect());
    const chosen = node.querySelector(".cell[aria-pressed=true]")?.getBoundingClientRect();
    return {
      scrolledPx: node.scrollLeft,
      namesEndPx: names?.right ?? 0,
      columns: columns.map(({ left }) => left),
      chosen: [chosen?.left ?? 0, chosen?.right ?? 0] as const,
      endPx: node.getBoundingClientRect().right,
    };
  });
}

/** Thirty classes with names; the commonest mistake is far to the right. */
async function manyClasses(): Promise<ConfusionView> {
  const view = await sample<ConfusionView>("confusionDigits");
  const classes = Array.from({ length: 30 }, (_, at) => `class ${at}`);
  const counts = classes.map((_, row) => classes.map((_, at) => (row === at ? 20 : row === 3 && at === 22 ? 9 : 0)));
  return { ...view, classes, counts, examples: [] };
}
