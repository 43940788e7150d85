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
    const foot = journey.page.locator(".statusbar-item", { hasText: "strain.nnbook: Cell 2" });
    await foot.waitFor({ timeout: 30_000 });
    await workbench.pressStop();
    await workbench.waitForStatus(1, "none", 30_000);
    await expect.poll(() => foot.count(), { timeout: 15_000 }).toBe(0);
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
    await workbench.pressStop();
    await workbench.waitForStatus(1, "none", 10_000);
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
    // What the editor told the user on purpose, it logs too: the dead kernel, and the file that could not be read.
    const told = /The kernel of this notebook is gone: .*SIGKILL|line 3, column 14/i;
    expect(journey.problems.filter((problem) => !told.test(problem))).toEqual([]);
  });

  /** The first cell's output. */
  async function kernelPid(): Promise<number> {
    const frame = await journey.workbench.outputFrame(".output_container .output");
    const text = await frame.locator(".output_container .output").first().textContent();
    expect(text).toMatch(/^\d+\s*$/);
    return Number(text);
  }
});
