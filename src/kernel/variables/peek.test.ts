// What is listed of the cells' variables, and that no code of theirs runs while it is read.

import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { layers, sequential, tensor } from "../../engine/index.ts";
import { lines, Peeking, scope } from "./peeking.testing.ts";
import { hasTooManyKeys } from "./plainReading.ts";

const peeking = new Peeking();
beforeEach(() => peeking.begin());
afterEach(() => peeking.end());

const declare = peeking.declare.bind(peeking);
const ask = peeking.ask.bind(peeking);
const parts = peeking.parts.bind(peeking);
const copy = peeking.copy.bind(peeking);

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

test("of an object with more properties than can be listed in time it is said so, and nothing waits for it", () => {
  const crowd = { many: 1 };
  let [time, tries] = [0, 0];
  const slow = () => {
    time += 20;
    return time;
  };
  // Once it was only the machine that was slow.
  const slowOnce = () => {
    tries++;
    return tries === 2 ? 20 : 0;
  };
  expect(hasTooManyKeys({ few: 1 }, slowOnce)).toBe(false);
  expect(hasTooManyKeys(crowd, slow)).toBe(true);
  declare({ crowd, around: { crowd } });
  expect(parts().map(({ name, value }) => `${name} ${value}`)).toEqual([
    "crowd too many properties to list",
    "around {crowd: {…}}",
  ]);
  expect(parts("crowd")).toEqual([]);
  expect(copy("crowd")).toBe("{…}");
});

test("of numbers as keys V8 tells nothing in time: they are tried here and there, and few of them are listed", () => {
  const keyed = (count: number, first: number, step: number) => {
    const made: Record<number, number> = {};
    for (let at = 0; at < count; at++) made[first + at * step] = at;
    return made;
  };
  const never = () => 0;
  expect(hasTooManyKeys(keyed(300_000, 0, 1), never)).toBe(true);
  expect(hasTooManyKeys(keyed(300_000, 70_001, 3), never)).toBe(true);
  expect(hasTooManyKeys(new String("x".repeat(300_000)), never)).toBe(true);
  for (const few of [keyed(100_000, 0, 1), keyed(500, 1_000_000, 1), keyed(3, 65_536, 65_536)])
    expect(hasTooManyKeys(few, never)).toBe(false);
});

test("a question that takes long leaves the later lists for the next time", () => {
  declare({ a: { b: 1 }, c: { d: 2 } });
  let time = 0;
  const now = () => {
    time += 60;
    return time;
  };
  const answer = ask({ kind: "listParts", paths: [["a"], ["c"]], order: "defined" }, now);
  expect(answer).toMatchObject([{ parts: [{ name: "b" }] }, null]);
});
