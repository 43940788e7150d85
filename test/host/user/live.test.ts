// What runs long, watched while it runs: a training and a race move and do not jump, in every editor that shows them, and leave their pictures.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type Journey,
  notebookText,
  pictureOfFailure,
  type RecordingWindow,
  recordTraining,
  startJourney,
} from "./journey.ts";

const setUp = `import { datasets, layers, sequential } from "nnbook";
const data = datasets.digits().standardize().split({ validation: 0.2, seed: 1 });
const model = sequential([
  layers.dense(32, { activation: "sigmoid" }),
  layers.dense(32, { activation: "sigmoid" }),
  layers.dense(10, { activation: "softmax" }),
]);
model.compile({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["acc"] });`;

const race = `import { compare, datasets, layers, sequential } from "nnbook";
const model = sequential([layers.dense(16, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
const data = datasets.moons({ samples: 500, seed: 1 });
const race = await compare({
  model, data, loss: "binaryCrossentropy", optimizers: ["sgd", "adam"], seeds: 2, epochs: 100000, trace: "off",
});`;

describe("what runs long", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = {
      "race.nnbook": notebookText([race]),
      "long.nnbook": notebookText([
        setUp,
        "const run = await model.fit(data, { epochs: 100000, batchSize: 32, seed: 1 });",
        "'kept ' + (run.epochs.done > 0 && model.evaluate(data.validation).loss < 10)",
      ]),
    };
    const other = notebookText(["1 + 1", "await new Promise(() => {});"]);
    journey = await startJourney({ files: { ...files, "other.nnbook": other } });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("a training moves before the reader's eyes while its cell runs", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("long.nnbook");
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    await workbench.runCell(1);
    const frame = await workbench.outputFrame(".training .bar", 60_000);
    await frame.evaluate(recordTraining);
    const seen = () => frame.evaluate(() => (window as unknown as RecordingWindow).seenWhileTraining);
    await expect.poll(async () => (await seen()).states.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
    expect(await workbench.cellStatus(1)).toBe("executing");
    await journey.picture("10-live");
    const { states, pictures, heights } = await seen();
    expect(pictures.length, states.join(" | ")).toBeGreaterThanOrEqual(3);
    expect(heights, "the view jumps").toHaveLength(1);
  });

  test("below its cell and at the foot of the window stands how far it is", async () => {
    const { workbench, page } = journey;
    const below = workbench.cell(1).locator(".cell-status-left .cell-status-item", { hasText: "epoch" });
    await expect
      .poll(() => below.allTextContents(), { timeout: 60_000 })
      .toEqual([expect.stringMatching(/^epoch [\d,]+\/100,000 · loss \d[^ ]*( · ⚠ .*)?$/)]);
    const foot = page.locator(".statusbar-item", { hasText: "long.nnbook: Cell 2" });
    const told = async () => (await foot.first().textContent()) ?? "";
    await expect.poll(told, { timeout: 30_000 }).toMatch(/long\.nnbook: Cell 2 · epoch [\d,]+\/100,000 · loss \d/);
    const epochs = (text: string) => Number(/epoch\s([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
    const [before, beforeBelow] = [epochs(await told()), epochs((await below.textContent()) ?? "")];
    await expect.poll(async () => epochs(await told()), { timeout: 30_000 }).toBeGreaterThan(before);
    await expect
      .poll(async () => epochs((await below.textContent()) ?? ""), { timeout: 30_000 })
      .toBeGreaterThan(beforeBelow);
    await journey.picture("10-live-foot");
  });

  test("it goes on where it is after it was scrolled away, and hidden behind another tab", async () => {
    const { workbench, page } = journey;
    const goesOn = async (what: string) => {
      const bar = (await workbench.outputFrame(".training .bar", 60_000)).locator(".training .bar").first();
      const epoch = async () => Number((await bar.getAttribute("aria-valuenow")) ?? -1);
      const before = await epoch();
      await expect.poll(epoch, { timeout: 60_000, message: what }).toBeGreaterThan(before);
    };
    await workbench.scrollTo(0);
    await workbench.scrollToCell(1);
    await goesOn("scrolled away and back");
    await workbench.openFromExplorer("other.nnbook");
    await expect.poll(() => page.locator(".tab.active", { hasText: "other.nnbook" }).count()).toBe(1);
    await page.locator(".tab", { hasText: "long.nnbook" }).first().click();
    await goesOn("hidden and shown");
    expect(await workbench.cellStatus(1)).toBe("executing");
    await journey.picture("12-shown-again");
  });

  test("it ends at its own stop button, and the cells after it have the model", async () => {
    const { workbench, page } = journey;
    const frame = await workbench.outputFrame(".training .action .button");
    await frame.locator(".training .action .button").first().click();
    await workbench.waitForStatus(1, "success", 15_000);
    await workbench.outputFrame(".training .bar.still");
    const below = workbench.cell(1).locator(".cell-status-left .cell-status-item", { hasText: "epoch" });
    await expect.poll(() => below.textContent()).toMatch(/^epoch [\d,]+\/100,000 · loss \d[^ ]* · stopped( · ⚠ .*)?$/);
    const foot = page.locator(".statusbar-item", { hasText: "long.nnbook" });
    await expect.poll(() => foot.count(), { timeout: 15_000 }).toBe(0);
    await journey.picture("11-training-stopped");
    await workbench.runCell(2);
    await workbench.waitForStatus(2, "success");
    await workbench.outputFrame(':text("kept true")');
  });

  test("a training whose notebook was saved and closed stands there when it is opened again, and can be run again", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(1);
    const bar = (await workbench.outputFrame(".training .bar:not(.still)")).locator(".training .bar").first();
    await expect
      .poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 60_000 })
      .toBeGreaterThan(2);
    await workbench.runCommand("File: Save");
    await expect.poll(() => page.locator(".tab.active.dirty").count(), { timeout: 30_000 }).toBe(0);
    await workbench.runCommand("View: Close Editor");
    // Asked only where the training was written into its output again meanwhile.
    const discard = page.getByRole("button", { name: "Don't Save" });
    await discard.click({ timeout: 3_000 }).catch(() => undefined);
    await workbench.openNotebook("long.nnbook");
    const frame = await workbench.outputFrame(".training .bar.still", 60_000);
    expect(await frame.locator(".training .head").first().textContent()).toMatch(
      /^Interrupted at epoch\s\d+ of 100,000/,
    );
    await workbench.outputFrame('.training button:text-is("Run again"):visible');
    await journey.picture("13-opened-again");
  });

  /** In how many editors a race has lines. */
  const drawn = async () => {
    const counts = journey.page.frames().map((frame) =>
      frame
        .locator(".race .raceEmpty[hidden]")
        .count()
        .catch(() => 0),
    );
    return (await Promise.all(counts)).filter((count) => count > 0).length;
  };

  test("a race is drawn in a second editor, too", async () => {
    const { workbench, page } = journey;
    await workbench.openNotebook("race.nnbook");
    await workbench.runCell(0);
    await expect.poll(drawn, { timeout: 60_000 }).toBe(1);
    await workbench.cell(0).locator(".cell-status-item", { hasText: "race: 0/4 runs" }).waitFor();
    await page.locator(".statusbar-item", { hasText: "race.nnbook: Cell 1 · race: 0/4 runs" }).waitFor();
    const height = async () =>
      (await workbench.outputFrame(".race"))
        .locator(".view:has(.race)")
        .first()
        .evaluate((view) => view.getBoundingClientRect().height);
    const before = await height();
    await workbench.runCommand("File: Save");
    await expect.poll(() => page.locator(".tab.active.dirty").count(), { timeout: 30_000 }).toBe(0);
    expect(await height(), "the view jumps").toBe(before);
    await page.keyboard.press("ControlOrMeta+Backslash");
    await expect.poll(drawn, { timeout: 60_000 }).toBe(2);
    await journey.picture("14-split-race");
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });

  // The last: a window that is loaded anew complains of itself.
  test("a race that ran stands there with its lines when the window is loaded anew", async () => {
    await journey.page.reload();
    // VS Code may have written down which editors were open before this one was.
    await journey.workbench.openNotebook("race.nnbook");
    await journey.workbench.outputFrame(':text("Interrupted after 0 of 4 runs")', 60_000);
    expect(await drawn()).toBeGreaterThan(0);
    await journey.picture("15-reloaded-race");
  });

  test("a run of which nothing was kept says so when the window is loaded anew, until it runs again", async () => {
    const { workbench, page } = journey;
    const mark = () => workbench.cell(1).locator(".cell-status-item", { hasText: "interrupted by a reload" });
    await workbench.openNotebook("other.nnbook");
    // VS Code may still show another one for a moment.
    await workbench.cell(1).waitFor({ timeout: 60_000 });
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "executing");
    expect(await mark().count()).toBe(0);
    await journey.picture("16-before-reload");
    await page.reload();
    await workbench.openNotebook("other.nnbook");
    await mark().waitFor({ timeout: 60_000 });
    expect(await mark().getAttribute("aria-label")).toContain("nothing of it was kept. Run the cell again.");
    await journey.picture("17-interrupted");
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "executing");
    await expect.poll(() => mark().count(), { timeout: 20_000 }).toBe(0);
  });
});
