// Helper threads for tests: lends them to the engine, and tells when they are there and what they did.

import { expect } from "vitest";
import { setLeastSharedWork } from "../../src/engine/backend/threads.ts";
import { type HelperWork, setEngineHost } from "../../src/engine/host.ts";
import { tensor, useThreads } from "../../src/engine/index.ts";
import { helperStarter } from "../../src/kernel/helperThreads.ts";

/** Words of a team's block, as assembly/threads/team.ts lays it out. */
const turnWord = 1;
const startedWord = 284 / 4;
const takenWord = 288 / 4;
const startHelper = helperStarter(new URL("../../src/kernel/computeWorker.ts", import.meta.url));
let newest: HelperWork | null = null;

function teamWord(word: number): number {
  if (newest === null) return 0;
  return Atomics.load(new Int32Array(newest.memory.buffer), newest.team / 4 + word);
}

/** Starts a helper; gives what ends it. */
export function startCounted(work: HelperWork): () => void {
  newest = work;
  return startHelper(work);
}

/** From now on everything that can be split is, as soon as threads are wanted. */
export function lendHelpers(): void {
  setEngineHost({ startHelper: startCounted });
  setLeastSharedWork(0.001);
}

/** As it was before. */
export function takeHelpersBack(): void {
  useThreads(1);
  setLeastSharedWork(20_000);
  setEngineHost({ startHelper: null });
}

/** Lets so many threads compute, and waits until they are there. */
export async function gather(threads: number): Promise<void> {
  newest = null;
  expect(useThreads(threads)).toBe(threads);
  tensor(new Float32Array(64)).add(1);
  while (teamWord(startedWord) < threads - 1) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Waits, and does nothing else, until so many helpers of the newest team are there. */
export function waitForHelpers(count: number): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let turn = 0; teamWord(startedWord) < count; turn++) {
    if (turn > 3000) expect.fail("no helper came within half a minute");
    Atomics.wait(clock, 0, 0, 10);
  }
}

/** How many pieces of work helpers of the newest team have taken. */
export function takenByHelpers(): number {
  return teamWord(takenWord);
}

/** The number of the newest team's turn: while it stays, helpers that have nothing to do sleep. */
export function turnOfHelpers(): number {
  return teamWord(turnWord);
}
