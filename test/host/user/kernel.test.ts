// A user at work: an endless loop is stopped, a kernel is killed, a file is broken. Nothing is lost, and each is told.

import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Journey, notebookText, pictureOfFailure, startJourney } from "./journey.ts";

describe("a kernel under strain", () => {
  let journey: Journey;
  beforeAll(async () => {
    const files = {
      "strain.nnbook": notebookText([
        "let counter = 41;\nprocess.pid",
        "while (true) counter += 0;",
        "'still ' + (counter + 1)",
        "'new ' + typeof counter",
        // No code of anyone's runs in there: nothing can end it but the end of the process.
        'import { pbkdf2Sync } from "node:crypto";\npbkdf2Sync("a", "b", 2 ** 31 - 1, 64, "sha512");',
      ]),
      "broken.nnbook": '{\n  "nnbook": 1,\n  "cells": [ oops ]\n}\n',
    };
    journey = await startJourney({ heightPx: 1000, files });
  });
  afterAll(() => journey?.close());
  afterEach(({ task }) => pictureOfFailure(journey, task));

  test("the stop button ends an endless loop, and a variable survives", async () => {
    const { workbench } = journey;
    await workbench.openNotebook("strain.nnbook");
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "executing");
    // The foot of the window tells of work that takes long.
    await expect.poll(() => foot().count(), { timeout: 30_000 }).toBe(1);
    await workbench.pressStop();
    await workbench.waitForStatus(1, "none", 30_000);
    await expect.poll(() => foot().count(), { timeout: 15_000 }).toBe(0);
    await workbench.runCell(2);
    await workbench.waitForStatus(2, "success");
    await workbench.outputFrame(':text("still 42")');
    await journey.picture("6-stopped");
  });

  test("a killed kernel is told, and the next run has a new one", async () => {
    const { workbench } = journey;
    const pid = await kernelPid();
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "executing");
    await wait(500);
    process.kill(pid, "SIGKILL");
    await workbench.waitForStatus(1, "error");
    await workbench.outputFrame(":text-matches('SIGKILL')");
    await expect.poll(() => marks(0), { timeout: 20_000 }).toContain("from before the kernel ended");
    const mark = workbench.cell(0).locator(".cell-status-item", { hasText: "from before the kernel ended" });
    expect(await mark.getAttribute("aria-label")).toMatch(/this cell ran is gone: it was ended by SIGKILL, by someone/);
    await journey.picture("7-killed");
    await workbench.runCell(3);
    await workbench.waitForStatus(3, "success");
    await workbench.outputFrame(':text("new undefined")');
    await workbench.runCell(0);
    await workbench.waitForStatus(0, "success");
    await expect.poll(kernelPid, { timeout: 10_000 }).not.toBe(pid);
  });

  test("a restart that runs all asks while a cell runs, and then runs all, that cell too", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(1);
    await workbench.waitForStatus(1, "executing");
    await workbench.runCommand("Restart Kernel and Run All Cells");
    const question = page.locator(".monaco-dialog-box", { hasText: "Cells are running" });
    await question.getByRole("button", { name: "Cancel" }).click();
    await question.waitFor({ state: "detached" });
    expect(await workbench.cellStatus(1)).toBe("executing");
    const pid = await kernelPid();
    await workbench.runCommand("Restart Kernel and Run All Cells");
    await question.getByRole("button", { name: "Restart and Run All" }).click();
    await expect.poll(kernelPid, { timeout: 30_000 }).not.toBe(pid);
    await workbench.waitForStatus(1, "executing");
    await expect.poll(() => workbench.cellStatus(3)).toBe("pending");
    await expect.poll(() => foot().textContent(), { timeout: 30_000 }).toMatch(/Cell 2 · 3 cells wait/);
    await workbench.pressStop();
    await workbench.waitForStatus(1, "none", 10_000);
    for (const index of [2, 3, 4]) await expect.poll(() => marks(index), { timeout: 20_000 }).toContain("did not run");
    const mark = workbench.cell(2).locator(".cell-status-item", { hasText: "did not run" });
    expect(await mark.getAttribute("aria-label")).toContain("It waited when the cell before it was stopped.");
    await journey.picture("7-did-not-run");
  });

  test("what does not stop ends with its kernel, when the user chooses so", async () => {
    const { workbench, page } = journey;
    await workbench.runCell(4);
    await workbench.waitForStatus(4, "executing");
    await expect.poll(() => foot().count(), { timeout: 30_000 }).toBe(1);
    await workbench.pressStop();
    const question = page.locator(".notifications-toasts .notification-list-item", {
      hasText: "The cell does not stop",
    });
    await question.waitFor({ timeout: 60_000 });
    expect(await workbench.cellStatus(4)).toBe("executing");
    await journey.picture("7-does-not-stop");
    await question.getByRole("button", { name: "Restart", exact: true }).click();
    await workbench.waitForStatus(4, "error");
    await workbench.outputFrame(':text("The kernel was restarted while this cell ran")');
    await workbench.runCell(3);
    await workbench.waitForStatus(3, "success");
  });

  test("a broken file opens as an error with its place, not as an empty notebook", async () => {
    const { workbench, page } = journey;
    await workbench.openFromExplorer("broken.nnbook");
    const told = page.getByText(/line 3, column 14/i).first();
    await told.waitFor();
    expect(await workbench.cells.count()).toBe(0);
    await journey.picture("8-broken");
  });

  test("nothing of ours complained in the console", () => {
    // What the editor told the user on purpose, it logs too: the dead kernel, the cell that did not stop, and the file that could not be read.
    const told = /The kernel of this notebook is gone: .*SIGKILL|The cell does not stop|line 3, column 14/i;
    expect(journey.problems.filter((problem) => !told.test(problem))).toEqual([]);
  });

  /** What the window says at its foot of the cell that runs. */
  function foot() {
    return journey.page.locator(".statusbar-item", { hasText: "strain.nnbook: Cell" });
  }

  /** The words below a cell. */
  async function marks(index: number): Promise<string> {
    const items = journey.workbench.cell(index).locator(".cell-status-left .cell-status-item");
    return (await items.allTextContents()).join(" ");
  }

  /** The first cell's output. */
  async function kernelPid(): Promise<number> {
    const frame = await journey.workbench.outputFrame(".output_container .output");
    const text = await frame.locator(".output_container .output").first().textContent();
    expect(text).toMatch(/^\d+\s*$/);
    return Number(text);
  }
});
