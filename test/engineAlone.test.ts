// The engine as its own package, as `npm run build` left it in dist/engine: in two versions of Node, in a browser, and for TypeScript.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runNpm, runProgram } from "../scripts/run.mts";
import { engineFolder, engineUrl, isolation, launchChromium, openPage, runInNode } from "./support/engineAlone.ts";
import { skipsChromium } from "./support/inChromium.ts";
import { findNode } from "./support/otherNode.ts";

/** What a program that trains XOR reports. */
interface Report {
  readonly backend: string;
  readonly first: number;
  readonly last: number;
  /** Of the model, kept and loaded again. */
  readonly predictions: readonly number[];
  /** How large it is as an ONNX file. */
  readonly onnxBytes: number;
  /** Shape of the examples of iris, read from the file beside the module. */
  readonly iris: readonly number[];
}

/** The body of a program; `engine` is the module and `readIris` gives the text of the file. */
const program = `
  const { backendName, datasets, layers, load, optimizers, sequential, tensor } = engine;
  const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);
  const y = tensor([[0], [1], [1], [0]]);
  const model = sequential([layers.dense(8, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
  model.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.05 }) });
  const run = await model.fit(x, y, { epochs: 200, batchSize: 4, seed: 1 });
  const irisText = await readIris();
  datasets.useFiles({ "iris.csv": irisText });
  const report = {
    backend: backendName(),
    first: run.loss[0],
    last: run.loss.at(-1),
    predictions: [...load(model.serialize()).predict(x).data],
    onnxBytes: model.toOnnx().bytes.length,
    iris: datasets.iris().standardize().x.shape,
  };
`;

function expectTrained({ first, last, predictions, onnxBytes, iris }: Report): void {
  expect(onnxBytes).toBeGreaterThan(500);
  expect(first).toBeGreaterThan(0.5);
  expect(last).toBeLessThan(0.1);
  expect(predictions.map(Math.round)).toEqual([0, 1, 1, 0]);
  expect(iris).toEqual([150, 4]);
}

/** Runs the program in a Node, after `before`. */
function trainInNode(node: string, before = ""): Promise<Report> {
  const readIris = `
    import { readFileSync } from "node:fs";
    const readIris = () => readFileSync(new URL(${engineUrl("data/iris.csv")}), "utf8");
  `;
  return runInNode(node, `${program}\nconsole.log(JSON.stringify(report));`, `${readIris}\n${before}`);
}

const node20 = findNode(20);

describe("in Node", () => {
  it.skipIf(node20 === null)(`20 trains on SIMD${node20 === null ? " (the PATH has no Node 20)" : ""}`, async () => {
    const report = await trainInNode(node20 ?? "");
    expect(report.backend).toBe("simd-baseline");
    expectTrained(report);
  });

  it("24 trains on relaxed SIMD", async () => {
    const report = await trainInNode(process.execPath);
    expect(report.backend).toBe("simd-relaxed");
    expectTrained(report);
  });

  it("without shared memory still trains on SIMD", async () => {
    const report = await trainInNode(process.execPath, "delete globalThis.SharedArrayBuffer;");
    expect(report.backend).toBe("simd-relaxed");
    expectTrained(report);
  });

  it("without room for memory that may grow still trains on SIMD", async () => {
    const before = `
      const Memory = WebAssembly.Memory;
      WebAssembly.Memory = class {
        constructor(size) {
          if (size.maximum > 4096) throw new RangeError("There is no more room.");
          return new Memory(size);
        }
      };
    `;
    const report = await trainInNode(process.execPath, before);
    expect(report.backend).toBe("simd-relaxed");
    expectTrained(report);
  });

  it("without WebAssembly trains in plain JavaScript", async () => {
    const report = await trainInNode(process.execPath, "delete globalThis.WebAssembly;");
    expect(report.backend).toBe("plain");
    expectTrained(report);
  });
});

describe.skipIf(skipsChromium)("in a page of Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  async function runInPage(headers: Readonly<Record<string, string>>) {
    const page = await openPage(browser, headers);
    const text = `(async () => {
      const engine = await import("/index.js");
      const readIris = async () => (await fetch("/data/iris.csv")).text();
      ${program}
      return { ...report, isIsolated: crossOriginIsolated, canShare: "SharedArrayBuffer" in globalThis };
    })()`;
    const report = (await page.evaluate(text)) as Report & { readonly isIsolated: boolean; readonly canShare: boolean };
    await page.close();
    return report;
  }

  it("that is not isolated from other origins, trains on SIMD", { timeout: 60_000 }, async () => {
    const report = await runInPage({});
    expect(report).toMatchObject({ isIsolated: false, canShare: false });
    expect(report.backend).toMatch(/^simd-(relaxed|baseline)$/);
    expectTrained(report);
  });

  it("that is isolated, trains on SIMD with shared memory", { timeout: 60_000 }, async () => {
    const report = await runInPage(isolation);
    expect(report).toMatchObject({ isIsolated: true, canShare: true });
    expect(report.backend).toMatch(/^simd-(relaxed|baseline)$/);
    expectTrained(report);
  });

  it("whose policy forbids WebAssembly, trains in plain JavaScript", { timeout: 60_000 }, async () => {
    const page = await openPage(browser, { "Content-Security-Policy": "script-src 'self'" });
    const backend = await page.evaluate(`(async () => {
      const { backendName, tensor } = await import("/index.js");
      return [backendName(), tensor([1, 2]).sum().item()];
    })()`);
    await page.close();
    expect(backend).toEqual(["plain", 3]);
  });
});

describe("in a project that installed it", () => {
  let project = "";
  beforeAll(async () => {
    project = mkdtempSync(path.join(os.tmpdir(), "consumer-"));
    writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "consumer", type: "module" }));
    const packed = await runNpm(["pack", "--silent", "--pack-destination", project, engineFolder]);
    expect(packed.exitCode, packed.text).toBe(0);
    const tarball = readdirSync(project).find((name) => name.endsWith(".tgz")) ?? "none.tgz";
    const args = ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", path.join(project, tarball)];
    const installed = await runNpm(args, { cwd: project });
    expect(installed.exitCode, installed.text).toBe(0);
  }, 60_000);
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  const runFile = async (text: string) => {
    writeFileSync(path.join(project, "program.js"), text);
    const { exitCode, text: output } = await runProgram(process.execPath, ["program.js"], { cwd: project });
    expect(exitCode, output).toBe(0);
    return output;
  };

  it("depends on nothing else", () => {
    expect(readdirSync(path.join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["nnbook"]);
    const files = readdirSync(path.join(project, "node_modules", "nnbook"));
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "index.js", "package.json", "types"]));
  });

  it("runs the program of its own README", async () => {
    const readme = readFileSync(path.join(engineFolder, "README.md"), "utf8");
    const program = /```js\n([^`]*sequential[^`]*)```/.exec(readme)?.[1] ?? "";
    const output = await runFile(program);
    expect(output).toMatch(/dense_1 [\d.e-]+\ndense_2 [\d.e-]+/);
    expect(readdirSync(project)).toEqual(expect.arrayContaining(["xor.json", "xor.safetensors"]));
  });

  it("finds its data by itself in Node", async () => {
    const output = await runFile(`import { datasets } from "nnbook"; console.log(String(datasets.iris().x.shape));`);
    expect(output).toBe("150,4\n");
  });

  it("is found by its name, and its data beside it", async () => {
    const text = `
      import { readFileSync } from "node:fs";
      import { datasets } from "nnbook";
      datasets.useFiles((name) => readFileSync(new URL(import.meta.resolve("nnbook/data/" + name)), "utf8"));
      console.log(JSON.stringify([datasets.iris(), datasets.wine(), datasets.digits()].map(({ x }) => x.shape)));
    `;
    const output = await runFile(text);
    expect(JSON.parse(output)).toEqual([
      [150, 4],
      [178, 13],
      [1797, 64],
    ]);
  });

  /** What TypeScript says of a program that uses the package; the declarations themselves are checked too. */
  function problemsOf(text: string, resolution: "bundler" | "nodenext"): string[] {
    const file = path.join(project, "consumer.ts");
    writeFileSync(file, text);
    const isNode = resolution === "nodenext";
    const options: ts.CompilerOptions = {
      module: isNode ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext,
      moduleResolution: isNode ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts"],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    const compiled = ts.createProgram([file], options);
    return ts
      .getPreEmitDiagnostics(compiled)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  const consumer = `
    import { datasets, layers, load, type Model, type Run, sequential, type Tensor, useBackend } from "nnbook";
    const model: Model = sequential([layers.dense(4, { activation: "relu" }), layers.dense(3)]);
    model.compile({ loss: "mse", optimizer: "adam" });
    export const trained: Promise<Run> = model.fit(datasets.moons(), { epochs: 2 });
    export const output: Tensor = model.predict([[1, 2]]);
    export const loaded: Model = load(model.serialize(), { compile: false });
    export const backend: string = useBackend("plain");
  `;

  it.each(["bundler", "nodenext"] as const)(
    "has the types of everything for TypeScript, with moduleResolution %s",
    (resolution) => {
      expect(problemsOf(consumer, resolution)).toEqual([]);
      const wrong = `import { layers } from "nnbook";\nlayers.dense("many");\nlayers.dense(2, { activaton: "relu" });`;
      const problems = problemsOf(wrong, resolution);
      expect(problems).toHaveLength(2);
      expect(problems[1]).toContain("Did you mean to write 'activation'");
    },
  );
});
