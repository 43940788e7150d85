// Arguments with names and variables without `let`, as Python has them.

import { describe, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../../scripts/languageFiles.mts";
import { TestNotebook, testServer } from "../notebooks.testing.ts";

const notebook = new TestNotebook(testServer(collectTypescriptLibs()));
const declared = `interface Options { units?: number; batchSize?: number; names?: string[] }
declare function fit(data: Options): void;
declare function fit(x: number[], y: number[], options?: Options): void;
declare function dense(units: number, options?: { useBias?: boolean }): void;
declare function dense(options: { units: number; useBias?: boolean }): void;
const x = [1];
let mine = 1;`;

function problems(cell: string): readonly string[] {
  return notebook.problems([declared, cell]).map((each) => each.replace(/^cell 1 error /, ""));
}

/** What all preferred fixes of a cell make of it, one by one. */
function fixed(cell: string): readonly string[] {
  const layout = { indentSize: 2, usesTabs: false };
  const found = notebook.ask("quickFixes", [declared, `|${cell}`], { span: { start: 0, length: 9999 }, layout }) ?? [];
  return found.filter(({ isPreferred }) => isPreferred).flatMap(({ changes }) => notebook.changed(changes).slice(1));
}

describe("arguments with names", () => {
  test.each([
    ["fit(x, x, batch_size=5)", "fit(x, x, { batchSize: 5 })"],
    ["fit(x=x, y=[2], units=1, names=['a'])", "fit(x, [2], { units: 1, names: ['a'] })"],
    ["fit(x, y=x)", "fit(x, x)"],
    ["dense(16, use_bias=false)", "dense(16, { useBias: false })"],
    ["dense(units=16, use_bias=false)", "dense(16, { useBias: false })"],
    ["fit(x, x, unknown=1, units=2)", "fit(x, x, { unknown: 1, units: 2 })"],
  ])("%s", (cell, code) => {
    const [problem, another] = problems(cell);
    expect(problem).toMatch(/^".*=.*": Arguments have no names here\. Write /);
    expect(problem?.endsWith(` Write ${code}.`)).toBe(true);
    expect(another).toBe(undefined);
    expect(fixed(cell)).toEqual([code]);
  });

  test("a variable of the user's own stands for them where the call has an option of its name", () => {
    expect(problems("const units = 3;\nfit(x, x, units=units)")).toEqual([
      '"units=units": Arguments have no names here. Write fit(x, x, { units: units }).',
    ]);
    expect(problems("Math.max(mine = 3, 1)")).toEqual([]);
    expect(problems("Math.abs(mine = 'a')")[0]).toBe(`"mine": Type 'string' is not assignable to type 'number'.`);
  });

  test("what is wrong with a value is said as well; in the middle of others nothing is changed", () => {
    expect(problems("fit(x, x, units=nowhere)")).toEqual([
      `"nowhere": Cannot find name 'nowhere'.`,
      '"units=nowhere": Arguments have no names here. Write fit(x, x, { units: nowhere }).',
    ]);
    expect(problems("fit(x, batch_size=1, x)").join()).toContain("Arguments have no names here.");
    expect(fixed("fit(x, batch_size=1, x)")).toEqual([]);
  });
});

describe("a variable without let", () => {
  test("says how one begins", () => {
    expect(problems("rate = 0.1")).toEqual([
      '"rate": Nothing declares "rate". A new variable begins with let: write let rate = 0.1.',
    ]);
    expect(fixed("{\n  rate = 0.1\n}")).toEqual(["{\n  let rate = 0.1\n}"]);
  });

  test("is none where it is declared, in whatever way, or misspelt", () => {
    expect(problems("mine = 2; let later = 1; later = 2; ((own) => { own = 1 })(1)")).toEqual([]);
    expect(notebook.problems(["soon = 2", "let soon = 1"])).toEqual([
      'cell 0 warning "soon": "soon" is defined in a later cell: cell 2. Run that cell first.',
    ]);
    expect(problems("const total = 1 + (rate = 2)")).toEqual([`"rate": Cannot find name 'rate'.`]);
  });
});
