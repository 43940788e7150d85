// `npm run bench:firstFit`: how long after its cell was run the first `fit` of a fresh kernel begins its first step, and has made it.
// Each round is a kernel of its own that is warm, as one is after any cell: its process stands, and the cells' compiler has been used.

import os from "node:os";
import { PlainError, readFlags, runScript } from "../scripts/run.mts";
import { startTestSession } from "../test/support/testSession.ts";

const flags = readFlags({ rounds: { type: "string", default: "5" } });

/** What stands in a cell before `fit`, with everything that a first training needs: data, model, compilation. */
const trainings: Readonly<Record<string, string>> = {
  "iris, 4-16-3": `
    const data = datasets.iris().standardize().split({ validation: 0.2, seed: 1 });
    const model = sequential([layers.dense(16, { activation: "tanh" }), layers.dense(3, { activation: "softmax" })]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["acc"] });`,
  "digits, convolution": `
    const data = datasets.digits().split({ validation: 0.2, seed: 1 });
    const model = sequential([
      layers.reshape([8, 8, 1]),
      layers.conv2d(16, 3, { activation: "relu", padding: "same" }),
      layers.maxPooling2d(2),
      layers.flatten(),
      layers.dense(10, { activation: "softmax" }),
    ]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["acc"] });`,
};

/** The cell; it prints when its first step began and ended, in milliseconds since 1970. */
function cellOf(training: string): string {
  return `
    import { datasets, layers, sequential } from "nnbook";
    ${training}
    const at = () => performance.timeOrigin + performance.now();
    const moments = {};
    await model.fit(data, {
      epochs: 1,
      callbacks: [{ onStepBegin() { moments.began ??= at(); }, onStepEnd() { moments.ended ??= at(); } }],
    });
    console.log("moments " + JSON.stringify(moments));`;
}

interface Moments {
  readonly began: number;
  readonly ended: number;
}

await runScript(async () => {
  const rounds = Number(flags.rounds);
  if (!(rounds >= 1)) throw new PlainError(`--rounds: expected a number from 1, got "${flags.rounds}".`);
  console.log(
    `${os.cpus().length} cores, Node ${process.version}, ${rounds} fresh kernels each; ms by the clock after the cell was run`,
  );
  console.log("\n| first fit | first step begins: best, median, worst | first step is made |\n|---|---|---|");
  for (const [name, training] of Object.entries(trainings)) {
    const times: { readonly began: number; readonly ended: number }[] = [];
    for (let round = 0; round < rounds; round++) times.push(await measureKernel(cellOf(training)));
    const row = (["began", "ended"] as const).map((moment) => told(times.map((each) => each[moment])));
    console.log(`| ${name} | ${row.join(" | ")} |`);
  }
});

async function measureKernel(cell: string): Promise<Moments> {
  const kernel = await startTestSession();
  try {
    await kernel.value("1 + 1");
    const started = performance.timeOrigin + performance.now();
    const outcome = await kernel.run(cell);
    const line = /moments (\{.*\})/.exec(kernel.printed())?.[1];
    if (outcome.kind !== "succeeded" || line === undefined)
      throw new PlainError(`The training ended otherwise: ${JSON.stringify(outcome)}`);
    const { began, ended } = JSON.parse(line) as Moments;
    return { began: began - started, ended: ended - started };
  } finally {
    await kernel.dispose();
  }
}

function told(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map((ms) => Math.round(ms ?? Number.NaN)).join(", ");
}
