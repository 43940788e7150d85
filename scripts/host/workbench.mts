// What a user does in the workbench, by name: open a notebook, run it, look at an output, hover code, change the theme.
// Knows VS Code's page, nothing of what our renderer draws.

import { setTimeout as wait } from "node:timers/promises";
import type { Frame, Locator, Page } from "playwright-core";
import type { Server } from "./server.mts";

export type CellStatus = "success" | "error" | "executing" | "pending" | "none";

/** Each theme's name in the list of themes, and the class the window then has. */
const themes = {
  light: { label: "Light Modern", windowClass: "vs" },
  dark: { label: "Dark Modern", windowClass: "vs-dark" },
  highContrast: { label: "Dark High Contrast", windowClass: "hc-black" },
} as const;

export type Theme = keyof typeof themes;

/** How far one turn of the wheel moves a notebook, whatever its size, with the list's sensitivity of server.mts. */
const wheelStepPx = 50 * 2;

export class Workbench {
  readonly page: Page;
  private readonly server: Server;

  constructor(page: Page, server: Server) {
    this.page = page;
    this.server = server;
  }

  /** Opens a folder and waits until all extensions are registered: a file opened earlier would open as text. */
  async openFolder(folder: string): Promise<void> {
    const address = new URL(this.server.origin);
    address.searchParams.set("folder", folder);
    await this.page.goto(address.href);
    await this.page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    const registered = () => performance.getEntriesByName("code/didLoadExtensions").length > 0;
    await this.page.waitForFunction(registered, null, { timeout: 60_000 });
  }

  /** @param file "a.nnbook", or "ko/a.nnbook" for one in a folder, which is opened for that. */
  async openFromExplorer(file: string): Promise<void> {
    const [name = "", folder] = file.split("/").reverse();
    const rows = ".explorer-folders-view .monaco-list-row";
    if (folder !== undefined) {
      await this.page.locator(`${rows}[aria-label="${folder}"]`).click({ timeout: 30_000 });
      await this.page.locator(`${rows}[aria-label="${folder}"][aria-expanded="true"]`).waitFor();
    }
    const level = folder === undefined ? 1 : 2;
    const row = this.page.locator(`${rows}[aria-level="${level}"]`, { hasText: name }).first();
    await row.waitFor({ timeout: 30_000 });
    await row.dblclick();
  }

  /** Opens a notebook and waits for its cells and for its kernel, which is the only one and so chosen by itself. */
  async openNotebook(name: string): Promise<void> {
    await this.openFromExplorer(name);
    await this.waitForNotebook();
  }

  async waitForNotebook(): Promise<void> {
    // A markdown row is there but not visible: its words are drawn in the webview.
    await this.cells.first().waitFor({ state: "attached", timeout: 60_000 });
    const chosen = this.page.locator(".notebookOverlay:visible .notebook-toolbar-container .kernel-label", {
      hasNotText: /select kernel|detecting/i,
    });
    await chosen.first().waitFor({ timeout: 30_000 });
  }

  /** Cells that are drawn: the list holds only what is near the visible part. */
  get cells(): Locator {
    return this.page.locator(".notebookOverlay:visible .cell-list-container .monaco-list-row");
  }

  cell(index: number): Locator {
    return this.page.locator(`.notebookOverlay:visible .cell-list-container .monaco-list-row[data-index="${index}"]`);
  }

  async pressRunAll(): Promise<void> {
    await this.toolbarButton("notebook-execute-all").click();
  }

  async pressStop(): Promise<void> {
    await this.toolbarButton("notebook-stop").click();
  }

  private toolbarButton(icon: string): Locator {
    return this.page.locator(`.notebookOverlay:visible .notebook-toolbar-container .codicon-${icon}`).first();
  }

  async runCell(index: number): Promise<void> {
    await this.scrollToCell(index);
    await this.cell(index).hover();
    await this.cell(index).locator(".run-button-container .codicon-notebook-execute").first().click();
  }

  async cellStatus(index: number): Promise<CellStatus> {
    return (await this.drawnStatuses()).get(index) ?? "none";
  }

  /** The statuses of the code cells that are drawn now. */
  private async drawnStatuses(): Promise<ReadonlyMap<number, CellStatus>> {
    const pairs = await this.page.locator(".notebookOverlay:visible .code-cell-row").evaluateAll((rows) =>
      rows.map((row) => {
        const icon = row.querySelector('.cell-status-left [class*="codicon-notebook-state-"]')?.className ?? "";
        const word = /codicon-notebook-state-(success|error|executing|pending)/.exec(icon)?.[1] ?? "none";
        return [Number((row as HTMLElement).dataset.index), word] as const;
      }),
    );
    return new Map(pairs as [number, CellStatus][]);
  }

  async waitForStatus(index: number, wanted: CellStatus, timeoutMs = 60_000): Promise<void> {
    let status: CellStatus = "none";
    for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(100)) {
      status = await this.cellStatus(index);
      if (status === wanted) return;
    }
    throw new Error(`Cell ${index}: expected the status "${wanted}" within ${timeoutMs} ms, got "${status}".`);
  }

  /** Waits until nothing runs and nothing waits. Call it after something was started. */
  async waitUntilIdle(timeoutMs = 180_000): Promise<void> {
    const stop = this.page.locator(
      ".notebookOverlay:visible .notebook-toolbar-container .codicon-notebook-stop:visible",
    );
    let quietSince = Date.now();
    for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(100)) {
      const busy = (await stop.count()) > 0 || (await this.busyCells.count()) > 0;
      if (busy) quietSince = Date.now();
      if (Date.now() - quietSince > 1200) return;
    }
    throw new Error(`The notebook was still running after ${timeoutMs} ms.`);
  }

  /** By the status bar: the spinner beside a cell that ends below the window stays when the cell has ended, which is VS Code's own mistake. */
  private get busyCells(): Locator {
    const icon = (state: string) => `.notebookOverlay:visible .cell-status-left .codicon-notebook-state-${state}`;
    return this.page.locator(`${icon("executing")}, ${icon("pending")}`);
  }

  /** The statuses of all code cells from top to bottom, by scrolling through the notebook. */
  async allStatuses(): Promise<ReadonlyMap<number, CellStatus>> {
    const statuses = new Map<number, CellStatus>();
    await this.scrollTo(0);
    for (let previousTop = -1; ; ) {
      for (const [index, status] of await this.drawnStatuses()) statuses.set(index, status);
      const { top, view } = await this.scrollState();
      if (top === previousTop) return statuses;
      previousTop = top;
      await this.scrollTo(top + view * 0.7);
    }
  }

  /** Brings a cell into the upper half, so that what it shows below is drawn too. */
  async scrollToCell(index: number): Promise<void> {
    for (let top = 0; !(await this.cell(index).isVisible()); ) {
      await this.scrollTo(top);
      const state = await this.scrollState();
      if (top > state.height) throw new Error(`The notebook shows no cell ${index}.`);
      top += state.view * 0.6;
    }
    const [box, list] = [await this.cell(index).boundingBox(), await this.cellList.boundingBox()];
    if (box && list && (box.y < list.y || box.y > list.y + list.height / 2)) {
      await this.scrollTo((await this.scrollState()).top + box.y - list.y - 20);
    }
  }

  /** Scrolls with the wheel, like a user, to about an offset from the top of the notebook (or as far as it goes). */
  async scrollTo(offsetPx: number): Promise<void> {
    const box = await this.cellList.boundingBox();
    if (!box) throw new Error("No notebook is shown.");
    await this.page.mouse.move(box.x + 6, box.y + box.height / 2);
    // Again, because cells that come into view get their real height only then.
    for (let tries = 0; tries < 8; tries++) {
      const { top, height, view } = await this.scrollState();
      const distance = Math.max(0, Math.min(offsetPx, height - view)) - top;
      const turns = Math.round(Math.abs(distance) / wheelStepPx);
      if (turns === 0) return;
      for (let turn = 0; turn < turns; turn++) await this.page.mouse.wheel(0, Math.sign(distance) * 120);
      await wait(200);
    }
  }

  private get cellList(): Locator {
    return this.page.locator(".notebookOverlay:visible .cell-list-container").first();
  }

  private scrollState(): Promise<{ top: number; height: number; view: number }> {
    return this.cellList.evaluate((list) => {
      const rows = list.querySelector<HTMLElement>(".monaco-list-rows");
      const pixels = (text: string | undefined) => Number.parseFloat(text || "0");
      return { top: -pixels(rows?.style.top), height: pixels(rows?.style.height), view: list.clientHeight };
    });
  }

  /** The frame of the notebook's webview that holds an element (shadow roots are looked through). */
  async outputFrame(selector: string, timeoutMs = 30_000): Promise<Frame> {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(100)) {
      for (const frame of this.page.frames()) {
        // A frame may go while it is looked at; the next round looks again.
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
    }
    throw new Error(`No output holds "${selector}" after ${timeoutMs} ms.`);
  }

  /** An element inside an output, scrolled into view. */
  async inOutput(selector: string, timeoutMs = 30_000): Promise<Locator> {
    const element = (await this.outputFrame(selector, timeoutMs)).locator(selector).first();
    await this.bringIntoView(element);
    return element;
  }

  async bringIntoView(element: Locator): Promise<void> {
    for (let tries = 0; tries < 4; tries++) {
      const [box, list] = [await element.boundingBox(), await this.cellList.boundingBox()];
      if (!box || !list) break;
      const fits = box.y >= list.y && box.y + Math.min(box.height, list.height) <= list.y + list.height;
      if (fits) return;
      await this.scrollTo((await this.scrollState()).top + box.y - list.y - 40);
      await wait(300);
    }
  }

  /** Points at a text in a code cell and answers with the words of the hover that comes up. */
  async hoverCode(cellIndex: number, text: string, expected: RegExp, timeoutMs = 20_000): Promise<string> {
    await this.scrollToCell(cellIndex);
    let seen = "";
    for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(300)) {
      await this.page.mouse.move(4, 4);
      await wait(300);
      const place = await this.placeOf(cellIndex, text);
      await this.page.mouse.move(place.x - 1, place.y);
      await this.page.mouse.move(place.x, place.y, { steps: 3 });
      for (let tries = 0; tries < 20; tries++) {
        await wait(150);
        seen = (await this.page.locator(".monaco-hover:not(.hidden):visible").allInnerTexts()).join("\n");
        if (expected.test(seen)) return seen;
      }
    }
    throw new Error(`Hovering "${text}" in cell ${cellIndex}: expected ${expected}, got "${seen}".`);
  }

  private async placeOf(cellIndex: number, text: string): Promise<{ x: number; y: number }> {
    const place = await this.cell(cellIndex).evaluate((cell, wanted) => {
      // The editor reuses its line elements: their order in the page is not the order on the screen.
      const topOf = (line: Element) => line.getBoundingClientRect().top;
      for (const line of [...cell.querySelectorAll(".view-line")].sort((a, b) => topOf(a) - topOf(b))) {
        const nodes: Text[] = [];
        for (const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
          nodes.push(walker.currentNode as Text);
        }
        const whole = nodes
          .map((node) => node.data)
          .join("")
          .replaceAll("\u00a0", " ");
        let offset = whole.indexOf(wanted);
        if (offset < 0) continue;
        offset += Math.floor(wanted.length / 2);
        const node = nodes.find((candidate) => {
          if (offset < candidate.length) return true;
          offset -= candidate.length;
          return false;
        });
        if (!node) continue;
        const range = document.createRange();
        range.setStart(node, offset);
        range.setEnd(node, offset + 1);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      return null;
    }, text);
    if (!place) throw new Error(`Cell ${cellIndex} shows no text "${text}".`);
    return place;
  }

  async switchTheme(theme: Theme): Promise<void> {
    const { label, windowClass } = themes[theme];
    await this.runCommand("Preferences: Color Theme");
    const input = this.page.locator(".quick-input-widget input.input").first();
    await input.fill(label);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: label }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.monaco-workbench.${windowClass}`).waitFor({ timeout: 15_000 });
  }

  /** Runs a command from the palette by its title. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press("Escape");
    const input = this.page.locator(".quick-input-widget input.input").first();
    // A key that is pressed while Escape moves the focus out of an output reaches nobody.
    for (let tries = 1, isOpen = false; !isOpen; tries++) {
      await this.page.keyboard.press("F1");
      isOpen = await input.waitFor({ timeout: tries < 5 ? 2_000 : 30_000 }).then(
        () => true,
        (error) => {
          if (tries === 5) throw error;
          return false;
        },
      );
    }
    await input.fill(`>${title}`);
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
    await row.waitFor();
    await row.click();
  }

  /** Puts text in place of what a code cell holds. */
  async replaceCell(index: number, text: string): Promise<void> {
    await this.scrollToCell(index);
    await this.cell(index).locator(".view-lines").first().click();
    await this.page.keyboard.press("ControlOrMeta+A");
    // As pasted text: typed character by character, the editor would close brackets and indent on its own.
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("Escape");
  }

  notifications(): Promise<string[]> {
    return this.page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();
  }
}
