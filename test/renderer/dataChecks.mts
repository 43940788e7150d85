// What views of data promise in a real browser: tables and matrices that can be read at any width.

import assert from "node:assert/strict";
import { contrast } from "../../renderer/theme.ts";
import { type ConfusionView, type View, viewMimeTypes } from "../../src/shared/views.ts";
import { type RendererHarness, type RendererPage, type ThemeName, themes } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const dataChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "in a narrow matrix the chosen cell is in sight, and so is the name of its row"(harness) {
    const page = await harness.open({ widthPx: 300 });
    const view = await sample<ConfusionView>("confusionDigits");
    // The commonest mistake is in the last column.
    const counts = view.counts.map((line, row) => line.map((often, at) => (row === 3 && at === 9 ? 99 : often)));
    await page.show(viewMimeTypes.confusion, { ...view, counts });
    await page.settled();
    const sight = await page.page.locator(".cell[aria-pressed=true]").evaluate((cell) => {
      const outer = cell.closest(".scroll")?.getBoundingClientRect();
      const inner = cell.getBoundingClientRect();
      const name = cell.closest("tr")?.querySelector("th")?.getBoundingClientRect();
      return {
        cell: inner.right <= (outer?.right ?? 0),
        name: (name?.left ?? -1) >= (outer?.left ?? 0) - 1,
        y: scrollY,
      };
    });
    assert.deepEqual(sight, { cell: true, name: true, y: 0 });
    await page.end();
  },

  async "in the narrowest notebook the columns of a data set are whole, and each count is told from its class"(
    harness,
  ) {
    const page = await harness.open({ widthPx: 300 });
    await inWideFont(page);
    await page.show(viewMimeTypes.table, await sample("tableWine"));
    await page.settled();
    const hidden = await page.page
      .locator(".dataColumns")
      .evaluate((columns) => columns.scrollWidth - columns.clientWidth);
    assert.equal(hidden, 0);
    assert.match((await page.page.locator(".dataColumns .words").textContent()) ?? "", /^class 1: 71 · class 0: 59/);
    await page.end();
  },

  async "in the narrowest notebook the summary of a graph is whole, with what a layer takes below its name"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.summary, await sample("summaryGraph"));
    await page.settled();
    const table = page.page.locator(".summary .scroll");
    assert.equal(await table.evaluate((node) => node.scrollWidth - node.clientWidth), 0);
    const add = await table.locator("tbody tr").nth(3).textContent();
    assert.match(add ?? "", /^add_1\[batch, 16\]takes batchNorm_1, dense_2add/);
    assert.equal(await table.locator(":visible.takes").count(), 0);
    await page.end();
  },

  async "each number of a tensor stands below the end of its column's"(harness) {
    const page = await harness.open({ widthPx: 480 });
    await page.show(viewMimeTypes.tensor, await sample("tensorSmall"));
    const ends = await page.page
      .locator(".tensorGrid thead th, .tensorGrid tbody tr:first-child td")
      .evaluateAll((cells) =>
        cells.map((cell) => {
          const words = document.createRange();
          words.selectNodeContents(cell);
          return Math.round(words.getBoundingClientRect().right);
        }),
      );
    const heads = ends.slice(0, ends.length / 2);
    assert.ok(heads.length > 1);
    assert.deepEqual(ends.slice(ends.length / 2), heads);
    await page.end();
  },

  async "whichever arrow comes first, a large tensor is read from its first cell"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.tensor, await sample("tensorKernel"));
    const [map, said] = [page.page.locator(".gridPlot canvas"), page.page.locator(".gridSaid")];
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) {
      await map.focus();
      await page.page.keyboard.press(key);
      assert.match((await said.textContent()) ?? "", /^\[(0, )*0\] /, key);
      await page.page.keyboard.press("Escape");
    }
    await page.page.keyboard.press("ArrowRight");
    await page.page.keyboard.press("ArrowDown");
    assert.doesNotMatch((await said.textContent()) ?? "", /^\[(0, )*0\] /);
    await page.end();
  },

  async "Home and End walk a decision boundary to its edges, and Escape ends reading it"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.boundary, await sample("boundaryMoons"));
    const [field, said] = [page.page.locator(".boundary canvas[tabindex]").first(), page.page.locator(".fieldSaid")];
    const hint = await said.first().textContent();
    const read: (string | null)[] = [];
    for (const key of ["ArrowRight", "Home", "End"]) {
      await field.press(key);
      read.push(await said.first().textContent());
    }
    assert.equal(new Set([hint, ...read]).size, 4, `${read}`);
    await field.press("Escape");
    assert.equal(await said.first().textContent(), hint);
    await page.end();
  },

  async "every word in a cell has contrast with it in every theme, and so has the ring of what is chosen"(harness) {
    for (const name of ["confusionIris", "confusionDigits", "tensorSmall", "tensorFilters", "tableRows"]) {
      const page = await harness.open();
      const view = await sample<View>(name);
      await page.show(viewMimeTypes[view.kind], view);
      for (const theme of Object.keys(themes) as ThemeName[]) {
        await page.setTheme(theme);
        await page.settled();
        for (const { text, ink, ground, ring } of await cellColours(page)) {
          assert.ok(contrast(ink, ground) >= 4.5, `${name}, ${theme}: ${text} is ${ink} on ${ground}`);
          if (ring !== null) assert.ok(contrast(ring.outer, ring.inner) >= 3, `${name}, ${theme}: the ring of ${text}`);
        }
      }
      await page.end();
    }
  },

  async "in a small tensor what is not finite is hatched, and colours follow size and sign in high contrast too"(
    harness,
  ) {
    const page = await harness.open({ theme: "highContrastDark" });
    await page.show(viewMimeTypes.tensor, await sample("tensorSmall"));
    const looks = await page.page.locator(".tensorGrid td.number").evaluateAll((cells) =>
      cells.map((cell) => {
        const { backgroundColor, backgroundImage } = getComputedStyle(cell);
        return [cell.textContent, backgroundColor !== "rgba(0, 0, 0, 0)", backgroundImage !== "none"];
      }),
    );
    assert.deepEqual(looks, [
      ["1", true, false],
      ["−2.5", true, false],
      ["0", false, false],
      ["0.001", true, false],
      ["NaN", false, true],
      ["40,000", true, false],
    ]);
    await page.end();
  },

  async "beside a matrix its examples keep together, and its caption begins where the page does"(harness) {
    const page = await harness.open({ widthPx: 1600 });
    await page.show(viewMimeTypes.confusion, await sample("confusionIris"));
    const examples = page.page.locator(".wrongOnes .table");
    const widthPx = await examples.evaluate((table) => table.getBoundingClientRect().width);
    assert.ok(widthPx < 700, `the table is ${widthPx} px wide`);
    const lefts = await page.page.locator(".confusion figcaption").evaluate((caption) => {
      const words = document.createRange();
      words.selectNodeContents(caption);
      return [words.getBoundingClientRect().left, caption.getBoundingClientRect().left];
    });
    assert.equal(lefts[0], lefts[1]);
    await page.end();
  },
};

/** The widest of the fonts an editor may have. */
async function inWideFont(page: RendererPage): Promise<void> {
  await page.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-family", "DejaVu Sans"));
}

/** The colours of each word in a cell and of what lies under it; of what is chosen, those on both sides of its ring. */
async function cellColours(page: RendererPage) {
  return page.page.locator(":is(.matrix, .table) :is(th, td)").evaluateAll((cells) => {
    const isSeen = (colour: string) => !/^rgba\(.*, 0\)$/.test(colour);
    const groundOf = (start: Element) => {
      for (let node: Element | null = start; node !== null; node = node.parentElement) {
        const { backgroundColor } = getComputedStyle(node);
        if (isSeen(backgroundColor)) return backgroundColor;
      }
      return getComputedStyle(document.body).backgroundColor;
    };
    return cells.flatMap((cell) => {
      const words = cell.querySelector("button, span") ?? cell;
      if ((words.textContent ?? "") === "" || cell.getClientRects().length === 0) return [];
      const style = getComputedStyle(words);
      const ring =
        words.getAttribute("aria-pressed") === "true"
          ? { outer: style.outlineColor, inner: style.borderTopColor }
          : null;
      return [{ text: words.textContent, ink: style.color, ground: groundOf(words), ring }];
    });
  });
}
