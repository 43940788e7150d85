// The gradients view as a reader meets it, in Chromium: hover, keys, scrubbing, themes, and what assistive technology sees.

import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { formatNumber } from "../src/shared/numbers.ts";
import { type GradientsView, viewMimeTypes } from "../src/shared/views.ts";
import { type PageOptions, RendererHarness, type RendererPage } from "./renderer/harness.mts";
import { skipsChromium } from "./support/inChromium.ts";

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`./renderer/samples/${name}.json`, import.meta.url), "utf8")) as GradientsView;
const two = sample("gradientsTwo");
const one = sample("gradientsOne");
const broken = sample("gradientsBroken");

describe.skipIf(skipsChromium)("the gradients view", () => {
  let harness: RendererHarness;
  let page: RendererPage;
  beforeAll(async () => {
    harness = await RendererHarness.start();
  });
  afterEach(async () => {
    expect(page.problems).toEqual([]);
    await page.close();
  });
  afterAll(() => harness?.stop());

  const open = async (view: GradientsView, options: PageOptions = {}) => {
    page = await harness.open(options);
    await page.show(viewMimeTypes.gradients, view);
    await page.page.locator("#output-1 .heatCells canvas").first().waitFor();
  };
  const output = (id = "output-1") => page.page.locator(`#${id}`);
  const names = (id?: string) => output(id).locator(".names button");
  const step = (id?: string) => output(id).locator(".scrub output");
  const card = () => output().locator(".card");
  const cells = (row: string): Locator => card().locator("tr", { hasText: row }).locator("td");
  const seriesOf = (run: number, layer: number) => two.runs[run]?.layers[layer]?.series;
  const mean = (run: number, layer: number, record: number) => formatNumber(seriesOf(run, layer)?.meanAbs.at(record));

  test("opens a layer's card under the pointer, with that layer's numbers of the last step", async () => {
    await open(two);
    await names().nth(2).hover();
    await card().waitFor();
    expect(await card().locator(".cardTitle").textContent()).toContain("dense_3");
    expect(await cells("mean |g|").first().textContent()).toBe(mean(0, 2, -1));
    expect(await cells("mean |g|").nth(1).textContent()).toBe(mean(1, 2, -1));
    expect(await card().textContent()).toContain("sigmoid: ");
    const [box, plot] = [await card().boundingBox(), await output().locator(".dots").boundingBox()];
    expect(box?.x).toBeGreaterThanOrEqual((plot?.x ?? 0) + (plot?.width ?? 0));
    await output().locator(".scrub output").hover();
    await card().waitFor({ state: "detached" });
  });

  test("opens a card from the dots as well", async () => {
    await open(two);
    const plot = await output().locator(".dots").boundingBox();
    await page.page.mouse.move((plot?.x ?? 0) + 120, (plot?.y ?? 0) + 5 * 24 + 12);
    await card().waitFor();
    expect(await card().locator(".cardTitle").textContent()).toContain("dense_6");
    expect(await names().nth(5).getAttribute("aria-expanded")).toBe("true");
  });

  test("closes a card that the pointer opened by Escape, wherever the focus is", async () => {
    await open(two);
    await names().nth(4).hover();
    await card().waitFor();
    await page.page.keyboard.press("Escape");
    expect(await card().count()).toBe(0);
  });

  test("shows its sentence alone where nothing was recorded", async () => {
    const { runs } = one;
    const nothing = runs.map((run) => ({
      ...run,
      steps: [],
      layers: run.layers.map((layer) => ({
        ...layer,
        series: Object.fromEntries(Object.keys(layer.series).map((measure) => [measure, []])) as never,
      })),
    }));
    page = await harness.open();
    await page.show(viewMimeTypes.gradients, { ...one, runs: nothing });
    expect(await output().locator(".sentence").isVisible()).toBe(true);
    expect(await output().locator(".dots").isVisible()).toBe(false);
    expect(await output().locator(".scrub").isVisible()).toBe(false);
  });

  test("goes through layers and steps by keys, and Escape closes", async () => {
    await open(two);
    await names().first().focus();
    await page.page.keyboard.press("ArrowDown");
    expect(await card().locator(".cardTitle").textContent()).toContain("dense_2");
    await page.page.keyboard.press("ArrowLeft");
    await page.page.keyboard.press("PageDown");
    const record = two.runs[0]?.steps.length ?? 0;
    expect(await step().textContent()).toContain(`step ${two.runs[0]?.steps[record - 12]}`);
    expect(await cells("mean |g|").first().textContent()).toBe(mean(0, 1, record - 12));
    await page.page.keyboard.press("Escape");
    expect(await card().count()).toBe(0);
    await page.page.keyboard.press("End");
    expect(
      await page.page.evaluate(() => document.querySelector("#output-1")?.shadowRoot?.activeElement?.textContent),
    ).toContain("output");
    expect(await card().locator(".cardTitle").textContent()).toContain("output");
  });

  test("scrubs every output of the same run together, and no other", async () => {
    await open(two);
    await page.show(viewMimeTypes.gradients, one, "output-2");
    const stranger = { ...one, runs: one.runs.map((run) => ({ ...run, runId: "fit-ffffffff-1" })) };
    await page.show(viewMimeTypes.gradients, stranger, "output-3");
    const heat = await output().locator(".heatCells").first().boundingBox();
    const across = (share: number) => (heat?.x ?? 0) + (heat?.width ?? 0) * share;
    await page.page.mouse.move(across(0.9), (heat?.y ?? 0) + 30);
    await page.page.mouse.down();
    await page.page.mouse.move(across(0.25), (heat?.y ?? 0) + 30, { steps: 4 });
    await page.page.mouse.up();
    const expected = `step ${two.runs[0]?.steps[Math.floor((two.runs[0]?.steps.length ?? 0) * 0.25)]} · epoch\u00a03`;
    expect(await step().textContent()).toBe(expected);
    expect(await step("output-2").textContent()).toBe(expected);
    expect(await step("output-3").textContent()).toContain(`step ${two.runs[0]?.steps.at(-1)}`);
    await output("output-2").locator(".scrub input").focus();
    await page.page.keyboard.press("Home");
    expect(await step().textContent()).toBe("step 1 · epoch\u00a01");
  });

  test("zooms the dots' axis by keys and wheel, and back; another measure has its own axis", async () => {
    await open(two);
    const dots = output().locator(".dots canvas");
    const whole = output().getByRole("button", { name: "All powers of ten" });
    const all = await dots.screenshot();
    await dots.focus();
    await page.page.keyboard.press("+");
    await whole.waitFor();
    const near = await dots.screenshot();
    expect(near).not.toEqual(all);
    await page.page.keyboard.press("Shift+ArrowLeft");
    expect(await dots.screenshot()).not.toEqual(near);
    await page.page.keyboard.press("0");
    expect(await whole.count()).toBe(0);
    const plot = await output().locator(".dots").boundingBox();
    await page.page.mouse.move((plot?.x ?? 0) + 100, (plot?.y ?? 0) + 60);
    await page.page.keyboard.down("Control");
    await page.page.mouse.wheel(0, -100);
    await page.page.keyboard.up("Control");
    await whole.waitFor();
    await output().getByRole("combobox", { name: "Measure" }).selectOption("l2");
    expect(await whole.count()).toBe(0);
  });

  test("outlines the drawing that has the focus", async () => {
    await open(two);
    for (const [part, drawing] of [
      [".dots", ".dots canvas"],
      [".heatCells", ".heatCells canvas"],
    ] as const) {
      const style = () =>
        output()
          .locator(part)
          .first()
          .evaluate((node) => getComputedStyle(node).outlineStyle);
      expect(await style()).toBe("none");
      await output().locator(drawing).first().press("Home");
      expect(await style()).toBe("solid");
      await output().locator(drawing).first().blur();
    }
  });

  test("goes through steps and layers on a heat map by keys", async () => {
    await open(two);
    const heat = output().locator(".heatCells canvas").first();
    await heat.focus();
    await page.page.keyboard.press("Home");
    const first = await step().textContent();
    await page.page.keyboard.press("ArrowRight");
    expect(await step().textContent()).not.toBe(first);
    await page.page.keyboard.press("ArrowDown");
    expect(await card().locator(".cardTitle").textContent()).toContain("dense_1");
    await page.page.keyboard.press("ArrowDown");
    expect(await card().locator(".cardTitle").textContent()).toContain("dense_2");
    await page.page.keyboard.press("Escape");
    await card().waitFor({ state: "detached" });
    expect(await heat.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true);
  });

  test("plays to the end by itself and stops there", async () => {
    await open(two);
    await output().locator(".scrub input").focus();
    await page.page.keyboard.press("PageDown");
    await page.page.keyboard.press("Space");
    const play = output().locator(".scrub button");
    expect(await play.getAttribute("aria-label")).toBe("Pause");
    await output().locator(".scrub button[aria-label=Play]").waitFor();
    expect(await step().textContent()).toContain(`step ${two.runs[0]?.steps.at(-1)}`);
  });

  test("measures something else, without the slope's bound where it is no gradient", async () => {
    await open(two);
    const bound = output().locator(".reference");
    expect(await bound.textContent()).toBe("¼ per layer: sigmoid’s bound");
    await output().locator("select.measure").selectOption("updateRatio");
    expect(await bound.isVisible()).toBe(false);
    await output().getByRole("button", { name: "Show the numbers" }).click();
    expect(await output().locator(".numbers").textContent()).toContain("sigmoid, update : weight");
    const last = seriesOf(0, 0)?.updateRatio.at(-1);
    expect(await output().locator(".numbers td").first().textContent()).toBe(formatNumber(last));
  });

  test("posts what the card's links ask for", async () => {
    await open(two);
    await names().nth(1).click();
    await card().getByRole("button", { name: "Reveal ReLU + He in cell" }).click();
    await card().getByRole("button", { name: "Copy numbers" }).click();
    const posted = await page.posted();
    expect(posted).toContainEqual({ kind: "revealLayer", runId: two.runs[1]?.runId, layer: "dense_2" });
    const copied = posted.find((message) => message.kind === "copyText");
    expect(copied?.kind === "copyText" ? copied.text : "").toContain(`mean |g|\t${mean(0, 1, -1)}\t${mean(1, 1, -1)}`);
  });

  test("draws again in the colours of a new theme", async () => {
    await open(two, { theme: "lightModern" });
    const pixel = () =>
      page.page.evaluate(() => {
        const canvas = document
          .querySelector("#output-1")
          ?.shadowRoot?.querySelector<HTMLCanvasElement>(".heatCells canvas");
        return [...(canvas?.getContext("2d")?.getImageData(20, 10, 1, 1).data ?? [])].join();
      });
    const light = await pixel();
    await page.setTheme("darkModern");
    await expect.poll(pixel).not.toBe(light);
    await page.setTheme("highContrastDark");
    await expect.poll(() => output().locator(".heatWord").first().textContent()).toMatch(/^10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$/);
  });

  test("draws the distributions of the layer and step that the reader is at, on demand", async () => {
    await open(two);
    const ridge = output().locator(".ridges canvas").first();
    await output().getByRole("button", { name: "Distributions over time" }).click();
    const label = () => ridge.getAttribute("aria-label");
    expect(await label()).toBe("sigmoid: how |g| of dense_1 is distributed at 24 steps, from 10⁻¹² to 10³");
    const before = await ridge.screenshot();
    await output().locator(".scrub input").press("Home");
    expect(await ridge.screenshot()).not.toEqual(before);
    await names().nth(4).focus();
    expect(await label()).toMatch(/of dense_5 /);
  });

  test("keeps the reader's step and measure when newer data of the same runs arrive", async () => {
    await open(two);
    await output().locator("select.measure").selectOption("max");
    await output().locator(".scrub input").focus();
    await page.page.keyboard.press("Home");
    await page.show(viewMimeTypes.gradients, { ...two, sentence: { tone: "good", messages: [] } });
    expect(await step().textContent()).toBe("step 1 · epoch\u00a01");
    expect(await output().locator("select.measure").inputValue()).toBe("max");
    expect(await output().locator(".sentence .icon.good").count()).toBe(1);
  });

  test("says NaN in the rows of a run that broke, and hatches nothing into a number", async () => {
    await open(broken);
    const broke = broken.runs[1]?.layers.length ?? 0;
    expect(await output().locator(".dotMark.high").count()).toBe(broke);
    expect(new Set(await output().locator(".dotMark.high").allTextContents())).toEqual(new Set(["NaN"]));
    await names().last().focus();
    expect(await cells("mean |g|").nth(1).textContent()).toBe("NaN");
    expect(await card().locator("thead").textContent()).toContain(`step ${broken.runs[1]?.steps.at(-1)}`);
  });

  test("says NaN on the columns that are, not on what was recorded before", async () => {
    const { runs } = broken;
    await open({ ...broken, runs: runs.slice(1) });
    const [word, canvas] = [output().locator(".heatWord").first(), output().locator(".heatCells canvas").first()];
    expect(await word.textContent()).toBe("NaN");
    const [box, all] = [await word.boundingBox(), await canvas.boundingBox()];
    // Five of its six steps are numbers.
    expect(box?.x).toBeGreaterThan((all?.x ?? 0) + (5 / 6) * (all?.width ?? 0));
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((all?.x ?? 0) + (all?.width ?? 0));
  });

  test("opens the card in the flow of a narrow page, and cuts nothing off", async () => {
    await open(two, { widthPx: 300 });
    await names().nth(3).click();
    const [box, plot] = [await card().boundingBox(), await output().locator(".dots").boundingBox()];
    expect(box?.y).toBeGreaterThanOrEqual((plot?.y ?? 0) + (plot?.height ?? 0));
    expect(box?.width).toBeGreaterThan(280);
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await card().getByRole("button", { name: "Close (Esc)" }).click();
    expect(await card().count()).toBe(0);
  });

  test("speaks Korean", async () => {
    await open(two, { language: "ko-KR" });
    expect(await step().textContent()).toBe("스텝 64 · 에포크\u00a08");
    expect(await output().locator("select.measure option").first().textContent()).toBe("평균 |g|");
  });

  for (const theme of ["darkModern", "highContrastLight"] as const)
    test(`has no serious accessibility violation in ${theme}`, async () => {
      await open(two, { theme });
      await names().nth(2).focus();
      await card().waitFor();
      await output().getByRole("button", { name: "Show the numbers" }).click();
      expect(await seriousViolations(page)).toEqual([]);
    });
});

async function seriousViolations(page: RendererPage): Promise<readonly string[]> {
  await page.page.addScriptTag({ content: axe.source });
  return page.page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(
      document.querySelector("#output-1") ?? document,
    );
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" | ")}`,
      );
  });
}
