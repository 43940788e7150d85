// Cells compiled and run one after the other, as the kernel runs them.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileCell } from "./cellCompiler.ts";
import { installCellRunner, removeCellRunner, runCells } from "./cellRunner.testing.ts";

beforeAll(installCellRunner);
afterAll(removeCellRunner);

/** [what holds, cells, value of the last one] */
type Case = readonly [claim: string, cells: readonly string[], value: unknown];

const sharing: Case[] = [
  ["a constant is seen by the next cell", ["const a: number = 1", "a + 1"], 2],
  [
    "a name may be declared again as something else",
    ["const a = 1", 'let a: string = "x"', "class a {}; typeof a"],
    "function",
  ],
  ["a closure sees the newest value", ["const q = 1; const getQ = () => q", "const q = 2", "getQ()"], 2],
  [
    "mutually recursive functions see a new version",
    [
      "function even(n) { return n === 0 || odd(n - 1) } function odd(n) { return n !== 0 && even(n - 1) } even(10)",
      'function odd() { return "new" }',
      "even(3)",
    ],
    "new",
  ],
  ["a variable without a value starts anew", ["let m = 1", "let m; String(m)"], "undefined"],
  ["an enum that lost a member has lost it", ["enum F { A, B }", "enum F { B } F"], { 0: "B", B: 0 }],
  ["an imported name is seen by the next cell", ['import { join } from "node:path";', 'join("c", "d")'], "c/d"],
  ["a constant may be assigned at run time", ["const cc = 1", "(cc as any) = 2; cc"], 2],
  ["a name may be read above its declaration", ["const tdz = 1", "const r1 = tdz; const tdz = 2; r1"], 1],
];

const declarations: Case[] = [
  [
    "destructuring with defaults and rests declares every name",
    ["const { x, y: [z = 5, ...r], ...o } = { x: 1, y: [undefined, 2, 3], w: 4, v: 6 } as any; [x, z, r, o]"],
    [1, 5, [2, 3], { w: 4, v: 6 }],
  ],
  ["several declarators in one statement", ["let m = 1, n2: number, [p1] = [3]; [m, n2, p1]"], [1, undefined, 3]],
  [
    "a line that starts with a brace or bracket is not joined to the one before",
    ["const fs1 = 1\nconst { g } = { g: 2 }\n;[g, fs1]"],
    [2, 1],
  ],
  [
    "functions may be called above their place",
    ["const v1 = early(2); function early(n: number): number { return n * 2 }; v1"],
    4,
  ],
  [
    "functions keep their names",
    ["async function* gen1() {} ; function plain() {} ; [gen1.name, plain.name]"],
    ["gen1", "plain"],
  ],
  [
    "async generators and for await",
    [
      "async function* ag() { yield 1; yield 2 } const acc: number[] = []; for await (const x of ag()) acc.push(x); acc",
    ],
    [1, 2],
  ],
  [
    "private, static and accessor members",
    [
      "class C1 { #p = 1; static s = 2; q = this.#p + 1; accessor z = 3; static { C1.s = 9 } } const c1 = new C1; [C1.s, c1.q, c1.z]",
    ],
    [9, 2, 3],
  ],
  [
    "enums, namespaces and parameter properties",
    [
      'enum E { A, B = "b" } namespace N { export const k = 7 } class PP { constructor(private readonly x: number) {} get() { return this.x } } [E.A, E[0], E.B, N.k, new PP(4).get()]',
    ],
    [0, "A", "b", 7, 4],
  ],
  [
    "decorators",
    [
      'function dec(v: any, c: ClassMethodDecoratorContext) { return function (this: any) { return "d:" + v.call(this) } } class D1 { @dec m() { return 1 } } new D1().m()',
    ],
    "d:1",
  ],
  [
    "names that a browser would own are free",
    ['const performance2 = 1; const name = "n"; const event = 3; name + event'],
    "n3",
  ],
];

const scopes: Case[] = [
  [
    "a `var` in a block or loop belongs to the cell",
    [
      "for (var i9 = 0; i9 < 3; i9++) { var sq = i9 * i9 } if (true) { var { dd } = { dd: 5 } } for (var [kk] of [[1], [2]]) ;",
      "[i9, sq, dd, kk]",
    ],
    [3, 4, 5, 2],
  ],
  [
    "a `var` without a value keeps it in a loop",
    ["for (let i = 0; i < 3; i++) { var sum; sum = (sum ?? 0) + 1 } sum"],
    3,
  ],
  ["a `var` under an `if` without braces obeys it", ["if (1 > 2) var never = 1; String(never)"], "undefined"],
  ["a `let` of a loop stays in it", ["for (let zz = 0; zz < 2; zz++) ; typeof zz"], "undefined"],
  [
    "names inside functions are untouched",
    ["const s1 = 1; function sh(s1: number) { const a = s1; { let a = 5 } return a } sh(42)"],
    42,
  ],
  [
    "labels",
    ['outer: for (let i = 0; i < 3; i++) { for (;;) { if (i === 1) break outer; continue outer } } "done"'],
    "done",
  ],
  [
    "`using` is disposed of at the cell's end",
    [
      "let log: string[] = []",
      '{ } using u1 = { [Symbol.dispose]() { log.push("disposed") } }; log.push("body")',
      "log",
    ],
    ["body", "disposed"],
  ],
  [
    "the value of a cell with `using` is finished before it is disposed of",
    [
      "let log2: string[] = []",
      'using u2 = { [Symbol.dispose]() { log2.push("disposed") } }; (async () => { await null; log2.push("used"); return [...log2] })()',
    ],
    ["used"],
  ],
];

const modules: Case[] = [
  [
    "default, named, namespace and type imports",
    [
      'import path, { join as j, type ParsedPath } from "node:path"; import * as os from "node:os"; import type { X } from "./nope"; [j("a", "b"), typeof os.cpus, typeof path.join]',
    ],
    ["a/b", "function", "function"],
  ],
  [
    "an import may stand below its use",
    ['const h0 = bn("/a/b.c"); import { basename as bn } from "node:path"; h0'],
    "b.c",
  ],
  ["a dynamic import in a function", ['const dyn = async () => (await import("node:path")).sep; await dyn()'], "/"],
  ["an import of types alone loads nothing", ['import { type X } from "./nope"; const x: X = 1; x'], 1],
  ["import.meta is an object", ["typeof import.meta"], "object"],
  [
    "exports are shared names like all others",
    [
      "export const ex = 1; export default class Foo2 { static a = 2 }; const loc = 3; export { loc as alias }",
      "[ex, Foo2.a, alias]",
    ],
    [1, 2, 3],
  ],
  ["a default export is the cell's value", ["export default { a: 1 }"], { a: 1 }],
];

const values: Case[] = [
  ["top-level await", ["const w = await new Promise<number>(r => setTimeout(() => r(3), 5)); w"], 3],
  ["a promise as the last value is awaited", ["Promise.resolve(8)"], 8],
  ["an object literal", ["({ a: 1 })"], { a: 1 }],
  ["a string after a directive", ['"use strict"; "abc"'], "abc"],
  ["a string alone", ['"abc"'], "abc"],
  ["a comment after the last expression", ["1 + 1 // two"], 2],
  ["a regular expression after a template", ["const template = `a\\u0062`;\n/b/.test(template)"], true],
  ["a type after the last expression", ["1 + 2; interface After { a: number }"], 3],
  ["a declaration has no value", ["const noValue = 1"], undefined],
  ["an empty cell has no value", [""], undefined],
];

describe.each([
  ["cells share names", sharing],
  ["declarations", declarations],
  ["scopes", scopes],
  ["modules", modules],
  ["the value of a cell", values],
])("%s", (_, cases) => {
  test.each(cases)("%s", async (_claim, cells, value) => {
    expect(await runCells(cells)).toEqual(value);
  });
});

test("helpers that TypeScript adds are not shared names", () => {
  const result = compileCell({
    cellId: "c",
    label: "Cell 1",
    source: "using a = open(); function open() { return a }",
  });
  expect(result).toHaveProperty("compiled.declarations", ["open", "a"]);
});

describe("errors at run time", () => {
  test("assigning a name that was never declared is an error", async () => {
    await expect(runCells(["undeclared1 = 3"])).rejects.toThrow("undeclared1 is not defined");
  });

  test.each([
    [
      "name line and column of the cell",
      [
        'interface A { x: number }\n\nfunction boom(n: number): never {\n  const y: number = n;\n  throw new TypeError("bad " + y);\n}\nboom(1)',
      ],
      ["boom 1:5:9", "1:7:1"],
    ],
    [
      "name the cell of each frame",
      ["function thrower(): void {\n\n  null!.x\n}", "\n\nthrower()"],
      ["thrower 1:3:9", "2:3:1"],
    ],
    [
      "name places across await",
      [
        'async function deep() { await null;\n throw new Error("late") }\nasync function mid() { await deep() }',
        "await mid()",
      ],
      ["deep 1:2:8", "mid 1:3:24", "2:1:1"],
    ],
  ])("%s", async (_, cells, frames) => {
    const error: unknown = await runCells(cells).catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty("cellFrames", frames);
  });
});

describe("errors in the text", () => {
  function errorsOf(source: string): string[] {
    const result = compileCell({ cellId: "c", label: "Cell 1", source });
    if (result.kind === "compiled") return [];
    return result.errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }

  test("a syntax error stands at its place", () => {
    expect(errorsOf("const a: number = 3;\nfunction f(x: number) {\n  return x +;\n}")).toEqual([
      "3:13 Expression expected.",
    ]);
  });

  test("all syntax errors are given, in order", () => {
    expect(errorsOf("let a = ;\nlet b = 1;\nlet c = +;\n")).toEqual([
      "1:9 Expression expected.",
      "3:10 Expression expected.",
    ]);
  });

  test("lines that end with carriage returns count as one", () => {
    expect(errorsOf("let a = 1;\r\nlet b = 2;\r\nlet c = +;\r\n")).toEqual(["3:10 Expression expected."]);
  });

  test("a name declared twice stands at the second place", () => {
    expect(errorsOf("let d1 = 1;\nconst z: number = 2;\nlet d1 = 3")).toEqual([
      "3:5 Identifier 'd1' has already been declared.",
    ]);
  });

  test("return outside a function", () => {
    expect(errorsOf("\nreturn 3")).toHaveLength(1);
    expect(errorsOf("\nreturn 3")[0]).toMatch(/^2:1 /);
  });

  test("names that cannot be declared are refused at their own places", () => {
    expect(errorsOf("type T = number;\nconst { a, b: undefined } = {} as any;\nfunction $nn() {}")).toEqual([
      '2:15 "undefined" cannot be declared in a cell. Choose another name.',
      '3:10 "$nn" cannot be declared in a cell. Choose another name.',
    ]);
  });

  test("forms that have no meaning in a cell say what to write instead", () => {
    expect(
      errorsOf('const a = 1;\nexport { b } from "./b";\nexport * from "./c";\nimport fs = require("fs");'),
    ).toEqual([
      "2:1 A cell cannot export from another module: cells share their names without it. Use `import` instead.",
      "3:1 A cell cannot export from another module: cells share their names without it. Use `import` instead.",
      "4:1 A cell cannot use `import fs = require(…)`. Write `import * as fs from …` instead.",
    ]);
  });
});
