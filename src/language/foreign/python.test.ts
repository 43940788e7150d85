// Python in a cell: what is said of it, what a fix makes of it, and which TypeScript is never taken for it.

import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { compileCell } from "../compile/cellCompiler.ts";
import { sayIn } from "../languageWords.ts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";
import { pythonLine } from "./pythonLine.ts";

const notebook = new TestNotebook(testServer(collectTypescriptLibs()));

function fixes(cell: string): Record<string, string | undefined> {
  const layout = { indentSize: 2, usesTabs: false };
  const found = notebook.ask("quickFixes", [`|${cell}`], { span: { start: 0, length: 9999 }, layout }) ?? [];
  return Object.fromEntries(found.map(({ title, changes }) => [title, notebook.changed(changes)[0]]));
}

function errorsIn(source: string) {
  const result = compileCell({ cellId: "", label: "", source });
  return result.kind === "compiled" ? [] : result.errors;
}

describe("a line of Python", () => {
  test.each([
    ["# a comment", "// a comment"],
    ["const c = '#' # behind", "const c = '#' // behind"],
    ["import numpy as np", 'import { tensor } from "nnbook";'],
    ["import torch.nn as nn", 'import { layers, sequential } from "nnbook";'],
    ["from keras.layers import Dense, Dropout", 'import { layers, sequential } from "nnbook";'],
    ["import matplotlib.pyplot as plt", 'import { show } from "nnbook";'],
    ["import os", 'import * as os from "node:os";'],
    ["import yaml as y", 'import * as y from "yaml";'],
    ["print x + 1", "console.log(x + 1)"],
    ["assert x > 1", "console.assert(x > 1)"],
    ['raise ValueError("no")', 'throw new Error("no")'],
    ["x and not y or z is not None", "x && !y || z !== null"],
    ['const s = f"{name}: {loss:.2f}"', `const s = \`\${name}: \${loss.toFixed(2)}\``],
    ["const part = x[1:]", "const part = x.slice(1)"],
    ["x[:-1]", "x.slice(0, -1)"],
    ["const f = lambda a, b: a + b", "const f = (a, b) => a + b"],
    ["const t = 1 if x else 2", "const t = x ? 1 : 2"],
    ["const q = [a * 2 for a in x if a > 1]", "const q = x.filter((a) => a > 1).map((a) => a * 2)"],
    ["const r = [0 for i in range(3)]", "const r = Array.from({ length: 3 }, (_, index) => index).map((i) => 0)"],
    ['"""What it does."""', "/* What it does. */"],
    ["for i in range(10):", "for (let i = 0; i < 10; i++) { … }"],
    ["for i in range(10, 0, -2):", "for (let i = 10; i > 0; i -= 2) { … }"],
    ["for x, y in pairs:", "for (const [x, y] of pairs) { … }"],
    ["for i, each in enumerate(list):  # all", "for (const [i, each] of list.entries()) { … }"],
    ["while True:", "while (true) { … }"],
    ["if (x == 1 and y):", "if (x == 1 && y) { … }"],
    ["def f(a: int, b=None) -> str:", "function f(a, b=null) { … }"],
    ["    def forward(self, x):", "forward(x) { … }"],
    ["    def __init__(self, n=1):", "constructor(n=1) { … }"],
    ["class Net(nn.Module):", "class Net extends nn.Module { … }"],
    ["class Net:", "class Net { … }"],
    ["with open(path) as file:", "{ const file = open(path); … }"],
    ["if x > 1: print(x)", "if (x > 1) { console.log(x) }"],
    ["while True: break  # at once", "while (true) { break … }"],
    ["for i in range(3): pass", "for (let i = 0; i < 3; i++) { }"],
    ["Dense(8, input_shape=(2,)),  # hidden", "Dense(8, input_shape=[2]), // hidden"],
    ["f(x=(28, 28, 1), y=(3), z=(1,))", "f(x=[28, 28, 1], y=(3), z=[1])"],
    ['print(f"{x}")', `console.log(\`\${x}\`)`],
    ["def 손실(값, 배율=2):", "function 손실(값, 배율=2) { … }"],
    ["for 이름, 값 in 짝들:", "for (const [이름, 값] of 짝들) { … }"],
    ["class 신경망(nn.Module):", "class 신경망 extends nn.Module { … }"],
    ["const q = lambda 값: 값[1:] and len(값)", "const q = (값) => 값.slice(1) && 값.length"],
    ["const q = [값 * 2 for 값 in 목록]", "const q = 목록.map((값) => 값 * 2)"],
  ])("%s", (line, code) => {
    const [error, another] = errorsIn(line);
    const message = `This is Python. In TypeScript, write ${code}`;
    expect([error, another]).toEqual([{ line: 1, column: line.search(/\S/) + 1, message }, undefined]);
  });

  test.each([
    "const a = 1;",
    "x = = 3 // this and that",
    "foo() bar() // not here",
    'foo( "a and b" "#"',
    "class A { #count = ; }",
    "class A {\n  #count = ;\n}",
    "if (a ? b :\n c) d d",
    "switch (a) { case b: c c }",
    "const f = (x: unknown): x is string => x x",
    "import { a from 'b'",
    "for (const x of [1] {",
    "`# not a comment` `",
    "f(\n  g((1, 2)),\n",
    "const f = (x) => x ? 1 : else 2",
    "const o = { if: print(x) y }",
  ])("is none: %s", (source) => {
    for (const { message } of errorsIn(source)) expect(message).not.toContain("Python");
  });

  test("is looked at only where TypeScript finds fault", () => {
    expect(errorsIn("const text = `\nfor x in y:\n# nothing\n`; /*\nimport os\n*/")).toEqual([]);
    expect(pythonLine("x")).toBe(null);
  });
});

describe("fixes", () => {
  const all = "Change all Python to TypeScript";

  test("import nothing twice, and take out a line that has nothing left to import", () => {
    expect(fixes("from tensorflow import keras\nfrom keras import layers\n\nx = 1")[all]).toBe(
      'import { layers, sequential } from "nnbook";\n\nx = 1',
    );
    expect(fixes('import { layers } from "nnbook";\nimport keras as k')).toEqual({
      'Change to TypeScript: import { sequential } from "nnbook";':
        'import { layers } from "nnbook";\nimport { sequential } from "nnbook";',
    });
    expect(Object.values(fixes('import { tensor } from "nnbook";\nimport numpy as np\ntensor(1)'))).toEqual([
      'import { tensor } from "nnbook";\ntensor(1)',
    ]);
  });

  test("know an import by which TypeScript stumbles a line later only", () => {
    expect(Object.values(fixes("import torch\n\nx = 1"))).toEqual([
      'import { layers, sequential } from "nnbook";\n\nx = 1',
    ]);
    expect(errorsIn("const text = `\nimport torch\n` x y")[0]?.message).not.toContain("Python");
  });

  test("close a block that stands on one line, or leave that to what goes on with it", () => {
    expect(fixes("if x: f()\nelif y: pass\nelse: g()")[all]).toBe("if (x) { f()\n} else if (y) {\n} else { g() }");
    expect(Object.values(fixes("while x: f()  # on\ng()"))).toEqual(["while (x) { f() // on\n}\ng()"]);
  });

  test("end the block that a line opens", () => {
    expect(fixes("for i in range(2):\n  f(i)\n\n  g(i)\n\nh()")).toEqual({
      "Change to TypeScript: for (let i = 0; i < 2; i++) { … }":
        "for (let i = 0; i < 2; i++) {\n  f(i)\n\n  g(i)\n}\n\nh()",
    });
  });

  test("change all of a cell at once, however its blocks stand in each other", () => {
    const cell = [
      "import numpy as np",
      "def f(x):  # twice",
      "    for i in range(3):",
      "        if x > 1 and i:",
      "            print(x)",
      "        elif not x:",
      "            print(i)",
      "        else:",
      "            return None",
      "try:",
      "    f(1)",
      "except ValueError as e:",
      "    print(e)",
    ].join("\n");
    const changed = fixes(cell)["Change all Python to TypeScript"];
    expect(changed).toBe(
      [
        'import { tensor } from "nnbook";',
        "function f(x) { // twice",
        "    for (let i = 0; i < 3; i++) {",
        "        if (x > 1 && i) {",
        "            print(x)",
        "        } else if (!x) {",
        "            print(i)",
        "        } else {",
        "            return None",
        "        }",
        "    }",
        "}",
        "try {",
        "    f(1)",
        "} catch (e) {",
        "    print(e)",
        "}",
      ].join("\n"),
    );
    expect(errorsIn(changed ?? "")).toEqual([]);
  });
});

test("a cell that is run says the same, in the reader's language", () => {
  expect(compileCell({ cellId: "", label: "", source: "x = 1\nimport numpy as np" }, sayIn("ko"))).toEqual({
    kind: "failed",
    errors: [
      {
        ...{ line: 2, column: 1 },
        message: 'Python으로 쓴 코드입니다. TypeScript에서는 다음과 같이 씁니다: import { tensor } from "nnbook";',
      },
    ],
  });
});
