// `npm run pictures`: takes the pictures of the walkthrough in a real VS Code with the packaged extension: each step, light and dark, in both
// languages, or in one (`-- --language ko`).

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { openWindow, type Window } from "./host/openWindow.mts";
import { setUpChromium } from "./host/setUpChromium.mts";
import { setUpHost } from "./host/setUpHost.mts";
import { rootFolder, walkthroughFolder } from "./paths.mts";
import { PlainError, readFlags, runProgram, runScript } from "./run.mts";

/** Cells of the sample that the walkthrough opens. */
const cells = { data: 1, network: 3, fit: 5, gradients: 6, comparison: 10 };
const languages = [
  { locale: "en", folder: walkthroughFolder, words: "package.nls.json" },
  { locale: "ko", folder: path.join(walkthroughFolder, "ko"), words: "package.nls.ko.json" },
];
const flags = readFlags({ language: { type: "string" } });
const themes = ["light", "dark"] as const;

await runScript(async () => {
  const packaged = await runProgram(process.execPath, [path.join(rootFolder, "scripts/package.mts")], { show: true });
  if (packaged.exitCode !== 0) throw new PlainError("No pictures were taken: the extension was not packaged.");
  await setUpChromium();
  const host = await setUpHost("1.139");
  for (const { locale, folder, words } of languages) {
    if (flags.language !== undefined && flags.language !== locale) continue;
    await mkdir(folder, { recursive: true });
    const workspace = await mkdtemp(path.join(os.tmpdir(), "nnbook-pictures-"));
    // As wide as a walkthrough shows a picture, with more points, so that words in it stay sharp.
    const window = await openWindow({ host, folder: workspace, locale, width: 700, height: 1100, scale: 1.5 });
    try {
      await takePictures(window, JSON.parse(await readFile(path.join(rootFolder, words), "utf8")), folder);
    } finally {
      await window.close();
      await rm(workspace, { recursive: true, force: true });
    }
  }
});

async function takePictures(
  { workbench, page, context }: Window,
  words: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  const title = (command: string) => words[`command.${command}.title`] ?? command;
  const take = async (name: string, picture: () => Promise<Buffer>) => {
    for (const theme of themes) {
      await workbench.switchTheme(theme);
      await page.waitForTimeout(1200);
      const file = path.join(folder, `${name}-${theme}.webp`);
      const bytes = await toWebp(context, await picture());
      await writeFile(file, bytes);
      console.log(`${path.relative(rootFolder, file)}  ${Math.round(bytes.length / 1000)} kB`);
    }
  };
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");

  await workbench.runCommand(title("newNotebook"));
  await waitForCells(page);
  await take("create", async () => {
    await page.mouse.move(4, 4);
    await page.waitForTimeout(800);
    return pictureAbove(page.locator(".notebookOverlay:visible"), 620);
  });

  const list = page.locator(".quick-input-widget");
  await take("open", async () => {
    await workbench.runCommand(title("openSample"));
    await list.locator('.monaco-list-row[data-index="4"]').waitFor();
    await page.mouse.move(4, 4);
    await page.waitForTimeout(400);
    const bytes = await list.screenshot();
    await page.keyboard.press("Escape");
    return bytes;
  });

  await workbench.runCommand(title("openSample"));
  await list.locator("input.input").fill("5 ·");
  await list.locator(".monaco-list-row.focused", { hasText: /^5 / }).waitFor();
  await page.keyboard.press("Enter");
  await waitForCells(page);
  for (const index of [cells.data, cells.network, cells.fit, cells.gradients, cells.comparison]) {
    await workbench.runCell(index);
    await workbench.waitForStatus(index, "success", 120_000);
  }
  const view = (cell: number, selector: string) => async () => {
    await workbench.scrollToCell(cell);
    const frame = await workbench.outputFrame(selector);
    const found = frame.locator(".view", { has: frame.locator(selector) });
    const shown = cell === cells.comparison ? found.last() : found.first();
    await workbench.bringIntoView(shown);
    await page.mouse.move(4, 4);
    await page.waitForTimeout(800);
    return pictureAbove(shown, 620);
  };
  await take("run", view(cells.fit, ".training"));
  await take("read", view(cells.gradients, ".plot.dots"));
  await take("cure", view(cells.comparison, ".plot.dots"));
}

/** A window as narrow as this may hide the name of the kernel, which is there before a cell runs all the same. */
async function waitForCells(page: Page): Promise<void> {
  const cell = page.locator(".notebookOverlay:visible .cell-list-container .monaco-list-row").first();
  await cell.waitFor({ state: "attached", timeout: 120_000 });
  await page.waitForTimeout(3000);
}

/** The upper part of an element, with a margin to the left. */
async function pictureAbove(element: Locator, heightPx: number): Promise<Buffer> {
  const box = await element.boundingBox();
  if (!box) throw new PlainError("What a picture was to show is not there.");
  const margin = Math.min(box.x, 12);
  const clip = { x: box.x - margin, y: box.y, width: box.width + margin, height: Math.min(box.height, heightPx) };
  return element.page().screenshot({ clip });
}

/** A third of what the same picture takes as PNG. */
async function toWebp(context: BrowserContext, png: Buffer): Promise<Buffer> {
  const blank = await context.newPage();
  try {
    const address = await blank.evaluate(
      async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width, image.height];
        canvas.getContext("2d")?.drawImage(image, 0, 0);
        return canvas.toDataURL("image/webp", 0.85);
      },
      `data:image/png;base64,${png.toString("base64")}`,
    );
    return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
  } finally {
    await blank.close();
  }
}
