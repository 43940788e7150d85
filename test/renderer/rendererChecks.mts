// What the renderer promises in a real browser, outside VS Code: live numbers, themes, widths, keys, hostile data, accessibility.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { formatNumber } from "../../src/shared/numbers.ts";
import { foldTraining } from "../../src/shared/trainingFold.ts";
import { type ControlView, type TrainingView, viewMimeTypes } from "../../src/shared/views.ts";
import { type RendererHarness, type RendererPage, type ThemeName, themes } from "./harness.mts";
import { finished, frame, sample, sampleNames, start } from "./sampleViews.mts";

const training = viewMimeTypes.training;

/** Each check gets a fresh page; its name is a claim. */
export const checks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a live training moves in place: same nodes, same height, growing lines, and ends with its tools"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    assert.deepEqual(await page.posted(), [{ kind: "ready" }, { kind: "followTraining", runId: start.runId }]);
    await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 0, secondsLeft: null });
    await mark(page, "canvas, .block, .head, .outcome p, .button");
    const before = await look(page);
    const blank = await page.page.locator("canvas").first().screenshot();
    for (let sequence = 1; sequence <= 20; sequence++)
      await page.send({ kind: "trainingProgressed", frame: frame(sequence) });
    await page.page.waitForTimeout(250);
    const during = await look(page);
    assert.match(during.headline, /^Epoch 41 of 50/);
    assert.match(during.headline, /62 steps\/s · 5 s left/);
    assert.equal(during.height, before.height, "the output's height moved");
    assert.equal(during.marked, before.marked, "nodes were replaced");
    assert.notDeepEqual(await page.page.locator("canvas").first().screenshot(), blank, "no line was drawn");
    await page.page.getByRole("button", { name: "Stop this training" }).focus();
    await page.show(training, finished);
    const after = await look(page);
    assert.match(after.headline, /^Finished/);
    assert.equal(after.height, before.height, "the output's height moved at the end");
    assert.equal(after.marked, before.marked, "nodes were replaced at the end");
    assert.equal(await page.page.locator(".iconButton:focus").count(), 1, "the focus was lost with the Stop button");
    await end(page);
  },

  async "the end of a training moves nothing, however narrow the notebook and however long its outcome"(harness) {
    const args = { step: "1,234", layer: "dense_12", rate: "0.001", better: "0.0001" };
    const messages = ["divergedInActivation", "divergedByRate", "keptStart"].map((id) => ({ id, args }));
    const longest: TrainingView = { ...finished, sentence: { tone: "error", messages } };
    for (const widthPx of [300, 330, 390, 480, 510, 600, 700, 860, 980, 1600]) {
      const page = await harness.open({ widthPx });
      // The widest of the fonts an editor may have.
      await page.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-family", "DejaVu Sans"));
      await page.show(training, start);
      await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 62, secondsLeft: 5 });
      await page.page.waitForTimeout(150);
      const { height } = await look(page);
      await page.show(training, longest);
      assert.equal((await look(page)).height, height, `at ${widthPx} px`);
      await end(page);
    }
  },

  async "a slow first epoch says when its point comes"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    const first = {
      ...frame(1),
      epochsDone: 0,
      stepsDone: 4,
      appended: frame(1).appended.map(() => ({ train: [], validation: [] })),
    };
    await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 0, secondsLeft: null });
    await page.send({ kind: "trainingProgressed", frame: first });
    await page.page.getByText("The first point comes at the end of epoch 1: step 4 of 10.").first().waitFor();
    await page.send({ kind: "trainingProgressed", frame: { ...frame(1), sequence: 2 } });
    await page.page.getByText("The first point").first().waitFor({ state: "hidden" });
    await end(page);
  },

  async "frames give the same picture as the whole view"(harness) {
    const page = await harness.open();
    const folded = [1, 2, 3].reduce((view, sequence) => foldTraining(view, frame(sequence)), start);
    await page.show(training, start, "live");
    await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 62, secondsLeft: 5 });
    for (const sequence of [1, 2, 3]) await page.send({ kind: "trainingProgressed", frame: frame(sequence) });
    await page.page.waitForTimeout(250);
    const live = await page.page.locator("#live canvas").first().screenshot();
    const other = await harness.open();
    await other.show(training, folded, "live");
    await other.page.waitForTimeout(250);
    assert.deepEqual(await other.page.locator("#live canvas").first().screenshot(), live);
    await end(page);
    await end(other);
  },

  async "Stop asks the extension to stop this run"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    const posted = (await page.posted()).length;
    await page.page.getByRole("button", { name: "Stop this training" }).click();
    // A slow step goes on for a while: the button says that it was heard, and asks once.
    await page.page.getByRole("button", { name: "Stopping…" }).click({ force: true });
    assert.deepEqual((await page.posted()).slice(posted), [{ kind: "stopTraining", runId: start.runId }]);
    await end(page);
  },

  async "a saved view of a training that nobody runs says so, and offers no Stop"(harness) {
    const page = await harness.open();
    await page.show(training, await sample("trainingRunning"));
    await page.send({ kind: "trainingUnknown", runId: start.runId });
    await page.page.waitForTimeout(150);
    assert.match((await look(page)).headline, /^Interrupted at epoch 24 of 50/);
    assert.equal(await page.page.getByRole("button", { name: "Stop" }).count(), 0);
    await page.page.getByRole("button", { name: "Run the cell of this training again" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "runAgain", runId: start.runId });
    await end(page);
  },

  async "a view saved before the first step does not claim an epoch, nor a point to come"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    await page.send({ kind: "trainingUnknown", runId: start.runId });
    await page.page.waitForTimeout(150);
    assert.match((await look(page)).headline, /^Interrupted(?! at)/);
    assert.deepEqual([...new Set(await page.page.locator(".plotNote").allTextContents())], ["No epoch has ended."]);
    await end(page);
  },

  async "a changed cell pales the charts, and unpales them when it is as it was"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.send({ kind: "runsOutdated", runIds: [finished.runId] });
    await page.page.waitForTimeout(150);
    assert.match((await look(page)).headline, /^From an earlier run/);
    const opacity = () =>
      page.page
        .locator(".figure")
        .first()
        .evaluate((node) => getComputedStyle(node).opacity);
    assert.equal(await opacity(), "0.6");
    await page.page.getByRole("button", { name: "Run the cell of this training again" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "runAgain", runId: finished.runId });
    await page.send({ kind: "runsOutdated", runIds: [] });
    await page.page.waitForTimeout(150);
    assert.equal(await opacity(), "1");
    await end(page);
  },

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
    await page.page.waitForTimeout(100);
    assert.notEqual(await colour(), light);
    assert.notDeepEqual(await page.page.locator("canvas").first().screenshot(), lightPicture);
    assert.equal((await look(page)).marked, before.marked);
    await end(page);
  },

  async "an output that is hidden at first is drawn when it is shown"(harness) {
    const page = await harness.open();
    await page.page.addStyleTag({ content: ".output { display: none; }" });
    await page.show(training, finished);
    await page.page.evaluate(() => document.head.lastElementChild?.remove());
    await page.page.waitForTimeout(150);
    const size = await page.page
      .locator("canvas")
      .first()
      .evaluate((node) => [node.clientWidth, node.clientHeight]);
    assert.ok((size[0] ?? 0) > 300 && size[1] === 180, `the canvas is ${size.join(" × ")}`);
    await end(page);
  },

  async "arrow keys walk through the epochs and speak the values"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.page.locator("canvas").first().focus();
    for (const key of ["End", "ArrowLeft"]) await page.page.keyboard.press(key);
    const spoken = await page.page.locator(".figure [role=status]").first().textContent();
    const [train, validation] = [finished.metrics[0]?.train[48], finished.metrics[0]?.validation?.[48]];
    assert.equal(spoken, `epoch 49 · train ${formatNumber(train)} · validation ${formatNumber(validation)}`);
    await page.page.keyboard.press("Escape");
    assert.match((await page.page.locator(".readout").first().textContent()) ?? "", /^binary cross-entropy by epoch$/);
    await end(page);
  },

  async "a block opens its card by pointer and by key; Escape closes it and the layer can be revealed"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.page.locator(".block").nth(1).hover();
    await page.page.locator(".blockCard").waitFor({ state: "visible" });
    assert.match((await page.page.locator(".blockCard").textContent()) ?? "", /dense_2/);
    await page.page.mouse.move(0, 0);
    await page.page.locator(".blockCard").waitFor({ state: "hidden" });
    await page.page.locator(".block").nth(2).press("Enter");
    await page.page.getByRole("button", { name: "Reveal in cell" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "revealLayer", runId: finished.runId, layer: "dense_3" });
    await page.page.keyboard.press("Escape");
    await page.page.locator(".blockCard").waitFor({ state: "hidden" });
    await end(page);
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
    await end(page);
  },

  async "a saved drawing hatches what is not finite, as the page does"(harness) {
    const page = await harness.open();
    const layers = finished.layers.map((layer) => ({ ...layer, gradient: "NaN" as const }));
    await page.show(training, { ...finished, layers });
    await page.page.getByRole("button", { name: "Save as…" }).click();
    await page.page.getByRole("menuitem", { name: "SVG" }).click();
    const svg = (await page.posted()).at(-1);
    const hatches = svg?.kind === "saveFile" ? svg.content.match(/<path d="M[^"]*" fill="none" stroke="rgb/g) : null;
    assert.equal(hatches?.length, layers.length);
    await end(page);
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
    await end(page);
  },

  async "thirty layers in a narrow notebook show no cut powers of ten, and keep them in their labels"(harness) {
    const page = await harness.open({ widthPx: 480 });
    const layers = Array.from({ length: 30 }, (_, index) => ({
      name: `dense_${index}`,
      type: "dense",
      gradient: 1e-12,
    }));
    await page.show(training, { ...finished, layers });
    await page.page.waitForTimeout(100);
    const cut = await page.page
      .locator(".block")
      .evaluateAll((blocks) => blocks.filter((block) => block.scrollWidth > block.clientWidth).length);
    assert.equal(cut, 0);
    assert.match((await page.page.locator(".block").first().getAttribute("aria-label")) ?? "", /1\.00×10⁻¹²/);
    await end(page);
  },

  async "names from a file are text, whatever they hold"(harness) {
    const page = await harness.open();
    const name = "<img src=x onerror=window.hacked=1>";
    await page.show(training, { ...finished, layers: finished.layers.map((layer) => ({ ...layer, name })) });
    assert.equal(await page.page.locator(".output img").count(), 0);
    assert.equal(await page.page.evaluate("window.hacked"), undefined);
    assert.equal(await page.page.locator(".stripNames span").first().textContent(), name);
    await end(page);
  },

  async "the reader's language comes with the environment; without trust nothing offers to run"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.send({ kind: "environment", locale: "ko", trusted: false });
    assert.match((await look(page)).headline, /^완료.*신뢰하기 전에는/);
    assert.equal(await page.page.getByRole("button", { name: "숫자 보기" }).count(), 1);
    await page.show(training, start, "second");
    assert.equal(await page.page.locator("#second .button:visible").count(), 0);
    await end(page);
  },

  async "a disposed output leaves nothing behind, and its element can be used again"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.dispose("output-1");
    assert.equal(await page.page.locator("#output-1 .view").count(), 0);
    await page.setTheme("darkModern");
    await page.show(viewMimeTypes.summary, await sample("summary"));
    assert.equal(await page.page.locator("#output-1 tbody tr").count(), 4);
    await end(page);
  },

  async "every view fits from 300 to 1600 px"(harness) {
    for (const widthPx of [300, 480, 700, 980, 1600]) {
      const page = await harness.open({ widthPx });
      for (const [index, file] of sampleNames.entries()) await showSample(page, file, `output-${index}`);
      await page.page.waitForTimeout(150);
      // An output stands anywhere among the reader's own headings: one of its own would break their order.
      assert.equal(await page.page.locator("h1, h2, h3, h4, h5, h6, [role=heading]").count(), 0);
      const wide = await page.page.evaluate(() =>
        [...document.querySelectorAll(".output")]
          .filter((output) => {
            const view = output.shadowRoot?.querySelector(".view");
            return view && view.scrollWidth > view.clientWidth + 1;
          })
          .map((output) => output.id),
      );
      assert.deepEqual(
        wide.map((id) => sampleNames[Number(id.split("-")[1])]),
        [],
        `too wide at ${widthPx} px`,
      );
      await end(page);
    }
  },

  async "axe finds nothing to object to in views without a test of their own, in any theme"(harness) {
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const theme of Object.keys(themes) as ThemeName[]) {
      const page = await harness.open({ theme });
      // Gradients and activation functions have tests of their own, which ask axe too.
      const own = sampleNames.filter((name) => !/^(gradients|activation|optimizersFive)/.test(name));
      for (const [index, file] of own.entries()) await showSample(page, file, `output-${index}`);
      await page.send({ kind: "controlsLive", controlIds: [(await sample<ControlView>("controlSlider")).controlId] });
      await page.page.waitForTimeout(150);
      await page.page.evaluate(axe);
      const violations = (await page.page.evaluate(
        `axe.run(document.body, { rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false } } })
          .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + " at " + JSON.stringify(target) + ": " + failureSummary)))`,
      )) as string[];
      assert.deepEqual([...new Set(violations)], [], theme);
      await end(page);
    }
  },
};

async function showSample(page: RendererPage, file: string, id: string): Promise<void> {
  const view = await sample(file.replace(".json", ""));
  await page.show(viewMimeTypes[view.kind], view, id);
}

/** Remembers nodes, so that {@link look} can count how many of them still stand. */
async function mark(page: RendererPage, selector: string): Promise<void> {
  await page.page.locator(selector).evaluateAll((nodes) => {
    for (const node of nodes) node.setAttribute("data-marked", "");
  });
}

async function look(page: RendererPage): Promise<{ headline: string; height: number; marked: number }> {
  return {
    headline: (await page.page.locator(".head .words").first().textContent()) ?? "",
    height: await page.page
      .locator(".view")
      .first()
      .evaluate((view) => view.getBoundingClientRect().height),
    marked: await page.page.locator("[data-marked]").count(),
  };
}

async function end(page: RendererPage): Promise<void> {
  assert.deepEqual(page.problems, [], "the page reported errors");
  await page.close();
}
