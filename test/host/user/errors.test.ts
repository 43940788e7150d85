// A user meets errors: each says what happened and where, and each place leads into the code.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

describe("errors", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = {
      "errors.nnbook": notebookText([
        "function half(text: any) {\n  return text.length / 2;\n}",
        "const words = [null];\nwords.map(half);",
        'import { check } from "./check.ts";\ncheck(-1);',
        'setTimeout(() => {\n  throw new RangeError("too late");\n}, 50);\nawait new Promise((resolve) => setTimeout(resolve, 400));',
        'import { tensor } from "nnbook";\ntensor([[1, 2, 3]]).matmul(tensor([[1, 2]]));',
        [
          ...Array.from({ length: 479 }, (_, index) => `// line ${index + 1}`),
          "null!.size;",
          ...new Array(20).fill("//"),
        ].join("\n"),
      ]),
      "check.ts":
        'export function check(rate: number): void {\n  if (rate < 0) throw new Error("below zero", { cause: new TypeError("given") });\n}\n',
    };
    journey = await startJourney({ heightPx: 1300, files });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  const follow = async (place: string) => {
    const link = await journey.workbench.inOutput(`.frames button.link:text("${place}")`);
    await link.click();
  };
  /** "Ln 2, Col 10": the editor's own word for where the cursor is. */
  const cursor = () => journey.page.locator("#status\\.editor\\.selection").textContent();

  test("an error's places lead into the cells, its own frames first", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("errors.nnbook");
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "error");
    const frame = await workbench.outputFrame(".cellError");
    expect(await frame.locator(".cellError .errorText").textContent()).toContain(
      "TypeError: Cannot read properties of null",
    );
    const frames = await frame.locator(".cellError .frames li").allTextContents();
    expect(frames[0]).toMatch(/^at half \(Cell 1:2:\d+\)$/);
    expect(frames.join("\n")).toMatch(/Cell 2:2:7/);
    await follow(frames[0]?.slice("at half (".length, -1) ?? "");
    const selected = workbench.cell(0).locator(".monaco-editor.focused .selected-text");
    await selected.first().waitFor({ state: "attached" });
    await workbench.cell(0).locator(".squiggly-error").first().waitFor({ state: "attached" });
    await journey.picture("errors-1");
  });

  test("a place in a module opens the file, and causes are told", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(2);
    await workbench.waitForStatus(2, "error");
    const frame = await workbench.outputFrame(':text("below zero")');
    const items = frame.locator(".cellError .frames").nth(1).locator("li");
    const frames = (await items.allTextContents()).join("\n");
    expect(frames).toMatch(/at check \(check\.ts:2:\d+\)\n.*Cell 3:2:1/);
    expect(frames).toMatch(/caused by TypeError: given/);
    await follow(/check\.ts:2:\d+/.exec(frames)?.[0] ?? "");
    await page.locator('.tab.active[data-resource-name="check.ts"]').waitFor();
    await expect.poll(cursor, { timeout: 15_000 }).toMatch(/^Ln 2, Col/);
    await journey.picture("errors-2-module");
    await page.locator('.tab[data-resource-name="errors.nnbook"]').click();
  });

  test("an error in a timer shows in the cell that waits for it", async () => {
    const { workbench } = journey;
    await workbench.runCell(3);
    await workbench.outputFrame(':text("too late")');
    await workbench.cell(3).locator(".squiggly-error").first().waitFor({ state: "attached" });
    await journey.picture("errors-3-timer");
    await workbench.runCell(4);
    await workbench.waitForStatus(4, "error");
    // Of what the engine throws only the reader's frames are told, with what was expected, what was given, and what to do.
    const engine = await workbench.inOutput('.cellError:has-text("matmul")');
    expect(await engine.locator(".errorText").textContent()).toMatch(
      /^ShapeError: matmul: expected .+, got \[1, 3\] and \[1, 2\]\. .+/,
    );
    expect(await engine.locator(".frames li").allTextContents()).toEqual([
      expect.stringMatching(/^at .*Cell 5:2:\d+\)?$/),
    ]);
    await workbench.cell(4).locator(".squiggly-error").first().waitFor({ state: "attached" });
    await journey.picture("errors-4-shape");
  });

  test("a place in a long cell is found after lines were put above it", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(5);
    await workbench.waitForStatus(5, "error");
    await workbench.outputFrame('.frames button.link:text("Cell 6:480:7")');
    await workbench.cell(5).locator(".monaco-editor .view-line").first().click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.insertText("// above\n// and above\n");
    await page.keyboard.press("Escape");
    await follow("Cell 6:480:7");
    const selected = workbench.cell(5).locator(".monaco-editor.focused .selected-text").first();
    await selected.waitFor({ state: "attached" });
    const line = workbench.cell(5).locator(".view-line", { hasText: "null!.size" });
    const topOf = async (what: typeof line) => (await what.boundingBox())?.y ?? Number.NaN;
    expect(Math.abs((await topOf(selected)) - (await topOf(line))), "the line that failed is selected").toBeLessThan(6);
    await journey.picture("errors-5-long-cell");
  });
});
