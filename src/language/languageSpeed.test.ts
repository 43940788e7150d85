// Prints how long typing waits in a notebook of 30 cells. What is checked is only that every answer is the right one.

import { expect, test } from "vitest";
import { collectTypescriptLibs } from "../../scripts/languageFiles.mts";
import { compileCell } from "./compile/cellCompiler.ts";
import { TestNotebook, testServer } from "./notebooks.testing.ts";

const imports = 'import { layers, sequential } from "nnbook";';
const modelCell = (
  index: number,
) => `const model${index} = sequential([layers.dense({ units: ${index} }), layers.dropout(0.5)]);
function twice${index}(x: number, k = ${index}): number {
  return 2 * x * k;
}
const { loss: loss${index} } = await model${index}.fit([[1]], [1], { epochs: 2 });
loss${index}.map((value) => twice${index}(value))`;
const cells = Array.from({ length: 30 }, (_, index) => (index === 0 ? imports : modelCell(index)));

test("answers stay right after every key in the middle of 30 cells", () => {
  const notebook = new TestNotebook(testServer(collectTypescriptLibs()));
  let edit = 0;
  const edited = (text: string) => cells.map((cell, index) => (index === 15 ? `${cell} // ${++edit}\n${text}` : cell));
  const rows = [
    measure("first answer", 1, () => expect(notebook.names(edited("model14.|"))).toContain("fit")),
    measure("members", 10, () => expect(notebook.names(edited("model14.|"))).toContain("fit")),
    measure("names", 10, () => expect(notebook.names(edited("mod|"))).toContain("model15")),
    measure("signature help", 10, () => expect(notebook.signature(edited("model14.fit(|"))?.activeParameter).toBe(0)),
    measure("hover", 10, () => expect(notebook.hover(edited("mod|el14"))?.signature).toContain("Model")),
    measure("all diagnostics", 10, () => expect(notebook.diagnose(edited("model14"))).toEqual([])),
    measure("compile 6 lines", 20, () => expect(compiles(modelCell(1))).toBe(true)),
    measure("compile 170 lines", 10, () => expect(compiles(cells.join("\n"))).toBe(true)),
  ];
  process.stdout.write(`${rows.join("\n")}\n`);
});

function compiles(source: string): boolean {
  return compileCell({ cellId: "c", label: "Cell 1", source }).kind === "compiled";
}

function measure(name: string, rounds: number, round: () => void): string {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    round();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const [median = 0, longest = 0] = [times[Math.floor(rounds / 2)], times.at(-1)];
  return `${name.padEnd(20)} ${median.toFixed(1).padStart(7)} ms, at most ${longest.toFixed(1)} ms`;
}
