// What the renderer promises in a real browser for whatever view: themes, widths, saving, hostile data, languages, accessibility.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type ControlView, viewMimeTypes } from "../../src/shared/views.ts";
import { type RendererHarness, type RendererPage, type ThemeName, themes } from "./harness.mts";
import { look, mark } from "./pageLooks.mts";
import { finished, sample, sampleNames, start } from "./sampleViews.mts";

const training = viewMimeTypes.training;

/** Each check gets a fresh page; its name is a claim. */
export const rendererChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a change of theme recolours without replacing nodes"(harness) {
    const page = await harness.open({ theme: "lightModern" });
    await page.show(training, finished);
    await mark(page, "canvas, .block");
    const before = await look(page);
    const colour = () =>
      page.page
        .locator(".block")
        .first()
        .evaluate((node) => getComputedStyle(node).backgroundColor);
    const [light, lightPicture] = [await colour(), await page.page.locator("canvas").first().screenshot()];
    await page.setTheme("darkModern");
    await page.settled();
    assert.notEqual(await colour(), light);
    assert.notDeepEqual(await page.page.locator("canvas").first().screenshot(), lightPicture);
    assert.equal((await look(page)).marked, before.marked);
    await page.end();
  },

  async "an output that is hidden at first is drawn when it is shown"(harness) {
    const page = await harness.open();
    await page.page.addStyleTag({ content: ".output { display: none; }" });
    await page.show(training, finished);
    await page.page.evaluate(() => document.head.lastElementChild?.remove());
    await page.settled();
    const size = await page.page
      .locator("canvas")
      .first()
      .evaluate((node) => [node.clientWidth, node.clientHeight]);
    assert.ok((size[0] ?? 0) > 300 && size[1] === 180, `the canvas is ${size.join(" × ")}`);
    await page.end();
  },

  async "the numbers can be shown, copied as CSV, and the view saved as picture and drawing"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.page.getByRole("button", { name: "Show the numbers" }).click();
    assert.equal(await page.page.locator(".numbers tbody tr").count(), 50);
    const choose = async (menu: string, item: string) => {
      await page.page.getByRole("button", { name: menu }).click();
      await page.page.getByRole("menuitem", { name: item }).click();
    };
    await choose("Copy…", "Numbers");
    await choose("Save as…", "PNG");
    await choose("Save as…", "SVG");
    await choose("Copy…", "PNG");
    await page.page.getByText("Copied").waitFor({ state: "attached" });
    const [csv, png, svg] = (await page.posted()).slice(-3);
    assert.ok(csv?.kind === "copyText" && csv.text.startsWith('epoch,"loss, train",'), "the CSV has no head");
    assert.ok(png?.kind === "saveFile" && Buffer.from(png.content, "base64").subarray(1, 4).toString() === "PNG");
    assert.ok(
      svg?.kind === "saveFile" &&
        svg.suggestedName === `training-${finished.runId}.svg` &&
        svg.content.includes(">Finished</text>"),
    );
    await page.end();
  },

  async "data that cannot be drawn is one line: expected, found, what to do"(harness) {
    const page = await harness.open();
    const text = () => page.page.locator(".unreadable").textContent();
    await page.show(training, { ...finished, version: 2 });
    assert.match((await text()) ?? "", /expected version: 1, found 2\. .*update the extension/);
    await page.show(training, "{ broken");
    assert.match((await text()) ?? "", /expected an object, found nothing\. Run the cell again/);
    await page.show(training, finished);
    assert.equal(await page.page.locator(".unreadable").count(), 0);
    await page.end();
  },

  async "names from a file are text, whatever they hold"(harness) {
    const page = await harness.open();
    const name = "<img src=x onerror=window.hacked=1>";
    await page.show(training, { ...finished, layers: finished.layers.map((layer) => ({ ...layer, name })) });
    assert.equal(await page.page.locator(".output img").count(), 0);
    assert.equal(await page.page.evaluate("window.hacked"), undefined);
    assert.equal(await page.page.locator(".stripNames span").first().textContent(), name);
    await page.end();
  },

  async "the reader's language comes with the environment; without trust nothing offers to run"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.send({ kind: "environment", locale: "ko", trusted: false });
    assert.match((await look(page)).headline, /^완료.*신뢰하기 전에는/);
    assert.equal(await page.page.getByRole("button", { name: "숫자 보기" }).count(), 1);
    await page.show(training, start, "second");
    assert.equal(await page.page.locator("#second .button:visible").count(), 0);
    await page.end();
  },

  async "a disposed output leaves nothing behind, and its element can be used again"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.dispose("output-1");
    assert.equal(await page.page.locator("#output-1 .view").count(), 0);
    await page.setTheme("darkModern");
    await page.show(viewMimeTypes.summary, await sample("summary"));
    assert.equal(await page.page.locator("#output-1 tbody tr").count(), 4);
    await page.end();
  },

  async "every view fits from 300 to 1600 px, drawn so wide or brought there"(harness) {
    const fitsAt = async (page: RendererPage, widthPx: number) => {
      await page.settled();
      const wide = await page.page.evaluate(() =>
        [...document.querySelectorAll(".output")]
          .filter((output) => {
            const view = output.shadowRoot?.querySelector(".view");
            return view && view.scrollWidth > view.clientWidth + 1;
          })
          .map((output) => output.id),
      );
      assert.deepEqual(wide, [], `too wide at ${widthPx} px`);
    };
    for (const widths of [[300], [1600, 980, 700, 480, 300]]) {
      const page = await harness.open({ widthPx: widths[0] ?? 0 });
      for (const name of sampleNames) await showSample(page, name);
      for (const widthPx of widths) {
        await page.setWidth(widthPx);
        await fitsAt(page, widthPx);
      }
      // An output stands anywhere among the reader's own headings: one of its own would break their order.
      assert.equal(await page.page.locator("h1, h2, h3, h4, h5, h6, [role=heading]").count(), 0);
      await page.end();
    }
  },

  async "in high contrast a chosen button has the edge that all chosen ones have"(harness) {
    const page = await harness.open({ theme: "highContrastDark" });
    for (const [name, chips] of [
      ["optimizersFive", ".raceChip"],
      ["trainingFinished", ".logAxis"],
      ["weightsOdd", ".weightStyle"],
      ["activationFive", ".chip"],
    ] as const) {
      await showSample(page, name);
      const edges = (state: string) =>
        page.page
          .locator(`${chips}[aria-pressed=${state}]`)
          .first()
          .evaluate((node) => getComputedStyle(node).borderTopWidth);
      assert.deepEqual([await edges("true"), await edges("false")], ["2px", "1px"], name);
    }
    await page.end();
  },

  async "what has the focus shows it, in sight, also where it is marked, chosen or half out of sight"(harness) {
    const page = await harness.open({ theme: "highContrastDark", widthPx: 300 });
    await page.show(training, finished, "training");
    await showSample(page, "confusionDigits");
    const ring = (locator: ReturnType<RendererPage["page"]["locator"]>) =>
      locator.evaluate((node) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
        const within = (node.closest(".scroll, .view") ?? node).getBoundingClientRect();
        const { left, right } = node.getBoundingClientRect();
        const focus = getComputedStyle(document.documentElement).getPropertyValue("--vscode-focusBorder").trim();
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = focus;
        const colour = getComputedStyle(probe).color;
        probe.remove();
        return [outlineStyle, outlineWidth, outlineColor === colour, left >= within.left && right <= within.right];
      });
    // A key makes the browser show where the focus is.
    await page.page.keyboard.press("Tab");
    for (const [output, part, at] of [["training", ".block", 1] as const, ["confusionDigits", ".cell", 46] as const]) {
      const node = page.page.locator(`#${output} ${part}`).nth(at);
      await node.focus();
      assert.deepEqual(await ring(node), ["solid", "2px", true, true], output);
    }
    await page.end();
  },

  async "axe finds nothing to object to in views without a test of their own, in any theme"(harness) {
    const page = await harness.open();
    // Gradients and activation functions have tests of their own, which ask axe too.
    for (const name of sampleNames)
      if (!/^(gradients|activation|optimizersFive)/.test(name)) await showSample(page, name);
    await page.send({ kind: "controlsLive", controlIds: [(await sample<ControlView>("controlSlider")).controlId] });
    await page.page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    for (const theme of Object.keys(themes) as ThemeName[]) {
      await page.setTheme(theme);
      await page.settled();
      assert.deepEqual(await objections(page, isOfOtherNodes(theme) ? "all" : "colours"), [], theme);
    }
    await page.end();
  },
};

/** Themes of low contrast have the same nodes, and those of high contrast: one of each is asked all, the others their colours. */
const isOfOtherNodes = (theme: ThemeName) => theme === "lightModern" || theme === "highContrastDark";

async function objections(page: RendererPage, rules: "all" | "colours"): Promise<readonly string[]> {
  const asked =
    rules === "all"
      ? { rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false } } }
      : { runOnly: ["color-contrast", "link-in-text-block"] };
  const options = { ...asked, resultTypes: ["violations"], preload: false };
  return (await page.page.evaluate(
    `axe.run(document.body, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + " at " + JSON.stringify(target) + ": " + failureSummary)))`,
  )) as string[];
}

/** In an output of the sample's name. */
async function showSample(page: RendererPage, name: string): Promise<void> {
  const view = await sample(name);
  await page.show(viewMimeTypes[view.kind], view, name);
}
