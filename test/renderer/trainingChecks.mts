// What the view of a training promises in a real browser: live numbers that move nothing, Stop and Run again, keys, cards.

import assert from "node:assert/strict";
import { formatNumber } from "../../src/shared/numbers.ts";
import { foldTraining } from "../../src/shared/trainingFold.ts";
import { type TrainingView, viewMimeTypes } from "../../src/shared/views.ts";
import type { Message } from "../../src/shared/words/message.ts";
import { drawnTexts, overlapping, recordTexts } from "./drawnTexts.mts";
import type { RendererHarness, RendererPage } from "./harness.mts";
import { look, mark } from "./pageLooks.mts";
import { finished, frame, sample, start } from "./sampleViews.mts";

const training = viewMimeTypes.training;

export const trainingChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a live training moves in place: same nodes, same height, growing lines, and ends with its tools"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    assert.deepEqual(await page.posted(), [{ kind: "ready" }, { kind: "followRun", runId: start.runId }]);
    await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 0, secondsLeft: null });
    await mark(page, "canvas, .block, .head, .outcome p, .button");
    const before = await look(page);
    const blank = await page.page.locator("canvas").first().screenshot();
    for (let sequence = 1; sequence <= 20; sequence++)
      await page.send({ kind: "trainingProgressed", frame: frame(sequence) });
    await headlineReads(page, /^Epoch\s41 of 50/);
    await page.settled();
    const during = await look(page);
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
    await page.end();
  },

  async "the end of a training moves nothing, however narrow the notebook and however long its outcome"(harness) {
    const args = { step: "1,234", layer: "dense_12", rate: "0.001", better: "0.0001" };
    const early = {
      epoch: "1,032",
      planned: "2,000",
      monitor: "validation accuracy",
      patience: { kind: "count", value: 20 },
    };
    const numbers = { first: "0.00585", last: "0.00117", metric: "accuracy", value: "0.975" };
    const outcomes = [
      ["divergedInActivation", "divergedByRate", "keptStart"],
      ["lossFell", "validationBest", "overfitsSince", "endedByEarlyStopping", "keptEpoch"],
    ].map((ids): TrainingView => {
      const messages = ids.map((id) => ({ id, args: { ...args, ...early, ...numbers } }));
      return { ...finished, sentence: { tone: "error", messages: messages as Message[] } };
    });
    const { planned } = start.epochs;
    outcomes.push({
      ...finished,
      state: "stopped",
      epochs: { done: planned - 19, planned },
      steps: { done: 10 * planned - 186, perEpoch: 10 },
      sentence: {
        tone: "info",
        messages: [
          { id: "lossFell", args: numbers },
          { id: "stoppedAt", args: { epoch: "31", planned: "50" } },
        ] as Message[],
      },
    });
    const widths = [300, 320, 340, 370, 390, 430, 480, 510, 560, 600, 650, 700, 860, 980, 1020, 1600];
    // The widest of the fonts an editor may have, and one for Korean.
    for (const [language, font] of [["en-US", "DejaVu Sans"] as const, ["ko", "NanumGothic"] as const]) {
      const page = await harness.open({ widthPx: 1600, language });
      await page.page.evaluate(
        (name) => document.documentElement.style.setProperty("--vscode-font-family", name),
        font,
      );
      for (const widthPx of widths) await page.show(training, start, `at-${widthPx}`, widthPx);
      await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 62, secondsLeft: 5 });
      await page.page
        .getByText(/\b62\b/)
        .nth(widths.length - 1)
        .waitFor();
      await page.settled();
      const heights = () =>
        page.page
          .locator(".view")
          .evaluateAll((views) => views.map((view) => [view.clientWidth, view.getBoundingClientRect().height]));
      const before = await heights();
      assert.deepEqual(
        before.map(([widthPx]) => widthPx),
        widths,
      );
      for (const outcome of outcomes) {
        for (const widthPx of widths) await page.show(training, outcome, `at-${widthPx}`);
        await page.settled();
        assert.deepEqual(await heights(), before, language);
      }
      await page.end();
    }
  },

  async "no headline breaks within a number, however narrow the notebook and long the training"(harness) {
    for (const [language, font] of [["en-US", "DejaVu Sans"] as const, ["ko", "DejaVu Sans, NanumGothic"] as const]) {
      const page = await harness.open({ widthPx: 1600, language });
      await page.page.evaluate(
        (name) => document.documentElement.style.setProperty("--vscode-font-family", name),
        font,
      );
      for (const widthPx of [250, 300, 480])
        for (const state of ["running", "stopped"] as const)
          await page.show(
            training,
            { ...start, runId: `${state}-${widthPx}`, state, ...endless(1_234_567) },
            `${state}-${widthPx}`,
            widthPx,
          );
      await page.settled();
      const broken = await page.page.locator(".head .words b").evaluateAll((headlines) =>
        headlines.flatMap((headline) => {
          const text = headline.firstChild;
          const range = document.createRange();
          return [...(text?.textContent ?? "").matchAll(/[\d,]+/g)].flatMap(({ 0: number, index }) => {
            if (text === null) return [];
            range.setStart(text, index);
            range.setEnd(text, index + number.length);
            return range.getClientRects().length > 1 ? [`${headline.textContent}: ${number}`] : [];
          });
        }),
      );
      assert.deepEqual(broken, [], language);
      await page.end();
    }
  },

  async "the epochs below a figure stand apart, however many there are"(harness) {
    const page = await harness.open({ widthPx: 1600 });
    await recordTexts(page);
    for (const widthPx of [1600, 980, 300])
      await page.show(training, { ...finished, ...endless(10_000_000) }, `at-${widthPx}`, widthPx);
    await page.settled();
    for (const texts of await drawnTexts(page)) {
      const ticks = texts.filter(({ text }) => /^(epoch\s1|[\d,]+,000)$/.test(text));
      assert.ok(ticks.length >= 2, JSON.stringify(texts));
      assert.deepEqual(overlapping(ticks), []);
    }
    await page.end();
  },

  async "a training that ended early leaves no empty room beside its plot"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await recordTexts(page);
    for (const [name, nothingCut] of [["trainingStopped", true] as const, ["trainingDiverged", false] as const]) {
      await page.show(training, await sample(name));
      await page.settled();
      const [loss] = await drawnTexts(page);
      const last = loss?.find(({ text }) => text === "50");
      assert.ok(last !== undefined && last.right > 280, `the last epoch ends at ${last?.right}`);
      const names = loss?.filter(({ text }) => /^(train|validation) /.test(text)) ?? [];
      assert.equal(names.length, nothingCut ? 2 : 0);
      for (const { text, right } of names) assert.ok(right <= 300, `${text} is cut at ${right}`);
    }
    await page.end();
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
    await page.end();
  },

  async "frames give the same picture as the whole view"(harness) {
    const page = await harness.open();
    const folded = [1, 2, 3].reduce((view, sequence) => foldTraining(view, frame(sequence)), start);
    await page.show(training, start, "live");
    await page.send({ kind: "trainingSnapshot", view: start, sequence: 0, stepsPerSecond: 62, secondsLeft: 5 });
    for (const sequence of [1, 2, 3]) await page.send({ kind: "trainingProgressed", frame: frame(sequence) });
    await headlineReads(page, /^Epoch\s7 of 50/);
    await page.settled();
    const live = await page.page.locator("#live canvas").first().screenshot();
    const other = await harness.open();
    await other.show(training, folded, "live");
    await other.settled();
    assert.deepEqual(await other.page.locator("#live canvas").first().screenshot(), live);
    await page.end();
    await other.end();
  },

  async "Stop asks the extension to stop this run"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    const posted = (await page.posted()).length;
    await page.page.getByRole("button", { name: "Stop this training" }).click();
    // A slow step goes on for a while: the button says that it was heard, and asks once.
    await page.page.getByRole("button", { name: "Stopping…" }).click({ force: true });
    assert.deepEqual((await page.posted()).slice(posted), [{ kind: "stopTraining", runId: start.runId }]);
    await page.end();
  },

  async "a saved view of a training that nobody runs says so, and offers no Stop"(harness) {
    const page = await harness.open();
    await page.show(training, await sample("trainingRunning"));
    await page.send({ kind: "runUnknown", runId: start.runId });
    await headlineReads(page, /^Interrupted at epoch\s24 of 50/);
    assert.equal(await page.page.getByRole("button", { name: "Stop" }).count(), 0);
    await page.page.getByRole("button", { name: "Run the cell of this training again" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "runAgain", runId: start.runId });
    await page.end();
  },

  async "a view saved before the first step does not claim an epoch, nor a point to come"(harness) {
    const page = await harness.open();
    await page.show(training, start);
    await page.send({ kind: "runUnknown", runId: start.runId });
    await headlineReads(page, /^Interrupted(?! at)/);
    assert.deepEqual([...new Set(await page.page.locator(".plotNote").allTextContents())], ["No epoch has ended."]);
    await page.end();
  },

  async "a changed cell pales the charts, and unpales them when it is as it was"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.send({ kind: "runsOutdated", runIds: [finished.runId] });
    await headlineReads(page, /^From an earlier run/);
    const opacity = () =>
      page.page
        .locator(".figure")
        .first()
        .evaluate((node) => getComputedStyle(node).opacity);
    assert.equal(await opacity(), "0.6");
    await page.page.getByRole("button", { name: "Run the cell of this training again" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "runAgain", runId: finished.runId });
    await page.send({ kind: "runsOutdated", runIds: [] });
    await headlineReads(page, /^Finished/);
    assert.equal(await opacity(), "1");
    await page.end();
  },

  async "arrow keys walk through the epochs and speak the values"(harness) {
    const page = await harness.open();
    await page.show(training, finished);
    await page.page.locator("canvas").first().focus();
    for (const key of ["End", "ArrowLeft"]) await page.page.keyboard.press(key);
    const spoken = await page.page.locator(".figure [role=status]").first().textContent();
    const [train, validation] = [finished.metrics[0]?.train[48], finished.metrics[0]?.validation?.[48]];
    assert.equal(spoken, `epoch\u00a049 · train ${formatNumber(train)} · validation ${formatNumber(validation)}`);
    await page.page.keyboard.press("Escape");
    assert.match((await page.page.locator(".readout").first().textContent()) ?? "", /^binary cross-entropy by epoch$/);
    await page.end();
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
    await page.end();
  },

  async "thirty layers in a narrow notebook show no cut powers of ten, and keep them in their labels"(harness) {
    const page = await harness.open({ widthPx: 480 });
    const layers = Array.from({ length: 30 }, (_, index) => ({
      name: `dense_${index}`,
      type: "dense",
      gradient: 1e-12,
    }));
    await page.show(training, { ...finished, layers });
    await page.settled();
    const cut = await page.page
      .locator(".block")
      .evaluateAll((blocks) => blocks.filter((block) => block.scrollWidth > block.clientWidth).length);
    assert.equal(cut, 0);
    assert.match((await page.page.locator(".block").first().getAttribute("aria-label")) ?? "", /1\.00×10⁻¹²/);
    await page.end();
  },
};

/** A training of ten million epochs, so many of them done; a saved view keeps some. */
function endless(done: number) {
  const kept = finished.metrics[0]?.train.length ?? 1;
  return {
    epochs: { done, planned: 10_000_000 },
    steps: { done: done * 10, perEpoch: 10 },
    metrics: finished.metrics,
    keptEpochs: Array.from({ length: kept }, (_, index) => Math.max(1, Math.round((index * done) / (kept - 1)))),
  };
}

/** Waits until the headline of the first view is this one. */
async function headlineReads(page: RendererPage, text: RegExp): Promise<void> {
  await page.page.locator(".head .words", { hasText: text }).first().waitFor();
}
