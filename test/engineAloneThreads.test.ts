// Helper threads of the engine as its own package: in two versions of Node and in a browser they start when they are wanted, change no bit, and hold nothing up.

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineFolder, isolation, launchChromium, openPage, runInNode } from "./support/engineAlone.ts";
import { skipsChromium } from "./support/inChromium.ts";
import { findNode } from "./support/otherNode.ts";

interface Report {
  /** What `useThreads(2)` gives. */
  readonly threads: number;
  /** How many helpers were started: by importing, by asking, in all. */
  readonly started: readonly number[];
  /** How many parts of computations they took. */
  readonly taken: number;
  /** The losses with one thread, and each different list of them with two. */
  readonly alone: readonly number[];
  readonly together: readonly (readonly number[])[];
}

/** `works` is the list of what helpers were given. The word is that of assembly/threads/team.ts. */
const program = `
  const { layers, Random, sequential, tensor, useThreads } = engine;
  const taken = ({ memory, team }) => Atomics.load(new Int32Array(memory.buffer), (team + 288) / 4);
  const random = new Random(1);
  const x = tensor(random.normalFloats(128 * 300), { shape: [128, 300] });
  const y = tensor(random.normalFloats(128 * 40), { shape: [128, 40] });
  function train() {
    const model = sequential([layers.dense(300, { activation: "tanh" }), layers.dense(40)], { seed: 2 });
    model.compile({ loss: "mse", optimizer: "adam" });
    return Array.from({ length: 40 }, () => model.trainOnBatch(x, y).loss);
  }
  const alone = train();
  const started = [works.length];
  const threads = useThreads(2);
  started.push(works.length);
  const together = new Map();
  const until = performance.now() + 30_000;
  do {
    const losses = train();
    together.set(losses.join(), losses);
    await new Promise((resolve) => setTimeout(resolve, 5));
  } while (threads > 1 && !(taken(works[0]) > 0) && performance.now() < until);
  started.push(works.length);
  const report = { threads, started, taken: works.length > 0 ? taken(works[0]) : 0, alone, together: [...together.values()] };
`;

function expectHelped({ threads, started, taken, alone, together }: Report): void {
  expect(threads).toBe(2);
  expect(started).toEqual([0, 0, 1]);
  expect(taken).toBeGreaterThan(0);
  expect(alone.at(-1)).toBeLessThan(alone[0] ?? 0);
  expect(together).toEqual([alone]);
}

function expectAlone({ threads, started, alone, together }: Report): void {
  expect({ threads, started, together }).toEqual({ threads: 1, started: [0, 0, 0], together: [alone] });
}

describe("in Node", () => {
  const watch = `
    import nodeThreads from "node:worker_threads";
    const works = [];
    nodeThreads.Worker = class extends nodeThreads.Worker {
      constructor(file, options) {
        super(file, options);
        works.push(options.workerData);
      }
    };
    (await import("node:module")).syncBuiltinESMExports();
  `;
  const run = (node: string, before = "") =>
    runInNode<Report>(node, `${program}\nconsole.log(JSON.stringify(report));`, `${watch}\n${before}`);

  const node20 = findNode(20);
  it.skipIf(node20 === null)(
    `20 two threads come to one thread's bits${node20 === null ? " (no Node 20)" : ""}`,
    {
      timeout: 60_000,
    },
    async () => expectHelped(await run(node20 ?? "")),
  );

  it("24 two threads come to one thread's bits, and the program ends", { timeout: 60_000 }, async () =>
    expectHelped(await run(process.execPath)),
  );

  it("before 20.16, where threads are to be had only later, helpers come too", { timeout: 60_000 }, async () =>
    expectHelped(await run(process.execPath, "process.getBuiltinModule = undefined;")),
  );

  it("without shared memory one thread computes", { timeout: 60_000 }, async () =>
    expectAlone(await run(process.execPath, "delete globalThis.SharedArrayBuffer;")),
  );

  it("a program may end while helpers work", { timeout: 60_000 }, async () => {
    const ending = `${program}\nconsole.log(JSON.stringify(report.taken));\nprocess.exit(0);`;
    expect(await runInNode<number>(process.execPath, ending, watch)).toBeGreaterThan(0);
  });

  it("without the helper's file beside it one thread computes", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "engine-"));
    try {
      copyFileSync(path.join(engineFolder, "index.js"), path.join(folder, "index.mjs"));
      const url = JSON.stringify(pathToFileURL(path.join(folder, "index.mjs")).href);
      const text = `
        const { tensor, useThreads } = await import(${url});
        useThreads(2);
        const x = tensor(new Float32Array(90_000).fill(1), { shape: [300, 300] });
        for (let run = 0; run < 30; run++) {
          if (x.matmul(x).sum().item() !== 300 ** 3) throw new Error("wrong");
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        console.log(JSON.stringify("computed"));
      `;
      expect(await runInNode<string>(process.execPath, text)).toBe("computed");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("a race in Node", () => {
  const race = `
    const { compare, datasets, layers, sequential } = engine;
    const options = {
      model: () => sequential([layers.dense(4, { activation: "tanh" }), layers.dense(3, { activation: "softmax" })]),
      data: datasets.iris().standardize(),
      loss: "categoricalCrossentropy",
      optimizers: ["sgd", "adam"],
      seeds: 1,
    };
    const usual = await compare(options);
    const alone = await compare({ ...options, workers: 0 });
    const losses = ({ variants }) => variants.flatMap(({ runs }) => runs.map(({ loss }) => loss.join()));
    const report = { workers: usual.workers, usual: losses(usual), alone: losses(alone) };
    console.log(JSON.stringify(report));
  `;
  const node20 = findNode(20);
  const nodes = { "24": process.execPath, "20": node20 ?? "" };
  it.each(Object.entries(nodes).filter(([, node]) => node !== ""))(
    "%s has as many workers as fit the machine, if nobody says how many, and comes to the same numbers",
    { timeout: 60_000 },
    async (_, node) => {
      const report = await runInNode<Record<"usual" | "alone", string[]> & { workers: number }>(node, race);
      expect(report.workers).toBe(Math.min(2, os.availableParallelism()));
      expect(report.usual).toEqual(report.alone);
    },
  );
});

describe.skipIf(skipsChromium)("in a page of Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  async function run(headers: Readonly<Record<string, string>>): Promise<Report> {
    const page = await openPage(browser, headers);
    const text = `(async () => {
      const works = [];
      globalThis.Worker = class extends Worker {
        postMessage(work) {
          works.push(work);
          super.postMessage(work);
        }
      };
      const engine = await import("/index.js");
      ${program}
      return report;
    })()`;
    const report = (await page.evaluate(text)) as Report;
    await page.close();
    return report;
  }

  it("that is isolated, two threads come to one thread's bits", { timeout: 60_000 }, async () =>
    expectHelped(await run(isolation)),
  );

  it("that is not isolated, one thread computes", { timeout: 60_000 }, async () => expectAlone(await run({})));

  it("whose policy forbids workers, one thread computes", { timeout: 60_000 }, async () => {
    const headers = { ...isolation, "Content-Security-Policy": "worker-src 'none'" };
    const page = await openPage(browser, headers);
    const sum = await page.evaluate(`(async () => {
      const { tensor, useThreads } = await import("/index.js");
      useThreads(2);
      const x = tensor(new Float32Array(90_000).fill(1), { shape: [300, 300] });
      let sum = 0;
      for (let run = 0; run < 30; run++) {
        sum = x.matmul(x).sum().item();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return sum;
    })()`);
    await page.close();
    expect(sum).toBe(300 ** 3);
  });
});
