// What the outputs of one run promise to each other in a real browser, and what a reader may change in a training's figures.

import assert from "node:assert/strict";
import {
  type ActivationView,
  type DiagnosisView,
  type GradientsView,
  type TrainingView,
  viewMimeTypes,
} from "../../src/shared/views.ts";
import type { RendererHarness, RendererPage } from "./harness.mts";
import { finished, sample } from "./sampleViews.mts";

export const linkedChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "outputs of a run stand at the same step and mark the same layer"(harness) {
    const page = await harness.open();
    const { runs } = await sample<GradientsView>("gradientsOne");
    const run = { ...runs[0], runId: finished.runId, stepsPerEpoch: finished.steps.perEpoch };
    await page.show(viewMimeTypes.training, finished, "training");
    await page.show(viewMimeTypes.gradients, { ...(await sample("gradientsOne")), runs: [run] }, "gradients");
    const caption = () => page.page.locator("#training .stripArea .muted").first().textContent();
    assert.equal(await caption(), "mean |g| of each layer, newest epoch");
    const strip = () => page.page.locator("#training .strip").screenshot();
    const newest = await strip();
    await page.page.locator("#training canvas").first().press("Home");
    assert.match((await caption()) ?? "", /, step \d+ · epoch\s1$/);
    assert.notDeepEqual(await strip(), newest);
    assert.match((await page.page.locator("#gradients .scrub output").textContent()) ?? "", /^step \d+ · epoch\s1$/);
    await page.page.locator("#gradients .scrub input").press("End");
    assert.match((await page.page.locator("#training .readout").first().textContent()) ?? "", /^epoch\s7 ·/);
    await page.page.locator("#training canvas").first().press("Escape");
    assert.equal(await caption(), "mean |g| of each layer, newest epoch");
    await page.page.locator("#gradients .names button").nth(1).focus();
    assert.equal(await page.page.locator("#training .block.marked").getAttribute("aria-label"), await labelOf(page, 1));
    const dots = () => page.page.locator("#gradients .dots").screenshot();
    await page.page.locator("#gradients .scrub input").focus();
    await page.page.locator("#training .block.marked").waitFor({ state: "detached" });
    const unmarked = await dots();
    await page.page.locator("#training .block").nth(2).focus();
    assert.notDeepEqual(await dots(), unmarked, "the layer of the strip is not marked among the dots");
    await page.end();
  },

  async "an activation view shows the layer that is marked elsewhere, marks its own there, and nothing moves"(harness) {
    const page = await harness.open({ widthPx: 1600 });
    const sampled = await sample<ActivationView>("activationLayer");
    const [first] = sampled.layers;
    if (first === undefined) assert.fail("the sample has no layers");
    // One whose words are many: another function, and dead units.
    const deadUnits = Array.from({ length: 16 }, (_, unit) => unit);
    const wordy = { ...first, name: "dense_3", activation: "relu", alpha: undefined, deadUnits, saturatedShare: 1 };
    const view = {
      ...sampled,
      runId: finished.runId,
      layers: [first, { ...first, name: "dense_2" }, wordy],
      layer: first.name,
    };
    const widths = [300, 480, 700, 980, 1600];
    for (const widthPx of widths) await page.show(viewMimeTypes.activation, view, `at-${widthPx}`, widthPx);
    await page.show(viewMimeTypes.training, finished, "training");
    const heights = () =>
      page.page.locator(".view").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    const menus = page.page.locator("[id^=at-] select").filter({ hasText: "dense_2" });
    const shown = () => menus.evaluateAll((all) => all.map((menu) => (menu as HTMLSelectElement).value));
    const before = await heights();
    for (const [block, layer] of [
      [2, "2"],
      [1, "1"],
      [0, "0"],
      [2, "2"],
    ] as const) {
      await page.page.locator("#training .block").nth(block).focus();
      await page.settled();
      assert.deepEqual(
        await shown(),
        widths.map(() => layer),
      );
      assert.deepEqual(await heights(), before, `the height moved with layer ${layer}`);
    }
    await menus.first().selectOption("1");
    assert.deepEqual(
      await shown(),
      widths.map(() => "1"),
    );
    const marked = page.page.locator("#training .block.marked");
    assert.match((await marked.getAttribute("aria-label")) ?? "", /^dense_2\b/);
    // Who chose no layer is shown none.
    await menus.first().selectOption("-1");
    await page.page.locator("#training .block").nth(0).focus();
    assert.deepEqual(
      await shown(),
      widths.map((_, at) => (at === 0 ? "-1" : "0")),
    );
    await page.end();
  },

  async "a finding of a diagnosis marks its layer in the other outputs of its run, and is marked by them"(harness) {
    const page = await harness.open();
    const view = await sample<DiagnosisView>("diagnosisTwo");
    const runs = view.runs.map((run, at) => (at === 0 ? { ...run, runId: finished.runId } : run));
    const at = view.findings.findIndex(({ run, layer }) => run === 0 && layer === "dense_2");
    await page.show(viewMimeTypes.training, finished, "training");
    await page.show(viewMimeTypes.diagnosis, { ...view, runs }, "diagnosis");
    const marked = page.page.locator("#training .block.marked");
    const finding = page.page.locator("#diagnosis .finding").nth(at);
    await finding.hover();
    assert.match((await marked.getAttribute("aria-label")) ?? "", /^dense_2\b/);
    await page.page.locator("#diagnosis .evidence .block").nth(2).hover();
    assert.match((await marked.getAttribute("aria-label")) ?? "", /^dense_3\b/);
    await page.page.mouse.move(1, 1);
    await marked.waitFor({ state: "detached" });
    const isMarked = () => finding.evaluate((node) => node.classList.contains("marked"));
    assert.equal(await isMarked(), false);
    await page.page.locator("#training .block").nth(1).focus();
    assert.equal(await isMarked(), true);
    assert.equal(await page.page.locator("#diagnosis .evidence .block.marked").count(), 1);
    await page.end();
  },

  async "the runs of a comparison hide, and its heat maps zoom, without moving anything else"(harness) {
    const page = await harness.open({ widthPx: 980 });
    await page.show(viewMimeTypes.gradients, await sample<GradientsView>("gradientsTwo"));
    const height = () => page.page.locator(".view").evaluate((view) => view.getBoundingClientRect().height);
    const before = await height();
    const dots = () => page.page.locator(".dots").screenshot();
    const both = await dots();
    const toggle = page.page.locator(".runToggle").first();
    await toggle.press("Enter");
    assert.equal(await toggle.getAttribute("aria-pressed"), "false");
    assert.equal(await page.page.locator(".heat").first().isVisible(), false);
    assert.equal(await page.page.locator(".reference .key").isVisible(), false);
    assert.notDeepEqual(await dots(), both);
    assert.equal(await height(), before);
    await toggle.press("Enter");
    assert.equal(await page.page.locator(".reference .key").isVisible(), true);
    assert.deepEqual(await dots(), both);
    const heat = () => page.page.locator(".heatCells").first().screenshot();
    const slider = page.page.locator(".scrub input");
    const whole = await heat();
    await slider.press("+");
    const near = await heat();
    assert.notDeepEqual(near, whole);
    assert.notEqual(await page.page.locator(".heatTicks span").first().textContent(), "step 1");
    await slider.press("Shift+ArrowLeft");
    assert.notDeepEqual(await heat(), near);
    assert.equal(await height(), before);
    await page.page.getByRole("button", { name: "All steps" }).click();
    assert.deepEqual(await heat(), whole);
    await page.end();
  },

  async "gradients that were not recorded are a sentence, and come into the view when they are there"(harness) {
    const view = await sample<GradientsView>("gradientsOne");
    const runs = view.runs.map((run) => {
      const layers = run.layers.map((layer) => {
        const series = Object.fromEntries(Object.keys(layer.series).map((measure) => [measure, []]));
        return { ...layer, series: series as unknown as typeof layer.series };
      });
      return { ...run, steps: [], layers };
    });
    const page = await harness.open();
    const parts = [".rows", ".dots", ".heats", ".keys", ".scrub", ".view > .note"];
    const shown = () =>
      Promise.all(
        parts.map((part) =>
          page.page
            .locator(part)
            .first()
            .evaluate((node) => node.getClientRects().length > 0),
        ),
      );
    await page.show(viewMimeTypes.gradients, { ...view, runs });
    assert.equal(await page.page.locator(".sentence").isVisible(), true);
    assert.deepEqual(new Set(await shown()), new Set([false]));
    await page.show(viewMimeTypes.gradients, view);
    assert.equal(await page.page.locator(".rows").isVisible(), true);
    assert.deepEqual(
      (await shown()).filter((_, at) => parts[at] !== ".heats"),
      Array(parts.length - 1).fill(true),
    );
    const box = async (selector: string) => page.page.locator(selector).first().boundingBox();
    const [names, dots] = [await box(".names"), await box(".dots")];
    assert.ok(names && dots && dots.x >= names.x + names.width && Math.abs(dots.y - names.y) < 2, "no rows");
    assert.equal(await page.page.getByRole("button", { name: "All steps" }).isVisible(), false);
    await page.end();
  },

  async "a training's lines can be smoothed, hidden, put on another axis and zoomed, without moving anything else"(
    harness,
  ) {
    const page = await harness.open();
    await page.show(viewMimeTypes.training, await sample<TrainingView>("trainingScheduled"));
    const canvas = page.page.locator("canvas").first();
    const height = () => page.page.locator(".view").evaluate((view) => view.getBoundingClientRect().height);
    const before = await height();
    assert.equal(await page.page.locator("canvas").count(), 4, "learning rate and momentum are drawn too");
    let picture = await canvas.screenshot();
    const changes = async (what: string, change: () => Promise<void>) => {
      await change();
      const next = await canvas.screenshot();
      assert.notDeepEqual(next, picture, `${what} changed nothing`);
      assert.equal(await height(), before, `${what} moved the page`);
      picture = next;
    };
    await changes("smoothing", () => page.page.getByRole("slider", { name: "smoothing" }).press("End"));
    await changes("hiding", () => page.page.getByRole("button", { name: "validation" }).click());
    await changes("the axis", () => page.page.getByRole("button", { name: "loss: log axis" }).click());
    await changes("zooming", () => canvas.press("+"));
    await changes("moving", () => canvas.press("Shift+ArrowLeft"));
    await changes("going back", () => page.page.getByRole("button", { name: "Whole training" }).click());
    await page.end();
  },
};

async function labelOf(page: RendererPage, block: number): Promise<string | null> {
  return page.page.locator("#training .block").nth(block).getAttribute("aria-label");
}
