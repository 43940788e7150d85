// What the view of a race promises in a real browser: it runs and ends without moving anything, and one weight looked at closely.

import assert from "node:assert/strict";
import { setEngineHost } from "../../src/engine/host.ts";
import { compare, datasets, layers, sequential } from "../../src/engine/index.ts";
import { optimizersView } from "../../src/insights/index.ts";
import { type OptimizersView, viewMimeTypes } from "../../src/shared/views.ts";
import { drawnTexts, recordTexts } from "./drawnTexts.mts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const raceChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a race runs and ends without moving anything, however narrow the notebook"(harness) {
    const views = await raceAsItRuns();
    const [start, end] = [views[0], views.at(-1)];
    if (start === undefined || end === undefined) assert.fail("the race gave no views");
    const widths = [300, 390, 480, 600, 860, 980, 1250, 1600];
    const page = await harness.open({ widthPx: 1600 });
    for (const widthPx of widths) await page.show(viewMimeTypes.optimizers, start, `at-${widthPx}`, widthPx);
    const heights = () =>
      page.page
        .locator(".view")
        .evaluateAll((all) => all.map((view) => [view.clientWidth, view.getBoundingClientRect().height]));
    await page.settled();
    const before = await heights();
    for (const view of views.slice(1, -1)) {
      await page.send({ kind: "raceSnapshot", view, sequence: 0 });
      await page.page.waitForTimeout(60);
      await page.settled();
      assert.deepEqual(await heights(), before, `the height moved at ${view.racers.map(({ steps }) => steps.at(-1))}`);
    }
    for (const widthPx of widths) await page.show(viewMimeTypes.optimizers, end, `at-${widthPx}`, widthPx);
    await page.settled();
    assert.equal(await page.page.locator(".closeUp select:visible").count(), widths.length);
    assert.deepEqual(await heights(), before, "the height moved at the end");
    await page.end();
  },

  async "a line is read as far as it goes, and a race that failed at once waits for nothing"(harness) {
    const page = await harness.open();
    const view = await sample<OptimizersView>("optimizersFive");
    const [racer] = view.racers;
    if (racer === undefined) assert.fail("the sample has no racers");
    const half = <Item,>(list: readonly Item[]) => list.slice(0, Math.floor(list.length / 2));
    const ended = {
      ...racer,
      steps: half(racer.steps),
      mean: racer.mean.slice(0, 1).concat(
        half(racer.mean)
          .slice(1)
          .map(() => 0.3),
      ),
      low: half(racer.low),
      high: half(racer.high),
    };
    await page.show(viewMimeTypes.optimizers, { ...view, racers: [ended] });
    const canvas = page.page.locator(".raceFigure canvas");
    const words = page.page.locator(".raceFigure figcaption > span");
    const { width, height } = (await canvas.boundingBox()) ?? { width: 0, height: 0 };
    const read = new Map<string, number[]>();
    for (const share of [0.2, 0.35, 0.65, 0.8])
      for (let y = 20; y < height; y += 20) {
        await canvas.hover({ position: { x: share * width, y } });
        const text = (await words.textContent()) ?? "";
        if (/step \d/.test(text)) read.set(text, [...(read.get(text) ?? []), share]);
      }
    const places = new Set([...read.values()].flat());
    assert.ok(places.has(0.2) && places.has(0.35), "the line was not read where it goes");
    assert.ok(!places.has(0.65) && !places.has(0.8), "the line was read where it had ended");
    const none = view.racers.map((each) => ({ ...each, steps: [], mean: [], low: [], high: [] }));
    await page.show(viewMimeTypes.optimizers, { ...view, state: "failed", racers: none }, "failed");
    assert.equal(await page.page.locator("#failed .raceEmpty").textContent(), "No step was made.");
    await page.end();
  },

  async "a race asks how it stands, draws the newest, and can be stopped once it is heard of"(harness) {
    const page = await harness.open();
    const view = await sample<OptimizersView>("optimizersRunning");
    const empty = view.racers.map((racer) => ({ ...racer, steps: [], mean: [], low: [], high: [] }));
    await page.show(viewMimeTypes.optimizers, { ...view, racers: empty });
    assert.deepEqual(await page.posted(), [{ kind: "ready" }, { kind: "followRun", runId: view.raceId }]);
    const stop = page.page.getByRole("button", { name: /^Stop this race/ });
    assert.equal(await stop.isVisible(), false);
    await page.send({ kind: "raceSnapshot", view, sequence: 0 });
    await stop.click();
    assert.equal(await page.page.locator(".raceEmpty").isVisible(), false);
    await page.show(viewMimeTypes.optimizers, { ...view, racers: empty });
    assert.equal(
      await page.page.locator(".raceEmpty").isVisible(),
      false,
      "an older picture took the place of a newer",
    );
    assert.equal(await page.page.locator(".raceButtons button:visible").textContent(), "Stopping…");
    assert.deepEqual((await page.posted()).at(-1), { kind: "stopTraining", runId: view.raceId });
    await page.show(viewMimeTypes.optimizers, { ...view, state: "stopped" });
    assert.equal(await stop.isVisible(), false);
    await page.send({ kind: "runsOutdated", runIds: [view.raceId] });
    await page.page.getByText("From an earlier run: the cell has changed since.").waitFor();
    await page.page.getByRole("button", { name: /^Run the cell of this race again/ }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "runAgain", runId: view.raceId });
    await page.send({ kind: "runsOutdated", runIds: [] });
    await page.page.getByText("From an earlier run").waitFor({ state: "detached" });
    await page.end();
  },

  async "a race that nobody runs any more says so, keeps its lines and offers to run again"(harness) {
    const page = await harness.open();
    const view = await sample<OptimizersView>("optimizersRunning");
    await page.show(viewMimeTypes.optimizers, view);
    await page.send({ kind: "runUnknown", runId: view.raceId });
    await page.page.getByText("Interrupted after 5 of 15 runs").waitFor();
    assert.equal(await page.page.locator(".closeUp").isVisible(), false);
    assert.equal(await page.page.getByRole("button", { name: /^Stop this race/ }).isVisible(), false);
    await page.page.getByRole("button", { name: "Run the cell of this race again" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "runAgain", runId: view.raceId });
    await page.end();
  },

  async "in a zoomed race each line is named where it leaves the stretch that is shown"(harness) {
    const page = await harness.open();
    await recordTexts(page);
    const five = await sample<OptimizersView>("optimizersFive");
    const racers = five.racers.map((racer) => {
      const falling = racer.mean.map((_, index) => 10 ** (-index / racer.mean.length));
      return { ...racer, mean: falling, low: falling, high: falling };
    });
    const view = { ...five, racers };
    await page.show(viewMimeTypes.optimizers, view);
    const names = new Set(view.racers.map(({ name }) => name));
    const heights = async () => {
      await page.settled();
      const [texts = []] = await drawnTexts(page);
      return new Map(texts.flatMap(({ text, top }) => (names.has(text) ? [[text, top] as const] : [])));
    };
    const whole = await heights();
    assert.equal(whole.size, names.size);
    await page.page.locator(".raceFigure canvas").focus();
    for (const key of ["+", "+", "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft"])
      await page.page.keyboard.press(key);
    const zoomed = await heights();
    const higher = [...zoomed].filter(([name, top]) => top < (whole.get(name) ?? 0) - 30);
    assert.equal(higher.length, names.size, `losses fall, so names stand higher before the end: ${[...zoomed]}`);
    await page.end();
  },

  async "the words of a target at the foot of the plot stand on no number of the axis"(harness) {
    const page = await harness.open();
    await recordTexts(page);
    const race = await sample<OptimizersView>("optimizersFive");
    // What hardly changes, above its target, is drawn on an axis that ends at the target.
    const calm = (values: readonly unknown[]) => values.map((_, at) => 0.5 - 0.0001 * at);
    const racers = race.racers.map((racer) => ({ ...racer, mean: calm(racer.mean), low: [], high: [] }));
    await page.show(viewMimeTypes.optimizers, { ...race, racers, target: 0.3 });
    await page.settled();
    const [texts = []] = await drawnTexts(page);
    const target = texts.findLast(({ text }) => text === "target 0.3");
    const axis = texts.findLast(({ text }) => text === "step 0");
    assert.ok(target !== undefined && axis !== undefined);
    assert.ok(target.bottom < axis.top, `target ends at ${target.bottom}, step 0 begins at ${axis.top}`);
    await page.end();
  },

  async "the lines of a race zoom and move by keys and wheel, follow what is read, and stand as before when all is shown"(
    harness,
  ) {
    const page = await harness.open();
    await page.show(viewMimeTypes.optimizers, await sample<OptimizersView>("optimizersFive"));
    const canvas = page.page.locator(".raceFigure canvas");
    const spoken = page.page.locator(".raceFigure [role=status]");
    const seen = async () => {
      await page.settled();
      return (await canvas.screenshot()).toString("base64");
    };
    await canvas.focus();
    const whole = await seen();
    await page.page.keyboard.press("+");
    await page.page.keyboard.press("+");
    const zoomed = await seen();
    assert.notEqual(zoomed, whole);
    await page.page.keyboard.press("Shift+ArrowRight");
    const moved = await seen();
    assert.notEqual(moved, zoomed);
    assert.equal(await spoken.textContent(), "", "moving the stretch read a point");
    await page.page.keyboard.press("Home");
    assert.match((await spoken.textContent()) ?? "", /^step 1:/);
    assert.notEqual(await seen(), moved, "the stretch did not follow to the first step");
    await page.page.keyboard.press("0");
    await page.page.keyboard.press("Escape");
    assert.equal(await seen(), whole);
    await canvas.hover();
    await page.page.keyboard.down("Control");
    await page.page.mouse.wheel(0, -200);
    await page.page.keyboard.up("Control");
    await page.page.mouse.move(0, 0);
    assert.notEqual(await seen(), whole);
    await page.end();
  },

  async "a name in the standings hides its line and shows it again, by pointer and by keys; what is hidden is not read"(
    harness,
  ) {
    const page = await harness.open();
    const view = await sample<OptimizersView>("optimizersFive");
    await page.show(viewMimeTypes.optimizers, view);
    const canvas = page.page.locator(".raceFigure canvas");
    const names = page.page.locator(".racerName");
    const seen = async () => {
      await page.settled();
      return (await canvas.screenshot()).toString("base64");
    };
    const whole = await seen();
    const sgd = page.page.getByRole("button", { name: "SGD", exact: true });
    assert.deepEqual([await sgd.getAttribute("aria-pressed"), await sgd.getAttribute("title")], ["true", "Hide SGD"]);
    await sgd.click();
    await page.page.mouse.move(0, 0);
    await page.page.evaluate(() => (document.activeElement?.shadowRoot?.activeElement as HTMLElement | null)?.blur());
    assert.deepEqual([await sgd.getAttribute("aria-pressed"), await sgd.getAttribute("title")], ["false", "Show SGD"]);
    assert.notEqual(await seen(), whole, "a hidden line is still drawn");
    assert.match((await canvas.getAttribute("aria-label")) ?? "", /^Training loss of 4 variants/);
    await canvas.focus();
    const read = new Set<string | undefined>();
    for (let at = 0; at < 2 * view.racers.length; at++) {
      await page.page.keyboard.press("ArrowDown");
      read.add(
        /: (.*?) [\d.×⁻−]/.exec((await page.page.locator(".raceFigure [role=status]").textContent()) ?? "")?.[1],
      );
    }
    assert.deepEqual(
      [...read].toSorted(),
      view.racers
        .map(({ name }) => name)
        .filter((name) => name !== "SGD")
        .toSorted(),
    );
    await page.page.keyboard.press("Escape");
    assert.equal(await page.page.locator(".raceFigure [role=status]").textContent(), "", "Escape leaves what was read");
    await sgd.press("Space");
    await sgd.blur();
    assert.equal(await seen(), whole, "the line is not back as it was");
    for (const name of await names.all()) await name.press("Enter");
    await names.last().blur();
    assert.equal(await page.page.locator('.racerName[aria-pressed="false"]').count(), view.racers.length);
    await canvas.focus();
    await page.page.keyboard.press("ArrowDown");
    await page.page.keyboard.press("End");
    await page.end();
  },

  async "the steps below a race reach as far as the lines that are shown, and as planned again when none is hidden"(
    harness,
  ) {
    const page = await harness.open({ widthPx: 1200 });
    const view = await sample<OptimizersView>("optimizersFive");
    const last = view.racers.length - 1;
    const short = 40;
    const racers = view.racers.map((racer, at) =>
      at < last
        ? racer
        : {
            ...racer,
            steps: racer.steps.filter((step) => step <= short),
            ...Object.fromEntries(
              (["mean", "low", "high"] as const).map((line) => [
                line,
                racer[line].filter((_, point) => (racer.steps[point] ?? 0) <= short),
              ]),
            ),
          },
    );
    await page.show(viewMimeTypes.optimizers, { ...view, racers });
    const canvas = page.page.locator(".raceFigure canvas");
    const names = view.racers.map(({ name }) => page.page.getByRole("button", { name, exact: true }));
    /** The furthest step that is read in the middle of the picture; 0 for none. */
    const middle = async () => {
      await page.settled();
      const box = await canvas.boundingBox();
      if (box === null) assert.fail("the race has no picture");
      let furthest = 0;
      for (let part = 0.05; part < 1; part += 0.06) {
        await page.page.mouse.move(box.x + box.width * 0.45, box.y + box.height * part);
        const [, step] =
          /step (\d+):/.exec((await page.page.locator(".raceFigure figcaption").textContent()) ?? "") ?? [];
        furthest = Math.max(furthest, Number(step ?? 0));
      }
      return furthest;
    };
    const whole = await middle();
    assert.ok(whole > 2 * short, `at the middle of the whole race stands step ${whole}`);
    for (const name of names.slice(0, last)) await name.click();
    const alone = await middle();
    assert.ok(alone > 0 && alone < short, `the short line alone has step ${alone} at the middle`);
    for (const name of names.slice(0, last)) await name.click();
    assert.equal(await middle(), whole, "the axis did not go back");
    await page.end();
  },

  async "a close-up follows the menu and the scrubber, and waits while a race runs"(harness) {
    const page = await harness.open();
    const view = await sample<OptimizersView>("optimizersFive");
    await page.show(viewMimeTypes.optimizers, await sample<OptimizersView>("optimizersRunning"), "running");
    assert.match((await page.page.locator("#running .closeUpTitle").textContent()) ?? "", /when the race has ended/);
    assert.equal(await page.page.locator("#running .closeUp").getByRole("slider").isVisible(), false);
    await page.show(viewMimeTypes.optimizers, view);
    const panel = page.page.locator("#output-1 .closeUp");
    const title = () => panel.locator(".closeUpTitle").textContent();
    const lines = () => panel.locator(".closeUpLines .backLine").count();
    await panel.getByRole("combobox", { name: "variant" }).selectOption("Adam");
    assert.match((await title()) ?? "", /^What Adam did at step 360 to w = kernel\[\d+, 0\] of dense_2$/);
    assert.equal(await lines(), 4);
    assert.ok((await panel.locator("math").count()) > 8);
    await panel.getByRole("slider", { name: "Steps that were looked at closely" }).press("Home");
    assert.match((await title()) ?? "", /step 1 to/);
    await panel.getByRole("combobox", { name: "variant" }).selectOption("SGD");
    assert.match((await title()) ?? "", /^What SGD did at step 1 to/);
    assert.equal(await lines(), 1);
    await page.show(viewMimeTypes.optimizers, view);
    assert.match((await title()) ?? "", /^What SGD did at step 1 to/, "the choice was lost when the output came again");
    await page.end();
  },
};

/** The views of a race from its start to its end, which names a winner, a target and what diverged. */
async function raceAsItRuns(): Promise<readonly OptimizersView[]> {
  const views: OptimizersView[] = [];
  let told = 0;
  setEngineHost({
    raceObserver: {
      started: (race) => views.push(optimizersView(race, "fit-0a1b2c3d-8")),
      progressed: (race) => {
        if (told++ % 40 === 0) views.push(optimizersView(race, "fit-0a1b2c3d-8"));
      },
      ended: () => {},
    },
  });
  const race = await compare({
    model: () => sequential([layers.dense(16, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]),
    data: datasets.moons({ samples: 240, noise: 0.15, seed: 7 }).split({ validation: 0.2, seed: 1 }),
    ...{ loss: "binaryCrossentropy", seeds: 3, epochs: 30, batchSize: 16, target: 0.3, workers: 0 },
    optimizers: ["sgd", "momentum", "adagrad", "rmsprop", "adam", "adadelta"],
  });
  setEngineHost({ raceObserver: null });
  return [...views, optimizersView(race, "fit-0a1b2c3d-8")];
}
