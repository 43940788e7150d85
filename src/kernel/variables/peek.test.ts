// What is listed of the cells' variables, and that no code of theirs runs while it is read.

import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { datasets, layers, parameter, sequential, tensor } from "../../engine/index.ts";
import type { PeekAnswers, PeekQuestion, VariableInfo, VariablePath } from "../../shared/peekProtocol.ts";
import type { Locale } from "../../shared/words/message.ts";
import { DefinedNames } from "./definedNames.ts";
import { VariablePeek } from "./peek.ts";

const scope: Record<string, unknown> = globalThis as never;
let names: DefinedNames;
let before: ReadonlySet<string>;
let locale: Locale = "en";
const blobs = datasets.blobs({ samples: 150, classes: 3, seed: 1 });

beforeEach(() => {
  locale = "en";
  before = new Set(Object.getOwnPropertyNames(globalThis));
  names = new DefinedNames();
  names.begin();
});
afterEach(() => {
  for (const name of Object.getOwnPropertyNames(globalThis)) if (!before.has(name)) delete scope[name];
});

/** As a cell does. */
function declare(values: Readonly<Record<string, unknown>>, imports: readonly string[] = []): void {
  names.declare("cell:1", { declarations: Object.keys(values), imports });
  Object.assign(scope, values);
}

function ask<Question extends PeekQuestion>(question: Question): PeekAnswers[Question["kind"]] {
  const peek = new VariablePeek({
    names,
    locale: () => locale,
    now: () => 0,
    findRun: () => null,
    liveReport: () => null,
  });
  return (JSON.parse(peek.answer(JSON.stringify(question))) as { answer: PeekAnswers[Question["kind"]] }).answer;
}

function parts(...path: string[]): readonly VariableInfo[] {
  return ask({ kind: "listParts", paths: [path], order: "defined" })[0]?.parts ?? [];
}

const lines = (infos: readonly VariableInfo[]) =>
  infos.map(({ name, type, shape, value }) => `${name}: ${type}${shape === null ? "" : `[${shape}]`} ${value}`);
const copy = (...path: VariablePath) => ask({ kind: "writeValue", path });

describe("values of JavaScript", () => {
  test("each is listed with its type and value", () => {
    declare({
      whole: 42,
      negativeZero: -0,
      notANumber: Number.NaN,
      endless: Number.POSITIVE_INFINITY,
      big: 2n ** 70n,
      text: 'say "hi"\n',
      yes: true,
      nothing: null,
      unset: undefined,
      mark: Symbol("mark"),
      day: new Date(Date.UTC(2026, 10, 28)),
      noDay: new Date(Number.NaN),
      pattern: /a+b/giu,
      failure: new TypeError("wrong\nand more"),
      list: [1, "two", [3], { four: 4 }],
      typed: new Uint8Array([1, 2, 3]),
      map: new Map<unknown, unknown>([["a", 1]]),
      set: new Set([1, 2]),
      promise: Promise.resolve(1),
      point: { x: 1, "two words": [2] },
    });
    expect(lines(parts())).toMatchInlineSnapshot(`
      [
        "whole: number 42",
        "negativeZero: number -0",
        "notANumber: number NaN",
        "endless: number Infinity",
        "big: bigint 1180591620717411303424n",
        "text: string "say \\"hi\\"\\n"",
        "yes: boolean true",
        "nothing: null null",
        "unset: undefined undefined",
        "mark: symbol Symbol(mark)",
        "day: Date 2026-11-28T00:00:00.000Z",
        "noDay: Date Invalid Date",
        "pattern: RegExp /a+b/giu",
        "failure: TypeError TypeError: wrong …",
        "list: Array[4] [1, "two", [3], {four: 4}]",
        "typed: Uint8Array[3] Uint8Array [1, 2, 3]",
        "map: Map[1] Map(1) {"a" => 1}",
        "set: Set[2] Set(2) {1, 2}",
        "promise: Promise Promise",
        "point: Object {x: 1, "two words": [2]}",
      ]
    `);
  });

  test("functions and imports stand in groups of their own, after the data", () => {
    declare({ a: 1, twice: (x: number) => 2 * x, Shape: class Shape {}, sequential }, ["sequential"]);
    expect(parts().map(({ name, kind, value }) => [name, kind, value])).toEqual([
      ["a", "number", "1"],
      ["Functions and classes", "group", "2"],
      ["Imports", "group", "1"],
    ]);
    expect(parts(":functions").map(({ name, type }) => [name, type])).toEqual([
      ["twice", "function"],
      ["Shape", "class"],
    ]);
    expect(parts(":imports")[0]).toMatchObject({ name: "sequential", kind: "function", cellId: "cell:1" });
  });

  test("a variable knows its cell; one that was put on the global object has none", () => {
    declare({ declared: 1 });
    scope.stray = 2;
    expect(parts().map(({ name, cellId }) => [name, cellId])).toEqual([
      ["declared", "cell:1"],
      ["stray", null],
    ]);
  });

  test("they are listed in the order they were made, or by name", () => {
    declare({ b: 1, a: 2 });
    const [byName] = ask({ kind: "listParts", paths: [[]], order: "name" });
    expect([parts().map(({ name }) => name), byName?.parts.map(({ name }) => name)]).toEqual([
      ["b", "a"],
      ["a", "b"],
    ]);
  });

  test("what is inside is found along the path", () => {
    class Point {
      x = 1;
      readonly #hidden = 2;
      get sum() {
        return this.x + this.#hidden;
      }
    }
    const key = { id: 1 };
    declare({ nested: { list: [new Point(), [7]], map: new Map([[key, "v"]]), [Symbol("s")]: 5 } });
    expect(lines(parts("nested"))).toEqual([
      "list: Array[2] [Point {x: 1}, [7]]",
      'map: Map[1] Map(1) {{id: 1} => "v"}',
      "[Symbol(s)]: number 5",
    ]);
    expect(lines(parts("nested", ".list", "#0"))).toEqual(["x: number 1"]);
    expect(lines(parts("nested", ".map", "#0"))).toEqual(["key: Object {id: 1}", 'value: string "v"']);
    expect(lines(parts("nested", ".list", "#5"))).toEqual([]);
    expect(lines(parts("gone", ".list"))).toEqual([]);
  });

  test("a cycle ends", () => {
    const ring: Record<string, unknown> = { name: "ring" };
    ring.self = ring;
    declare({ ring });
    expect(lines(parts("ring", ".self", ".self"))).toEqual([
      'name: string "ring"',
      'self: Object {name: "ring", self: [circular]}',
    ]);
    expect(copy("ring")).toBe('{name: "ring", self: [circular]}');
  });

  test("long lists come in ranges, and ranges of ranges; holes are empty", () => {
    const list = Array.from({ length: 25_000 }, (_, index) => index);
    delete list[24_999];
    declare({ list });
    expect(parts("list").map(({ name, kind }) => [name, kind])).toEqual([
      ["[0 … 9999]", "range"],
      ["[10000 … 19999]", "range"],
      ["[20000 … 24999]", "range"],
    ]);
    expect(parts("list", "20000…24999")).toHaveLength(50);
    const last = parts("list", "20000…24999", "24900…24999");
    expect([last.length, last[98]?.value, last[99]?.type]).toEqual([100, "24998", "empty"]);
  });

  test("thousands of variables come in ranges", () => {
    declare(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`v${index}`, index])));
    const ranges = parts();
    expect(ranges).toHaveLength(50);
    expect(parts(ranges[49]?.step ?? "").at(-1)).toMatchObject({ name: "v4999", value: "4999" });
  });
});

describe("no code of the user's runs", () => {
  const never = (what: string) => () => {
    throw new Error(`${what} ran`);
  };

  test("getters, proxies and methods are left alone", () => {
    const traps = Object.fromEntries(
      ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"].map((trap) => [trap, never(trap)]),
    );
    const proxy = new Proxy({}, traps);
    class Trapped {
      get [Symbol.toStringTag]() {
        return never("toStringTag")();
      }
      get size() {
        return never("size")();
      }
      toString = never("toString");
      toJSON = never("toJSON");
      [inspect.custom] = never("inspect");
    }
    class TrappedMap extends Map {
      override get size(): number {
        return never("size")();
      }
      override entries = never("entries");
      override [Symbol.iterator] = never("iterator");
    }
    const trappedMap: object = Reflect.construct(Map, [[[1, 2]]], TrappedMap);
    const heir = Object.create(proxy) as object;
    const failure = new Error("told");
    Error.prepareStackTrace = never("prepareStackTrace");
    try {
      declare({ proxy, functionProxy: new Proxy(() => 1, traps), heir, trapped: new Trapped(), failure });
      declare({
        map: trappedMap,
        holder: {
          proxy,
          get lazy() {
            return never("lazy")();
          },
        },
      });
      Object.defineProperty(globalThis, "lazyGlobal", { get: never("lazyGlobal"), configurable: true });
      const values = Object.fromEntries(parts().map(({ name, type, value }) => [name, `${type} ${value}`]));
      expect(values).toMatchObject({
        proxy: "Proxy a proxy; not looked into",
        heir: "Object {}",
        map: "TrappedMap Map(1) {1 => 2}",
        lazyGlobal: "getter computed when read; not asked",
      });
      for (const name of Object.keys(values)) {
        expect(() => copy(name)).not.toThrow();
        parts(name);
      }
      expect(lines(parts("holder"))).toEqual([
        "proxy: Proxy a proxy; not looked into",
        "lazy: getter computed when read; not asked",
      ]);
      expect(lines(parts("map"))).toEqual(["1: number 2"]);
      expect(parts("failure").map(({ name }) => name)).toEqual(["message"]);
    } finally {
      Error.prepareStackTrace = undefined as never;
    }
  });

  test("rows with getters are drawn without them", () => {
    declare({
      rows: [
        {
          a: 1,
          get b() {
            return never("b")();
          },
        },
      ],
    });
    const view = ask({ kind: "drawGrid", path: ["rows"], window: null });
    expect(view).toMatchObject({ kind: "table", columns: [{ name: "a" }, { name: "b", missing: 1 }] });
  });

  test("what only pretends to be ours is read as any other object", () => {
    const pretender = Object.create(Object.getPrototypeOf(tensor([1])) as object) as object;
    declare({
      pretender,
      model: Object.create(Object.getPrototypeOf(sequential([layers.dense(1)])) as object) as object,
    });
    expect(parts().map(({ kind }) => kind)).toEqual(["object", "object"]);
  });
});

describe("what is ours", () => {
  test("tensors and weights have shape, range and rows; data sets their sizes", () => {
    declare({
      scalar: tensor(3),
      x: tensor([
        [1, 2],
        [3, 4],
        [5, 6],
        [7, Number.NaN],
      ]),
      w: parameter("kernel", new Float32Array(6).fill(0.5), [2, 3]),
      blobs,
      split: blobs.split({ validation: 0.2, seed: 1 }),
    });
    expect(lines(parts())).toEqual([
      "scalar: Tensor[] 3.00",
      "x: Tensor[4,2] 1.00 … 7.00, mean 4.00 · 1 not finite",
      "w: Parameter[2,3] 0.500, 0.500, 0.500, 0.500, 0.500, 0.500",
      "blobs: Dataset[150,2] blobs · 150 examples · 2 features · 3 classes",
      "split: SplitDataset blobs · train 120 · validation 30",
    ]);
    expect(lines(parts("x", "#1"))).toEqual(["[0]: number 3", "[1]: number 4"]);
    expect(parts("split").map(({ name, type }) => `${name} ${type}`)).toEqual(["train Dataset", "validation Dataset"]);
    expect(copy("x", "#1")).toBe("[3, 4]");
    expect(copy("x")).toBe("[[1, 2], [3, 4], [5, 6], [7, NaN]]");
  });

  test("a model shows its layers, with the health of their gradients once it was trained", async () => {
    const sigmoids = Array.from({ length: 8 }, () => layers.dense(8, { activation: "sigmoid" }));
    const model = sequential([...sigmoids, layers.dense(3, { activation: "softmax" })]);
    declare({ model });
    expect(lines(parts())).toEqual(["model: Model 9 layers · weights not made yet"]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd" });
    const run = await model.fit(blobs.standardize(), { epochs: 2, seed: 1 });
    declare({ run });
    const [modelInfo, runInfo] = parts();
    expect(modelInfo).toMatchObject({ tone: "warning", hasParts: true, hasGrid: false });
    expect(modelInfo?.value).toMatch(/^9 layers · 555 parameters · gradients vanish$/);
    expect(runInfo?.value).toMatch(/^finished · epoch 2\/2 · loss [\d.]+ · gradients vanish$/);
    const [newest, first] = parts("model");
    expect(newest).toMatchObject({ name: "newest run", kind: "run" });
    expect(first).toMatchObject({ name: "dense_1", type: "dense", shape: [null, 8], tone: "warning" });
    expect(first?.note).toMatch(/^Gradient vanishes/);
    expect(first?.value).toMatch(/^sigmoid · 24 parameters · gradient vanishes: mean \|g\| /);
    const weights = parts("model", "#0");
    expect(weights.map(({ name, type, shape, hasGrid }) => [name, type, shape, hasGrid])).toEqual([
      ["kernel", "Parameter", [2, 8], true],
      ["bias", "Parameter", [8], true],
    ]);
    expect(parts("run").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["loss", "seed", "batchSize", "learningRate", "dense_1"]),
    );
    locale = "ko";
    expect(parts()[0]?.value).toBe("레이어 9개 · 매개변수 555개 · 기울기 소실");
  });

  test("to look at weights tells the engine nothing: a training goes on as if nobody had", async () => {
    const train = async (isWatched: boolean) => {
      const model = sequential([layers.dense(16, { activation: "tanh" }), layers.dense(3, { activation: "softmax" })]);
      model.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
      declare({ model });
      const onEpochEnd = () => {
        if (!isWatched) return;
        parts("model", "#0");
        ask({ kind: "drawGrid", path: ["model", "#0", ".kernel"], window: null });
      };
      await model.fit(blobs, { epochs: 5, seed: 1, callbacks: [{ onEpochEnd }] });
      return model.weights.map((weight) => [...weight.data]);
    };
    expect(await train(true)).toEqual(await train(false));
  });
});

test("an object of very many properties is gone through once; what is in it is read as it stands", () => {
  const crowd: Record<string, number> = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`k${at}`, at]));
  declare({ crowd });
  expect(parts()[0]?.value).toMatch(/^\{k0: 0, .*…\}$/);
  crowd.k1 = -1;
  delete crowd.k2;
  const some = parts("crowd", "0…9999", "0…99");
  expect(some.slice(0, 3).map(({ name, value }) => `${name} ${value}`)).toEqual(["k0 0", "k1 -1", "k2 "]);
  expect(copy("crowd", ".k29999")).toBe("29999");
});

describe("grids", () => {
  test("numbers of any kind are drawn, whole or a window of them", () => {
    const wide = Array.from({ length: 100 }, (_, row) => Array.from({ length: 40 }, (_, column) => row * 100 + column));
    declare({ wide, typed: new Float64Array([1, 2, 3]), x: tensor([[1, 2]]), words: ["a", "b"], blobs });
    expect(ask({ kind: "drawGrid", path: ["wide"], window: null })).toMatchObject({
      ...{ kind: "tensor", name: "wide", shape: [100, 40], max: 9939 },
    });
    const window = ask({ kind: "drawGrid", path: ["wide"], window: { page: 0, row: 90, column: 3 } });
    expect(window).toMatchObject({ kind: "tensor", pageCount: 1 });
    // The last rows are shown where fewer follow.
    expect(window?.kind === "tensor" && [window.rows[0], window.rows.at(-1), window.columns[0]]).toEqual([76, 99, 3]);
    expect(window?.kind === "tensor" && window.pages[0]?.values[0]).toBe(7603);
    expect(ask({ kind: "drawGrid", path: ["typed"], window: null })).toMatchObject({ kind: "tensor", shape: [3] });
    expect(ask({ kind: "drawGrid", path: ["x"], window: null })).toMatchObject({ kind: "tensor", name: "x" });
    expect(ask({ kind: "drawGrid", path: ["words"], window: null })).toMatchObject({ kind: "table", rowCount: 2 });
    expect(ask({ kind: "drawGrid", path: ["blobs"], window: null })).toMatchObject({ kind: "table", rowCount: 150 });
    expect(ask({ kind: "drawGrid", path: ["missing"], window: null })).toBe(null);
  });

  test("a list of other things has none", () => {
    declare({ empty: [], one: 1 });
    expect(parts().map(({ hasGrid }) => hasGrid)).toEqual([false, false]);
  });
});

test("a question that takes long leaves the later lists for the next time", () => {
  declare({ a: { b: 1 }, c: { d: 2 } });
  let time = 0;
  const peek = new VariablePeek({
    names,
    locale: () => "en",
    now: () => (time += 60),
    findRun: () => null,
    liveReport: () => null,
  });
  const question: PeekQuestion = { kind: "listParts", paths: [["a"], ["c"]], order: "defined" };
  const { answer } = JSON.parse(peek.answer(JSON.stringify(question))) as { answer: PeekAnswers["listParts"] };
  expect(answer).toMatchObject([{ parts: [{ name: "b" }] }, null]);
});
