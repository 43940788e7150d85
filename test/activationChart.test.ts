// The activation view as a reader meets it, in Chromium: choosing functions, alpha and layer, and reading the curves.

import { readFileSync } from "node:fs";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ActivationView, viewMimeTypes } from "../src/shared/views.ts";
import { type PageOptions, RendererHarness, type RendererPage } from "./renderer/harness.mts";
import { skipsChromium } from "./support/inChromium.ts";

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`./renderer/samples/${name}.json`, import.meta.url), "utf8")) as ActivationView;
const withLayer = sample("activationLayer");
const plain = sample("activationPlain");

describe.skipIf(skipsChromium)("the activation view", () => {
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

  const open = async (view: ActivationView, options: PageOptions = {}) => {
    page = await harness.open(options);
    await page.show(viewMimeTypes.activation, view);
    await output().locator(".curves canvas").first().waitFor();
  };
  const output = () => page.page.locator("#output-1");
  const chip = (name: string) => output().getByRole("button", { name, exact: true });
  const pressed = () => output().locator('.chip[aria-pressed="true"]').allTextContents();
  const reads = () => output().locator(".read").allTextContents();

  test("shows at most five functions: the sixth takes the place of the first, the last one stays", async () => {
    await open(plain);
    await chip("sigmoid").click();
    expect(await pressed()).toEqual(["sigmoid"]);
    for (const name of ["tanh", "ReLU", "GELU", "ELU"]) await chip(name).click();
    expect(await pressed()).toHaveLength(5);
    await chip("softplus").click();
    expect(await pressed()).not.toContain("sigmoid");
    expect(await pressed()).toHaveLength(5);
  });

  test("draws each function by itself where that is wanted: a drawing a function, read by the pointer, and back", async () => {
    await open(withLayer);
    await output().getByRole("combobox", { name: "curves" }).selectOption("multiples");
    const panels = output().locator(".panels .figure:visible");
    expect(await panels.locator("figcaption b").allTextContents()).toEqual(["tanh", "sigmoid", "leaky ReLU"]);
    expect(await output().locator(".curves canvas:visible").count()).toBe(0);
    const last = panels.last().locator(".plot");
    const picture = await last.screenshot();
    await last.hover({ position: { x: 60, y: 60 } });
    expect(await panels.last().locator("figcaption").textContent()).toMatch(/^leaky ReLUf = −1\.\d+, f′ = 0\.20$/);
    expect(await last.screenshot()).not.toEqual(picture);
    await chip("ReLU").click();
    expect(await panels.count()).toBe(4);
    await output().getByRole("combobox", { name: "curves" }).selectOption("overlaid");
    expect(await panels.count()).toBe(0);
    expect(await output().locator(".curves canvas:visible").count()).toBe(3);
  });

  test("reads f and f′ where the pointer stands, and goes on by keys", async () => {
    await open(plain);
    const plot = await output().locator(".curves .plot").first().boundingBox();
    const slider = output().getByRole("slider", { name: "Reading line, z" });
    await page.page.mouse.click((plot?.x ?? 0) + (plot?.width ?? 0) / 2, (plot?.y ?? 0) + 40);
    const at = Number(await slider.getAttribute("aria-valuenow"));
    expect(Math.abs(at)).toBeLessThan(1);
    await slider.press("Home");
    expect(await reads()).toEqual(["sigmoidf = 0.00247f′ = 0.00247"]);
    for (let presses = 0; presses < 6; presses++) await slider.press("PageUp");
    expect(await slider.getAttribute("aria-valuetext")).toBe("z = 0: sigmoid f 0.500, f′ 0.250");
  });

  test("zooms around the reading line by keys, around the pointer by the wheel, and shows all again", async () => {
    await open(withLayer);
    const slider = output().getByRole("slider", { name: "Reading line, z" });
    const whole = output().getByRole("button", { name: "All of z" });
    const canvas = output().locator(".curves canvas").first();
    const label = () => canvas.getAttribute("aria-label");
    const all = await label();
    expect(await whole.count()).toBe(0);
    await slider.press("+");
    const half = await label();
    expect(half).not.toBe(all);
    await slider.press("Home");
    expect(await label(), "the range follows the line").not.toBe(half);
    await slider.press("Shift+ArrowRight");
    await whole.click();
    expect(await label()).toBe(all);
    const plot = await output().locator(".curves .plot").first().boundingBox();
    await page.page.mouse.move((plot?.x ?? 0) + 200, (plot?.y ?? 0) + 60);
    await page.page.keyboard.down("Control");
    await page.page.mouse.wheel(0, -100);
    await page.page.keyboard.up("Control");
    await whole.waitFor();
    await slider.press("0");
    expect(await label()).toBe(all);
  });

  test("lays another layer's z under the curves, and says what that means", async () => {
    await open(withLayer);
    const caption = output().locator("figcaption").nth(2);
    expect(await caption.textContent()).toContain(`z in ${withLayer.layer}`);
    const menu = output().getByRole("combobox", { name: "pre-activations of" });
    const other = withLayer.layers.findIndex(({ name }) => name === "dense_1");
    await menu.selectOption(String(other));
    const share = `${Math.round(Number(withLayer.layers[other]?.saturatedShare) * 100)}\u00a0%`;
    expect(await caption.textContent()).toContain(`${share} saturated`);
    expect(await output().locator(".sentence p").textContent()).toContain(`${share} of the values that reach dense_1`);
    await menu.selectOption("-1");
    expect(await output().locator("figure").nth(2).isVisible()).toBe(false);
  });

  test("changes alpha where a chosen function has one, and offers no slider elsewhere", async () => {
    await open(withLayer);
    const slider = output().locator(".field input");
    const curve = withLayer.functions.find(({ name }) => name === "leakyRelu");
    await slider.fill(String((curve?.variants.length ?? 0) - 1));
    const largest = curve?.variants.at(-1)?.alpha ?? 0;
    expect(Number(await output().locator(".field output").textContent())).toBeCloseTo(largest, 2);
    await output().getByRole("slider", { name: "Reading line, z" }).press("Home");
    expect((await reads()).at(-1)).toContain(`f′ = ${largest.toPrecision(3)}`);
    await chip("leaky ReLU").click();
    expect(await slider.isVisible()).toBe(false);
  });

  test("stands where a unit of the trained layer stands, with a tangent there", async () => {
    await open(withLayer);
    const curve = output().locator("canvas").first();
    const before = await curve.screenshot();
    await output().getByRole("combobox", { name: "unit" }).selectOption("3");
    const z = withLayer.layers.find(({ name }) => name === withLayer.layer)?.unitMeans?.[3];
    expect(Number(await output().getByRole("slider", { name: "Reading line, z" }).getAttribute("aria-valuenow"))).toBe(
      z,
    );
    expect(await curve.screenshot()).not.toEqual(before);
  });

  test("says what ten layers leave of a gradient", async () => {
    await open(withLayer);
    const row = output().locator(".facts tr", { hasText: "sigmoid" });
    expect(await row.locator("td").allTextContents()).toEqual(["0.25", "9.5×10⁻⁷"]);
  });

  test("has room for the heads of what ten layers leave on a wide page, in the widest font of editors", async () => {
    await open(plain, { widthPx: 1600 });
    await page.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-family", "DejaVu Sans"));
    const heights = await output()
      .locator(".facts thead th")
      .evaluateAll((heads) => heads.map((head) => head.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(1);
    expect(Math.max(...heights)).toBeLessThan(30);
  });

  test("keeps the less known functions behind one button", async () => {
    const unknown = { ...(plain.functions[0] as ActivationView["functions"][number]), name: "mish", label: "mish" };
    await open({ ...plain, functions: [...plain.functions, unknown] });
    expect(await chip("mish").isVisible()).toBe(false);
    await chip("1 more…").click();
    await chip("mish").click();
    await chip("Fewer").click();
    expect(await chip("mish").isVisible()).toBe(true);
  });

  test("draws again in the colours of a new theme", async () => {
    await open(plain, { theme: "lightModern" });
    const picture = () =>
      page.page.evaluate(() =>
        document
          .querySelector("#output-1")
          ?.shadowRoot?.querySelector<HTMLCanvasElement>(".curves canvas")
          ?.toDataURL(),
      );
    const light = await picture();
    await page.setTheme("darkModern");
    await expect.poll(picture).not.toBe(light);
  });

  test("fits a narrow page without cutting anything off", async () => {
    await open(withLayer, { widthPx: 300 });
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  for (const theme of ["lightModern", "highContrastDark"] as const)
    test(`has no serious accessibility violation in ${theme}`, async () => {
      await open(withLayer, { theme });
      await output().getByRole("button", { name: "Show the numbers" }).click();
      await page.page.addScriptTag({ content: axe.source });
      const violations = await page.page.evaluate(async () => {
        const found = await (window as unknown as { axe: typeof axe }).axe.run(
          document.querySelector("#output-1") ?? document,
        );
        return found.violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      });
      expect(violations).toEqual([]);
    });
});
