// What the journeys share: a window on a copy of the samples, pictures in out/, and texts in outputs.

import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Locator } from "playwright-core";
import { inject, type RunnerTestCase } from "vitest";
import { openWindow, type Window } from "../../../scripts/host/openWindow.mts";
import { parseVscodeVersion, setUpHost } from "../../../scripts/host/setUpHost.mts";
import { outFolder, samplesFolder } from "../../../scripts/paths.mts";

export interface Journey extends Window {
  /** The folder that the window shows; removed at the end. */
  readonly folder: string;
  /** Takes a picture into out/journeys. */
  readonly picture: (name: string) => Promise<void>;
}

export interface JourneyOptions {
  readonly locale?: string;
  readonly heightPx?: number;
  readonly widthPx?: number;
  /** Files beside the samples, there before the window opens: the explorer is slow to notice later ones. */
  readonly files?: Readonly<Record<string, string>>;
  /** Settings of the user. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the folder is not trusted until the user says so. */
  readonly isRestricted?: boolean;
}

export async function startJourney(options: JourneyOptions = {}): Promise<Journey> {
  const version = parseVscodeVersion(process.env.NNBOOK_VSCODE ?? "1.139");
  const host = await setUpHost(version);
  const folder = await mkdtemp(path.join(os.tmpdir(), "nnbook-journey-"));
  await cp(samplesFolder, folder, { recursive: true });
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(path.join(folder, name), text);
  const pictures = path.join(outFolder, "journeys", version);
  await mkdir(pictures, { recursive: true });
  const { locale, settings = {}, isRestricted = false, heightPx: height = 1300, widthPx: width = 1280 } = options;
  const shown = { width, height, ...(locale === undefined ? {} : { locale }) };
  const extensionsFolder = inject("extensionsFolder");
  const window = await openWindow({ host, folder, extensionsFolder, ...shown, settings, isRestricted });
  return {
    ...window,
    folder,
    picture: async (name) => {
      await window.page.screenshot({ path: path.join(pictures, `${name}.png`) });
    },
    close: async () => {
      await window.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the window showed when a test failed, as out/journeys/VERSION/failed-….png. */
export async function pictureOfFailure(journey: Journey | undefined, task: RunnerTestCase): Promise<void> {
  if (task.result?.state !== "fail") return;
  await journey?.picture(`failed-${task.name.replace(/[^\w]+/g, "-").slice(0, 60)}`);
}

/** The text of a notebook file with these code cells. */
export function notebookText(cells: readonly string[]): string {
  const code = cells.map((text) => ({ kind: "code", language: "typescript", source: text.split("\n") }));
  return `${JSON.stringify({ nnbook: 1, metadata: {}, cells: code }, null, 2)}\n`;
}

/** A fingerprint of what a canvas shows, scaled down: equal pictures give equal text. */
export function canvasPrint(canvas: Locator): Promise<string> {
  return canvas.evaluate((element) => {
    const small = document.createElement("canvas");
    small.width = small.height = 48;
    const context = small.getContext("2d");
    context?.drawImage(element as HTMLCanvasElement, 0, 0, 48, 48);
    return small.toDataURL();
  });
}

/** Where `recordTraining` leaves what it saw, each different value once. */
export interface RecordingWindow {
  seenWhileTraining: {
    /** The words of the progress bar: "epoch 3 of 12". */
    readonly states: string[];
    /** Fingerprints of the first chart. */
    readonly pictures: string[];
    /** Heights of the whole view in pixels. */
    readonly heights: number[];
  };
}

/** Runs inside the webview: looks at the running training every 50 ms, as no one from outside could. */
export function recordTraining(): void {
  const seen: RecordingWindow["seenWhileTraining"] = { states: [], pictures: [], heights: [] };
  (window as unknown as RecordingWindow).seenWhileTraining = seen;
  const small = document.createElement("canvas");
  small.width = small.height = 48;
  const context = small.getContext("2d", { willReadFrequently: true });
  const add = <Value>(list: Value[], value: Value) => {
    if (!list.includes(value)) list.push(value);
  };
  const findTraining = () => {
    for (const element of document.querySelectorAll("#container *")) {
      const training = element.shadowRoot?.querySelector(".training");
      if (training) return training;
    }
    return null;
  };
  const timer = setInterval(() => {
    const training = findTraining();
    const [bar, canvas] = [training?.querySelector(".bar"), training?.querySelector("canvas")];
    if (!training || !bar || !canvas) return;
    if (bar.className !== "bar") return clearInterval(timer);
    add(seen.states, bar.getAttribute("aria-valuetext") ?? "");
    add(seen.heights, Math.round(training.getBoundingClientRect().height));
    context?.clearRect(0, 0, 48, 48);
    context?.drawImage(canvas, 0, 0, 48, 48);
    add(seen.pictures, small.toDataURL());
  }, 50);
}
