// What an error promises in a real browser: it can be read at any width and in any theme, its places lead into the code by pointer and keys.

import assert from "node:assert/strict";
import { type ShownError, shownErrorMimeType } from "../../src/shared/shownError.ts";
import { type RendererHarness, type ThemeName, themes } from "./harness.mts";

const error: ShownError = {
  version: 1,
  name: "ShapeError",
  message: `dense_2: expected input [batch, 4], got [32, 3]. ${"A long explanation. ".repeat(20)}${"x".repeat(300)}\n  dense(4)`,
  frames: [
    "at forward (Cell 2:3:9)",
    ...Array.from({ length: 30 }, () => "at again (Cell 3:1:40)"),
    "at check (lib/check.ts:2:5)",
    ...Array.from({ length: 20 }, (_, index) => `at step${index} (Cell 4:${index + 1}:1)`),
    "caused by TypeError: given at Cell 1:1:1",
  ],
};

async function shown(harness: RendererHarness, options: { theme?: ThemeName; widthPx?: number; language?: string }) {
  const page = await harness.open(options);
  await page.show(shownErrorMimeType, error);
  return page;
}

export const errorChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "an error's places lead into the code, and what is left out is shown when asked for"(harness) {
    const page = await shown(harness, {});
    const frames = page.page.locator(".frames li");
    assert.deepEqual((await frames.allTextContents()).slice(0, 3), [
      "at forward (Cell 2:3:9)",
      "at again (Cell 3:1:40) · again and again",
      "at check (lib/check.ts:2:5)",
    ]);
    await page.page.getByRole("button", { name: "Cell 2:3:9" }).click();
    await page.page.getByRole("button", { name: "lib/check.ts:2:5" }).press("Enter");
    const places = (await page.posted()).flatMap((message) => (message.kind === "revealPlace" ? [message.place] : []));
    assert.deepEqual(places, [
      { kind: "cell", label: "Cell 2", line: 3, column: 9 },
      { kind: "file", label: "lib/check.ts", line: 2, column: 5 },
    ]);
    await page.page.getByRole("button", { name: /more lines/ }).press("Enter");
    assert.equal(await frames.count(), 24);
    const focused = await page.page.evaluate(() => {
      const host = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.activeElement);
      return host?.shadowRoot?.activeElement?.textContent;
    });
    assert.equal(focused, "Cell 4:10:1", "the focus goes on to the first line that came");
    await page.page.getByRole("button", { name: "Copy the error" }).click();
    const copied = (await page.posted()).at(-1);
    assert.ok(copied?.kind === "copyText" && copied.text.split("at again").length === 31, "all frames are copied");
    await page.end();
  },

  async "an error stays within its width, in a narrow editor too, and speaks Korean"(harness) {
    for (const widthPx of [300, 520, 1600]) {
      const page = await shown(harness, { widthPx, language: "ko" });
      const [inner, outer] = await page.page
        .locator(".cellError")
        .evaluate((node) => [node.scrollWidth, node.clientWidth]);
      assert.ok((inner ?? 0) <= (outer ?? 0), `${inner} px in ${outer}`);
      assert.match((await page.page.locator(".frames li").allTextContents()).join("\n"), /계속 반복[\s\S]*줄 더 보기/);
      await page.end();
    }
  },

  async "an error's words have contrast in every theme, and its links are more than a colour in high contrast"(
    harness,
  ) {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      const page = await shown(harness, { theme });
      const link = page.page.locator(".frames .link").first();
      const [colour, around, page_, line] = await link.evaluate((node) => [
        getComputedStyle(node).color,
        getComputedStyle(node.parentElement ?? node).color,
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(node).textDecorationLine,
      ]);
      for (const text of [colour, around])
        assert.ok(contrast(text ?? "", page_ ?? "") >= 4.5, `${theme}: ${text} on ${page_}`);
      assert.equal(line, theme.startsWith("highContrast") ? "underline" : "none", theme);
      await page.end();
    }
  },
};

/** As the guidelines for accessible pages define it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
