// `npm run fixtures`: a folder of other shapes and numbers is checked as ours is; what is wrong in it is found and named.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../scripts/run.mts";
import { useBackend } from "../src/engine/index.ts";
import { checkFolder, FolderError } from "./support/fixtureChecks/folder.ts";
import { convolution, denseTanh, gridNumbers, layerFile, layerNorm, makeLayerCase } from "./support/ownFixtures.ts";

const root = path.resolve(import.meta.dirname, "..");
const script = path.join(root, "scripts", "fixtures.mts");

const dense = makeLayerCase(
  "of rank 3",
  { units: 7, use_bias: true, activation: "tanh" },
  { x: gridNumbers([2, 3, 5], 1), kernel: gridNumbers([5, 7], 2), bias: gridNumbers([7], 3) },
  denseTanh,
);
const norm = makeLayerCase(
  "of nine",
  { epsilon: 0.01, axis: -1 },
  { x: gridNumbers([4, 9], 4), gamma: gridNumbers([9], 5), beta: gridNumbers([9], 6) },
  layerNorm(0.01),
);
const conv = makeLayerCase(
  "of eleven steps",
  { filters: 4, kernel_size: 3, strides: 2, padding: "valid", dilation: 1, use_bias: true },
  { x: gridNumbers([2, 11, 3], 7), kernel: gridNumbers([3, 3, 4], 8), bias: gridNumbers([4], 9) },
  convolution(2),
);

/** Two steps of plain descent of a matrix of other sizes, and the surface's start alone. */
const descent = {
  problems: {
    rosenbrock: { start: [0.5, -0.25] },
    matrix: {
      w0: gridNumbers([2, 4], 10),
      grad_w: gridNumbers([2, 2, 4], 11),
    },
  },
  cases: [
    {
      name: "sgd, 0.5",
      optimizer: "sgd",
      convention: "both",
      config: { lr: 0.5 },
      tolerance_f32: { functions: { rtol: 2e-5, atol: 2e-5 }, matrix: { rtol: 2e-5, atol: 2e-5 } },
      trajectories: {
        // (1 − x)² + 100 (y − x²)²: its slope at the start is (99, −100).
        rosenbrock: { loss: [0.25 + 25], params: { shape: [1, 2], data: [0.5 - 0.5 * 99, -0.25 + 0.5 * 100] } },
        matrix: { w: { shape: [2, 2, 4], data: [...Array(16).keys()].map(weightAt) } },
      },
    },
  ],
  lr_schedules: {
    tolerance: { f64: { rtol: 1e-8, atol: 1e-12 } },
    cases: [
      { name: "halves", kind: "exponential", params: { initial: 1, gamma: 0.5 }, lr: [1, 0.5, 0.25] },
      { name: "warms", kind: "noam", params: { d_model: 4, warmup_steps: 1 }, lr: [0.5] },
    ],
  },
};

/** Entry of w after the step it stands at: `w0 − 0.5 · Σ gradients so far`. */
function weightAt(place: number): number {
  const start = gridNumbers([2, 4], 10).data[place % 8] ?? 0;
  const gradients = gridNumbers([2, 2, 4], 11).data;
  return start - 0.5 * ((gradients[place % 8] ?? 0) + (place >= 8 ? (gradients[place] ?? 0) : 0));
}

let folder = "";
function write(file: string, content: unknown): void {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
}

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "fixtures-"));
});
beforeEach(() => {
  rmSync(folder, { recursive: true });
  write("README.md", "These are for readers.");
  write("layers/dense.json", layerFile([dense]));
  write("layers/layernorm.json", layerFile([norm]));
  write("layers/conv1d.json", layerFile([conv]));
  write("optimizers.json", descent);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runCommand(...args: readonly string[]) {
  const quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON";
  return runProgram(process.execPath, [quiet, script, ...args], { timeoutMs: 60_000 });
}

describe("the command", () => {
  it("passes a folder of other shapes on every backend, and says of each file how it went", async () => {
    const { exitCode, text } = await runCommand(folder, "--backend", "plain,simd,simdBaseline");
    expect(text).toContain("All agree on plain.");
    expect(text).toContain("All agree on simd-baseline.");
    expect(text.match(/layers\/dense\.json +1 cases +1 passed +0 failed +0 skipped +worst 0\.\d+/g)).toHaveLength(3);
    expect(text.match(/optimizers\.json +\d+ cases +\d+ passed +0 failed +0 skipped/g)).toHaveLength(3);
    expect(exitCode).toBe(0);
  });

  it("fails where one number of a gradient is wrong, and names the case", async () => {
    const { grads } = dense;
    const data = (grads.kernel?.data ?? []).map((value, at) => (at === 4 ? value + 0.001 : value));
    write("layers/dense.json", layerFile([{ ...dense, grads: { ...grads, kernel: { shape: [5, 7], data } } }]));
    const { exitCode, text } = await runCommand(folder, "--backend=simd");
    expect(text).toMatch(/FAILED of rank 3: \d+\.\d+ of the tolerance/);
    expect(text).toMatch(/layers\/conv1d\.json +1 cases +1 passed +0 failed/);
    expect(text).toContain("1 failed on simd-");
    expect(exitCode).toBe(1);
  });

  it.each([
    [["no/such/folder"], /^There is no folder .*such.folder\.$/],
    [[script], /is a file, not a folder of fixtures\.$/],
    [["--backend", "gpu"], /^--backend: expected some of plain,simd,simdBaseline, got "gpu"\.$/],
    [["--fast"], /There is: \[FOLDER\], --backend\.$/],
  ])("says in a sentence what is wrong with %j", async (args, sentence) => {
    const { exitCode, text } = await runCommand(...args);
    expect(text.trim().replace(/^On plain\n/, "")).toMatch(sentence);
    expect(text).not.toMatch(/^ +at /m);
    expect(exitCode).toBe(1);
  });
});

describe("a folder", () => {
  useBackend("plain");
  const errorsOf = async () => (await checkFolder(folder)).filter(({ error }) => error !== undefined);

  it("fails for a file that there is no check for", async () => {
    write("layers/mystery.json", layerFile([dense]));
    write("data/cars.csv", "speed,dist\n4,2\n");
    expect(await errorsOf()).toEqual([
      { file: "data/cars.csv", cases: [], error: "There is no check for a file of this name." },
      { file: "layers/mystery.json", cases: [], error: "There is no check for a file of this name." },
    ]);
  });

  it("fails for a file that is broken, of another schema, or empty", async () => {
    write("layers/dense.json", '{"cases": [');
    write("losses.json", { tolerance: {} });
    write("metrics.json", { tolerance: { f32: {} }, binary: [], multiclass: [], multilabel: [], regression: [] });
    const errors = Object.fromEntries((await errorsOf()).map(({ file, error }) => [file, error]));
    expect(errors).toEqual({
      "layers/dense.json": expect.stringMatching(/^It cannot be read as JSON: /),
      "losses.json": expect.stringMatching(/^It is not of the schema: /),
      "metrics.json": "It has no cases.",
    });
  });

  it("fails only for the case that cannot be checked, where others can", async () => {
    write(
      "layers/dense.json",
      layerFile([{ ...dense, name: "without weights", inputs: { x: dense.inputs.x } }, dense]),
    );
    const found = (await checkFolder(folder)).find(({ file }) => file === "layers/dense.json");
    expect(found?.cases).toMatchObject([
      { name: "without weights", worst: Number.POSITIVE_INFINITY, error: expect.stringContaining("gives no kernel") },
      { name: "of rank 3" },
    ]);
    expect(found?.cases[1]?.worst).toBeLessThanOrEqual(1);
  });

  it("fails for a case whose layer has a field that no check reads, and names what is known", async () => {
    write("layers/dense.json", layerFile([{ ...dense, config: { ...dense.config, groups: 2 } }]));
    expect((await checkFolder(folder)).find(({ file }) => file === "layers/dense.json")?.cases[0]?.error).toBe(
      "There is no check for groups of a dense layer. Known: units, use_bias, activation.",
    );
  });

  it("fails so too for a layer of a training, and for an optimizer", async () => {
    const whole = JSON.parse(readFileSync(path.join(root, "test", "fixtures", "training.json"), "utf8"));
    const [training] = whole.cases;
    const [first, ...others] = training.model.layers;
    const model = { ...training.model, layers: [{ ...first, groups: 2 }, ...others] };
    write("training.json", { ...whole, cases: [{ ...training, model }] });
    const [plain] = descent.cases;
    write("optimizers.json", { ...descent, cases: [{ ...plain, config: { lr: 0.5, warmth: 1 } }] });
    const results = await checkFolder(folder);
    const errorOf = (name: string) => results.find(({ file }) => file === name)?.cases[0]?.error;
    expect(errorOf("training.json")).toBe(
      "There is no check for groups of the layer dense_0. Known: name, type, units, activation, use_bias.",
    );
    expect(errorOf("optimizers.json")).toContain("warmth");
  });

  it("fails for a number that is NaN, and for data that are not those of the manifest", async () => {
    const data = dense.outputs.y.data.map(String).with(0, "NaN");
    write("layers/dense.json", layerFile([{ ...dense, outputs: { y: { shape: dense.outputs.y.shape, data } } }]));
    write("data/iris.csv", "a,b,species\n1,2,x\n");
    const iris = { file: "iris.csv", rows: 1, columns: ["a", "b", "species"], target: "species", sha256: "00" };
    write("data/manifest.json", { datasets: [iris] });
    const results = await checkFolder(folder);
    expect(results.find(({ file }) => file === "layers/dense.json")?.cases[0]?.error).toMatch(
      /^Expected NaN as number 0, got -?0\.\d+\.$/,
    );
    expect(results.find(({ file }) => file === "data/manifest.json")?.cases[0]?.error).toContain("SHA-256");
  });

  it.each([
    ["simd", "simd-relaxed"],
    ["simdBaseline", "simd-baseline"],
  ] as const)("of this repository agrees on %s in every case", async (backend, name) => {
    expect(useBackend(backend)).toBe(name);
    const results = await checkFolder(path.join(root, "test", "fixtures"));
    useBackend("plain");
    expect(results.length).toBeGreaterThan(20);
    const failed = results.flatMap(({ file, cases, error }) => [
      ...(error === undefined ? [] : [`${file}: ${error}`]),
      ...cases.filter(({ worst, skipped }) => skipped === undefined && !(worst <= 1)).map(({ name }) => name),
    ]);
    expect(failed).toEqual([]);
  });

  it("that holds nothing but texts is refused", async () => {
    rmSync(folder, { recursive: true });
    write("README.md", "Nothing yet.");
    await expect(checkFolder(folder)).rejects.toThrow(FolderError);
  });
});
