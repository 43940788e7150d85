// What a reader does with the outputs of one run: layers linked across views, the way to the code, remedies put in and refused, files saved, less motion.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

const sigmoid = '  layers.dense(16, { activation: "sigmoid" }),';
/** The layers stand in two cells: a remedy changes both. */
const early = `const early = [\n${sigmoid}\n${sigmoid}\n];`;
const cells = [
  `import { datasets, layers, sequential, show } from "nnbook";
const data = datasets.moons({ samples: 200, noise: 0.1, seed: 1 }).split({ validation: 0.2, seed: 1 });`,
  early,
  `const model = sequential([
  ...early,
${sigmoid}
${sigmoid}
${sigmoid}
  layers.dense(1, { activation: "sigmoid" }),
]);
model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });`,
  "const run = await model.fit(data, { epochs: 5, seed: 1 });",
  "show.gradients(run)",
  "show.diagnosis(run)",
];
const at = { early: 1, model: 2, fit: 3, gradients: 4, diagnosis: 5 };

describe("the views of a run", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({
      files: { "views.nnbook": notebookText(cells) },
      heightPx: 2200,
      settings: { "workbench.reduceMotion": "on" },
    });
    const { workbench } = journey;
    await workbench.openNotebook("views.nnbook");
    await workbench.pressRunAll();
    await workbench.waitForStatus(at.diagnosis, "success");
  });
  afterAll(() => journey?.close());

  const isFocused = async (cell: number) =>
    (await journey.workbench.cell(cell).locator(".monaco-editor.focused").count()) === 1;
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("a layer that is pointed at in one output is marked in the others", async () => {
    const { workbench, page } = journey;
    const marked = (await workbench.outputFrame(".training .block")).locator(".training .block.marked");
    expect(await marked.count()).toBe(0);
    await (await workbench.inOutput('.names button:has-text("dense_2")')).hover();
    await expect.poll(() => marked.getAttribute("aria-label"), { timeout: 10_000 }).toMatch(/^dense_2/);
    await journey.picture("40-linked");
    await page.mouse.move(4, 4);
  });

  test("the card of a layer leads to its call in the code", async () => {
    const { workbench, page } = journey;
    await (await workbench.inOutput('.names button:has-text("dense_4")')).click();
    const card = (await workbench.outputFrame(".card .cardTitle")).locator(".card").filter({ visible: true }).first();
    await card.getByText("Reveal in cell", { exact: true }).click();
    const editor = workbench.cell(at.model).locator(".monaco-editor.focused");
    /** The line of the editor, from 1, that holds the selection; 0 for none. */
    const selectedLine = () =>
      editor.evaluateAll(([node]) => {
        const topOf = (element: Element) => element.getBoundingClientRect().top;
        const selection = node?.querySelector(".selected-text");
        const lines = [...(node?.querySelectorAll(".view-line") ?? [])].map(topOf).sort((a, b) => a - b);
        return selection ? lines.findIndex((top) => Math.abs(top - topOf(selection)) < 3) + 1 : 0;
      });
    // dense_4 stands in the fourth line of the cell that makes the model.
    await expect.poll(selectedLine, { timeout: 15_000 }).toBe(4);
    await page.keyboard.press("Escape");
  });

  test("a remedy in several cells is one step: one undo takes it out of all", async () => {
    const { workbench, page } = journey;
    const changed = (cell: number) => workbench.cell(cell).locator(".view-line", { hasText: "heNormal" }).count();
    await openRemedy(journey, "Use ReLU");
    await (await workbench.inOutput('.diagnosis .diff:not([hidden]) button:text-is("Apply")')).click();
    await expect.poll(() => changed(at.early), { timeout: 15_000 }).toBe(2);
    expect(await changed(at.model)).toBe(3);
    // The first of its places is shown: keys go there.
    await expect.poll(() => isFocused(at.early), { timeout: 15_000 }).toBe(true);
    await page.keyboard.press("ControlOrMeta+Z");
    await expect.poll(() => changed(at.early), { timeout: 15_000 }).toBe(0);
    expect(await changed(at.model)).toBe(0);
  });

  test("a remedy whose place is not certain changes nothing, and says so", async () => {
    const { workbench } = journey;
    await workbench.replaceCell(at.early, early.replaceAll('"sigmoid"', "chosen"));
    await (await workbench.inOutput('.diagnosis .diff:not([hidden]) button:text-is("Apply")')).click();
    await expect
      .poll(() => workbench.notifications(), { timeout: 15_000 })
      .toEqual([expect.stringMatching(/not certain.*Copy it/)]);
    expect(await workbench.cell(at.model).locator(".view-line", { hasText: "heNormal" }).count()).toBe(0);
    await workbench.runCommand("Notifications: Clear All Notifications");
    // Looked at anew, its place is shown instead.
    await openRemedy(journey, "Use ReLU");
    await openRemedy(journey, "Use ReLU");
    await (await workbench.inOutput('.diagnosis .diff:not([hidden]) button:text-is("Show the place")')).click();
    await expect.poll(() => isFocused(at.early), { timeout: 15_000 }).toBe(true);
    await workbench.replaceCell(at.early, early);
  });

  test.each([
    ["PNG", "Picture (PNG)", /^\x89PNG/],
    ["SVG", "Drawing (SVG)", /^<svg [\s\S]*<\/svg>\s*$/],
    ["CSV", "Numbers (CSV)", /^layer,[\s\S]*dense_1,/],
  ])("a view is saved as %s", async (format, item, expected) => {
    const { workbench, page, folder } = journey;
    const tools = await workbench.inOutput(".view:has(.dots) .tools");
    await tools.getByRole("button", { name: "Save as…" }).click();
    await tools.getByRole("menuitem", { name: item }).filter({ visible: true }).click();
    const target = path.join(folder, `saved.${format.toLowerCase()}`);
    const input = page.locator(".quick-input-widget input.input").first();
    await input.waitFor();
    const named = new RegExp(`\\.${format.toLowerCase()}$`);
    await expect.poll(() => input.inputValue(), { timeout: 15_000 }).toMatch(named);
    await input.fill(target);
    await page.keyboard.press("Enter");
    const saved = () => readFile(target, "latin1").catch(() => "");
    await expect.poll(saved, { timeout: 15_000 }).toMatch(expected);
  });

  test("with less motion, what is played moves on at most twice a second", async () => {
    const { workbench } = journey;
    const scrubber = await workbench.inOutput(".view:has(.dots) .scrub");
    const places = await scrubber.evaluate(async (node) => {
      const [slider, play] = [node.querySelector("input"), node.querySelector("button")];
      if (slider === null || play === null) return -1;
      play.click();
      const seen = new Set([slider.value]);
      for (const end = performance.now() + 1_500; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.add(slider.value);
      }
      play.click();
      return seen.size;
    });
    expect(places).toBeGreaterThan(0);
    expect(places).toBeLessThanOrEqual(4);
  });

  test("a button that is pressed by Enter keeps the focus: the next Enter presses it again, and writes nothing", async () => {
    const { workbench, page } = journey;
    const key = await workbench.inOutput(".training .lineKey");
    const pressed = () => key.getAttribute("aria-pressed");
    await key.focus();
    const before = await pressed();
    for (const expected of [before === "true" ? "false" : "true", before]) {
      await page.keyboard.press("Enter");
      await expect.poll(pressed, { timeout: 15_000 }).toBe(expected);
      // VS Code answers keys and clicks a moment later.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      expect(await key.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node)).toBe(true);
    }
    expect(await isFocused(at.fit)).toBe(false);
  });

  test("a second editor of the notebook begins at the step that the first one stands at, and moves with it", async () => {
    const { workbench, page } = journey;
    /** What the scrubbers of the gradients say, an editor each. */
    const stand = async () => {
      const texts = page.frames().map((frame) =>
        frame
          .locator(".view:has(.dots) .scrub output")
          .allTextContents()
          .catch(() => []),
      );
      return (await Promise.all(texts)).flat();
    };
    const slider = await workbench.inOutput(".view:has(.dots) .scrub input");
    await slider.press("Home");
    const [first = ""] = await stand();
    expect(first).toMatch(/^step 1\b/);
    await workbench.cell(at.gradients).locator(".view-lines").first().click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+Backslash");
    await expect.poll(stand, { timeout: 60_000 }).toEqual([first, first]);
    await slider.press("End");
    await expect.poll(async () => new Set(await stand()).size, { timeout: 15_000 }).toBe(1);
    expect(await stand()).not.toContain(first);
    await journey.picture("41-two-editors");
  });

  test("nothing of ours complained in the console", () => {
    expect(journey.problems).toEqual([]);
  });
});

async function openRemedy({ workbench }: Journey, name: string): Promise<void> {
  await (await workbench.inOutput(`.diagnosis button:has-text("${name}")`)).click();
}
