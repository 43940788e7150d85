// `npm run bench:language`: how long typing waits in a notebook of 30 cells (or `--cells 100`), with nnbook's own types. Every answer is looked at.

import path from "node:path";
import { collectNnbookTypes, collectTypescriptLibs } from "../scripts/languageFiles.mts";
import { buildFolder } from "../scripts/paths.mts";
import { PlainError, readFlags, runScript } from "../scripts/run.mts";
import { modelRules } from "../src/insights/beforehand/modelRules.ts";
import { compileCell } from "../src/language/compile/cellCompiler.ts";
import { LanguageServer } from "../src/language/languageServer.ts";
import { TestNotebook } from "../src/language/notebooks.testing.ts";

const flags = readFlags({ cells: { type: "string", default: "30" }, rounds: { type: "string", default: "15" } });
const [cellCount, rounds] = [Number(flags.cells), Number(flags.rounds)];
const layout = { indentSize: 2, usesTabs: false };

/** Eight lines, as lessons have them: a model, a function, a training, a look at it. */
const modelCell = (index: number) => `// Model ${index}
const model${index} = sequential([layers.dense(${index + 8}, { activation: "relu" }), layers.dense(1, { activation: "sigmoid" })]);
model${index}.compile({ loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.01 }), metrics: ["acc"] });
function scaled${index}(value: number, by = ${index}): number {
  return by * value;
}
const run${index} = await model${index}.fit(data, { epochs: 2, seed: ${index} });
scaled${index}(model${index}.layers.length)`;
const firstCell = `import { datasets, layers, optimizers, sequential } from "nnbook";
const data = datasets.moons({ samples: 200, seed: 1 });`;

await runScript(async () => {
  if (!(cellCount >= 3) || !(rounds >= 1)) throw new PlainError("Say how many: --cells 30 (3 or more) --rounds 15.");
  const cells = Array.from({ length: cellCount }, (_, index) => (index === 0 ? firstCell : modelCell(index)));
  const nnbookTypes = collectNnbookTypes(path.join(buildFolder, "types"));
  const server = new LanguageServer({
    readFiles: () => ({ typescriptLibs: collectTypescriptLibs(), nnbookTypes }),
    readRules: () => modelRules,
  });
  const notebook = new TestNotebook(server);
  const middle = Math.floor(cellCount / 2);
  const before = `model${middle - 1}`;
  let edit = 0;
  /** A key was typed in the middle of the notebook. */
  const edited = (text: string) =>
    cells.map((cell, index) => (index === middle ? `${cell} // ${++edit}\n${text}` : cell));
  const names = (text: string) => notebook.names(edited(text));
  const timed = (name: string, count: number, round: () => boolean) => measure(name, { count, round });
  console.log(`${cellCount} cells, ${cells.join("\n").split("\n").length} lines; each answer after an edit`);
  timed("first answer", 1, () => names(`${before}.|`).includes("fit"));
  timed("members", rounds, () => names(`${before}.|`).includes("fit"));
  timed("names and imports", rounds, () => names("mod|").includes("confusionMatrix") || names("|").includes("show"));
  timed("options in quotes", rounds, () => names('layers.dense(1, { activation: "|" })').includes("relu"));
  timed("signature help", rounds, () => notebook.signature(edited(`${before}.fit(|`))?.activeParameter === 0);
  timed("hover", rounds, () =>
    /layers\.Layer|Dense|dense/.test(notebook.hover(edited("layers.den|se(1)"))?.signature ?? ""),
  );
  timed("all diagnostics", rounds, () => notebook.problems(edited("data")).length === 0);
  const notebookId = notebook.id;
  const described = () => {
    notebook.set(edited(""));
    return server.answer({ kind: "describeModels", notebookId });
  };
  timed("models described", rounds, () => described().layers.every(({ outputShape }) => outputShape !== null));
  const offset = modelCell(1).indexOf("model1");
  timed(
    "and hovers over them",
    rounds,
    () => described() && server.answer({ kind: "findSubject", notebookId, cellId: "1", offset })?.kind === "model",
  );
  timed(
    "uses",
    rounds,
    () => (notebook.ask("references", edited("da|ta"), { withDeclarations: true }) ?? []).length > cellCount,
  );
  timed("renaming", rounds, () => notebook.ask("rename", edited("da|ta"), { newName: "points" })?.kind === "changes");
  timed("colours of a cell", rounds, () => (notebook.ask("semanticTokens", edited("da|ta")) ?? []).length > 40);
  const marked = { span: { start: 0, length: 9999 }, layout };
  timed("quick fixes", rounds, () => (notebook.ask("quickFixes", edited("|dense(1)"), marked) ?? []).length > 0);
  timed("layout of a cell", rounds, () => notebook.ask("format", edited("|a=1"), { span: null, layout })?.length !== 0);
  timed("outline of a cell", rounds, () => (notebook.ask("outline", edited("|")) ?? []).length > 0);
  timed("compiling a cell", rounds, () => compiles(modelCell(1)));
  timed("compiling all", rounds, () => compiles(cells.join("\n")));
});

function compiles(source: string): boolean {
  return compileCell({ cellId: "c", label: "Cell 1", source }).kind === "compiled";
}

/** The median by the clock, the longest, and the median of the processor's time, which holds on a busy machine too. */
function measure(name: string, { count, round }: { readonly count: number; readonly round: () => boolean }): void {
  const times: number[] = [];
  const processorTimes: number[] = [];
  for (let index = 0; index < count; index++) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    if (!round()) throw new PlainError(`"${name}" gave a wrong answer: the time would say nothing.`);
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(used);
    processorTimes.push((user + system) / 1000);
  }
  const [median, longest, processor] = [medianOf(times), Math.max(...times), medianOf(processorTimes)];
  const columns = [median, longest, processor].map((ms) => ms.toFixed(1).padStart(8));
  console.log(`${name.padEnd(20)} ${columns[0]} ms, at most ${columns[1]} ms; processor ${columns[2]} ms`);
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
