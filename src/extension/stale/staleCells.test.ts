// Cells that show what their code would no longer give, and what runs before one that is to run with what it needs.

import { expect, test } from "vitest";
import { cellNames } from "../../language/change/cellNames.ts";
import type { CellState, NotebookState } from "./cellStates.ts";
import { cellsToRun, staleCells } from "./staleCells.ts";

const network = {
  data: 'import { layers, sequential } from "nnbook";\nconst data = load();',
  model: "const model = sequential([layers.dense(3)]);",
  compile: 'model.compile({ loss: "mse" });',
  fit: "const run = await model.fit(data);",
  evaluate: "model.evaluate(data)",
  other: "1 + 1",
};

/** A notebook whose cells ran one after the other, as a test changes it. */
function notebook(texts: Record<string, string> = network, kernel = 1) {
  const cells = new Map<string, CellState>();
  let order = 0;
  const read = cellNames;
  const book = {
    add(id: string, text: string) {
      cells.set(id, { id, names: read(text), lastRun: null, isUnderWay: false, hasOutputs: false });
      return book;
    },
    run(id: string, outcome: "succeeded" | "failed" = "succeeded") {
      const cell = cells.get(id);
      if (!cell) return book;
      const { names, lastRun } = cell;
      order++;
      const before = lastRun?.history ?? [];
      const history = lastRun?.names.code === names.code ? before : [...before, { names, order }];
      cells.set(id, { ...cell, lastRun: { names, order, history, kernel: state.kernel, outcome } });
      return book;
    },
    edit(id: string, text: string) {
      const cell = cells.get(id);
      if (cell) cells.set(id, { ...cell, names: read(text) });
      return book;
    },
    change(id: string, change: Partial<CellState>) {
      const cell = cells.get(id);
      if (cell) cells.set(id, { ...cell, ...change });
      return book;
    },
    remove(id: string) {
      for (const name of cells.get(id)?.names.declares ?? []) state.removedNames.add(name);
      cells.delete(id);
      return book;
    },
    restart() {
      state.kernel++;
      return book;
    },
    die(why: string) {
      state.deaths.set(state.kernel, why);
      return book.restart();
    },
    stale: () => Object.fromEntries(staleCells(now())),
    toRun: (id: string) => cellsToRun(now(), id),
  };
  const state = { kernel, deaths: new Map<number, string>(), removedNames: new Set<string>() };
  const now = (): NotebookState => ({ ...state, cells: [...cells.values()] });
  for (const [id, text] of Object.entries(texts)) book.add(id, text);
  return book;
}

function ranNotebook() {
  const book = notebook();
  for (const id of Object.keys(network)) book.run(id);
  return book;
}

test("cells that ran from top to bottom are up to date", () => {
  expect(ranNotebook().stale()).toEqual({});
});

test("an edited cell is out of date, and so is all that takes from it; the rest is not", () => {
  const stale = ranNotebook().edit("model", "const model = sequential([layers.dense(5)]);").stale();
  expect(stale.model).toEqual({ kind: "edited" });
  expect(stale.compile).toEqual({ kind: "sourceEdited", cellId: "model", name: "model" });
  expect(stale.fit).toEqual({ kind: "sourceEdited", cellId: "model", name: "model" });
  expect(stale.evaluate).toMatchObject({ kind: "sourceEdited", name: "model" });
  expect(Object.keys(stale)).toEqual(["model", "compile", "fit", "evaluate"]);
});

test("an edit that is taken back, and one of comments and spaces, leaves all up to date", () => {
  const book = ranNotebook().edit("model", "const model = 1;").edit("model", network.model);
  expect(book.stale()).toEqual({});
  expect(book.edit("model", `// three units\n${network.model}\n`).stale()).toEqual({});
});

test("what is called on an import changes it for nobody", () => {
  const texts = { a: 'import { show } from "nnbook";', b: "show.gradients(1);", c: "show.weights(2);" };
  const book = notebook(texts).run("a").run("b").run("c").run("b").run("a");
  expect(book.stale()).toEqual({});
  expect(notebook(texts).toRun("c")).toEqual(["a", "c"]);
});

test("a model that is made anew leaves its training and what was measured out of date", () => {
  const stale = ranNotebook().run("model").stale();
  expect(stale.compile).toEqual({ kind: "sourceRanAgain", cellId: "model", name: "model" });
  expect(Object.keys(stale)).toEqual(["compile", "fit", "evaluate"]);
});

test("a training that goes on leaves what was measured before out of date", () => {
  expect(ranNotebook().run("fit").stale()).toEqual({
    evaluate: { kind: "sourceRanAgain", cellId: "fit", name: "model" },
  });
});

test("written values and functions are the same when their cell runs again, not when it was edited", () => {
  const texts = { rate: "const rate = 0.1;\nfunction half(x: number) { return x / 2; }", use: "half(rate)" };
  const book = notebook(texts).run("rate").run("use").run("rate");
  expect(book.stale()).toEqual({});
  const edited = book.edit("rate", texts.rate.replace("0.1", "0.2"));
  expect(Object.keys(edited.stale())).toEqual(["rate", "use"]);
  expect(Object.keys(edited.run("rate").stale()), "it still shows what the earlier value gave").toEqual(["use"]);
});

test("an edit of one line of a cell leaves what its other lines make up to date, before and after it runs again", () => {
  const texts = {
    setup: 'import { layers } from "nnbook";\nconst rate = 0.1;\nconst model = sequential([layers.dense(3)]);',
    layer: "layers.dense(1)",
    rate: "rate * 2",
    fit: "await model.fit(data)",
  };
  const book = notebook(texts);
  for (const id of Object.keys(texts)) book.run(id);
  book.edit("setup", texts.setup.replace("0.1", "0.2").replace("{ layers", "{ layers, losses"));
  expect(Object.keys(book.stale())).toEqual(["setup", "rate"]);
  // The model is made anew, and without its training.
  expect(book.run("setup").stale()).toEqual({
    rate: { kind: "sourceRanAgain", cellId: "setup", name: "rate" },
    fit: { kind: "sourceRanAgain", cellId: "setup", name: "model" },
  });
  expect(book.edit("setup", texts.setup).run("setup").run("fit").stale(), "as it was before, but made twice").toEqual({
    rate: { kind: "sourceRanAgain", cellId: "setup", name: "rate" },
  });
});

test("options and data with a seed are the same when their cell runs again, unless another cell changes them", () => {
  const texts = {
    options:
      "const options = { epochs: 10, rates: [0.1] };\nconst data = datasets.moons({ samples: 2 * 50, seed: 1 });",
    use: "train(options, data)",
    change: "options.epochs = 20",
  };
  const book = notebook(texts).run("options").run("use").run("options");
  expect(book.stale()).toEqual({});
  expect(book.run("change").run("use").run("options").stale().use).toEqual({
    kind: "sourceRanAgain",
    cellId: "options",
    name: "options",
  });
});

test("what a cell made of a name is out of date with it, what it made of others is not", () => {
  const texts = { a: "const a = f();", b: "const b = a + 1;\nconst other = g();", useB: "b", useOther: "other" };
  const book = notebook(texts);
  for (const id of Object.keys(texts)) book.run(id);
  expect(Object.keys(book.edit("a", "const a = h();").stale())).toEqual(["a", "b", "useB"]);
});

test("a function is another when what it reads was made anew", () => {
  const book = notebook({ a: "const a = load();", f: "function f() { return a; }", use: "f()" });
  for (const id of ["a", "f", "use", "f"]) book.run(id);
  expect(book.stale()).toEqual({});
  expect(book.run("a").run("f").stale()).toEqual({ use: { kind: "sourceRanAgain", cellId: "f", name: "f" } });
});

test("what depends on a cell that is out of date says which", () => {
  const book = notebook({ a: "const a = f();", b: "const b = a + 1;", c: "b" }).run("a").run("b").run("c");
  expect(book.edit("a", "const a = g();").stale().c).toEqual({ kind: "sourceStale", cellId: "b", name: "b" });
});

test("a restart leaves all that ran out of date", () => {
  expect(notebook({ a: "1", b: "2" }).run("a").restart().stale()).toEqual({ a: { kind: "restarted" } });
});

test("what ran in a kernel that died says why, also after a restart", () => {
  const book = notebook({ a: "1", b: "2" }).run("a").die("it was ended by SIGKILL").run("b").restart();
  expect(book.stale()).toEqual({ a: { kind: "kernelDied", why: "it was ended by SIGKILL" }, b: { kind: "restarted" } });
});

test("saved outputs are told once while nothing ran, then where they have to do with what ran", () => {
  const texts = {
    imports: 'import { layers } from "nnbook";\nconst rate = 1;',
    data: "const data = load(layers);",
    model: "const model = make(data);",
    apart: "layers.dense(1)",
    show: "model",
  };
  const saved = () => {
    const book = notebook(texts);
    for (const id of Object.keys(texts)) if (id !== "imports") book.change(id, { hasOutputs: true });
    return book;
  };
  const earlier = { kind: "earlierSession" };
  expect(saved().stale()).toEqual({ data: { kind: "nothingRan" } });
  expect(saved().run("imports").stale(), "imports are the same in every session").toEqual({});
  expect(saved().run("imports").run("data").stale(), "what takes from it, also through others").toEqual({
    model: earlier,
    show: earlier,
  });
  expect(saved().run("show", "failed").stale(), "what it takes from").toEqual({ model: earlier });
  expect(saved().run("apart").stale()).toEqual({});
});

test("a cell under way is not out of date, and one that never ran has nothing to be so", () => {
  const book = notebook({ a: "const a = 1;", b: "a" }).run("a").edit("a", "const a = 2;");
  expect(book.change("a", { isUnderWay: true }).stale()).toEqual({});
});

test("a name whose cell was removed is told", () => {
  const book = notebook({ a: "const a = 1;", b: "a" }).run("a").run("b").remove("a");
  expect(book.stale()).toEqual({ b: { kind: "sourceRemoved", name: "a" } });
});

test("a name that an edited cell no longer declares makes its users out of date", () => {
  const book = notebook({ a: "const a = 1;", b: "a" }).run("a").run("b").edit("a", "const other = 1;");
  expect(book.stale().b).toEqual({ kind: "sourceEdited", cellId: "a", name: "a" });
});

test("a cell takes a name from the nearest cell above that makes it", () => {
  const book = notebook({ a: "let x = f();", b: "x", c: "let x = g();", d: "x" });
  for (const id of ["a", "b", "c", "d"]) book.run(id);
  expect(Object.keys(book.edit("c", "let x = h();").stale())).toEqual(["c", "d"]);
});

test("in a fresh notebook a cell needs all it takes from, in order, and no other", () => {
  expect(notebook().toRun("evaluate")).toEqual(["data", "model", "compile", "fit", "evaluate"]);
  expect(notebook().toRun("other")).toEqual(["other"]);
});

test("what ran as it stands does not run again", () => {
  expect(ranNotebook().toRun("evaluate")).toEqual(["evaluate"]);
  const edited = ranNotebook().edit("compile", 'model.compile({ loss: "mae" });');
  expect(edited.toRun("evaluate")).toEqual(["compile", "fit", "evaluate"]);
  expect(ranNotebook().run("fit", "failed").toRun("evaluate"), "a failure has to be tried again").toEqual([
    "fit",
    "evaluate",
  ]);
});

test("after a restart all that it takes from runs again", () => {
  expect(ranNotebook().restart().toRun("fit")).toEqual(["data", "model", "compile", "fit"]);
});

test("cells that take from each other end", () => {
  const book = notebook({ a: "const a = () => b;", b: "const b = a();", c: "b" });
  expect(book.toRun("c").at(-1)).toBe("c");
  for (const id of ["a", "b", "c"]) book.run(id);
  expect(book.edit("a", "const a = () => b + 1;").stale().c?.kind).toBe("sourceStale");
});
