// What a cell threw, in the user's terms.

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { layers, sequential, tensor } from "../../engine/index.ts";
import type { Locale } from "../../shared/words/message.ts";
import { describeError } from "./cellErrors.ts";
import { StackFrames } from "./stackFrames.ts";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.fail("Nothing was thrown.");
}

describe("an error of a cell", () => {
  it("says how a layer is called that was called like a function", () => {
    // As a cell of someone who knows Keras writes it; the editor marks it.
    // biome-ignore lint/suspicious/noExplicitAny: the point is what types would refuse.
    const untyped: any = { layers };
    const frames = new StackFrames({ ownFile: "kernel.cjs" });
    const error = thrownBy(() => untyped.layers.dense(8)(1));
    expect(describeError(error, frames, "en").message).toBe(
      "untyped.layers.dense(...) is not a function. A layer takes its input by apply: layers.dense(…).apply(x).",
    );
    expect(
      describeError(
        thrownBy(() => untyped.nothing(1)),
        frames,
        "en",
      ).message,
    ).toBe("untyped.nothing is not a function");
  });

  it("tells what caused it, and what is joined in it", () => {
    const root = new RangeError("no such row");
    const error = new Error("not read", { cause: new TypeError("no\ntable", { cause: root }) });
    expect(innerLines(error)).toEqual(["caused by TypeError: no table", "caused by RangeError: no such row"]);
    const many = new AggregateError(
      Array.from({ length: 12 }, (_, index) => new Error(`try ${index}`)),
      "none",
    );
    expect(innerLines(many).slice(0, 2)).toEqual(["joins Error: try 0", "joins Error: try 1"]);
    expect(innerLines(many).at(-1)).toBe("joins 2 more");
    expect(innerLines(new Error("x", { cause: "offline" }))).toEqual(["caused by 'offline'"]);
  });

  it("ends where causes go in a circle", () => {
    const [first, second] = [new Error("first"), new Error("second")];
    first.cause = second;
    second.cause = first;
    expect(innerLines(first)).toEqual(["caused by Error: second"]);
  });

  it("says of a value that is no error what it is, and what to throw instead", () => {
    const advice = 'Only an Error tells where it was thrown: throw new Error("…").';
    for (const [thrown, text] of [
      ["too large", "'too large'"],
      [null, "null"],
      [undefined, "undefined"],
      [{ code: 3 }, "{ code: 3 }"],
    ])
      expect(described(thrown)).toMatchObject({ name: "Thrown value", message: `${text}\n${advice}`, place: null });
  });

  it("says it in the reader's language, and what the language or the engine said as it was", () => {
    expect(described("x", "ko")).toMatchObject({
      name: "던져진 값",
      message: `'x'\n던진 곳은 Error만 알려 줍니다. throw new Error("…")로 던지세요.`,
    });
    expect(described(new TypeError("no such row"), "ko")).toMatchObject({ name: "TypeError", message: "no such row" });
    expect(described(new Error("x".repeat(20_000)), "ko").message).toMatch(/x… \(이후 10000자 생략\)$/);
  });

  it("goes by the name of its class where it has none of its own", () => {
    class BadRow extends Error {}
    expect(described(new BadRow("x")).name).toBe("BadRow");
    expect(described(Object.assign(new BadRow("x"), { name: "Mine" })).name).toBe("Mine");
    expect(innerLines(new Error("x", { cause: new BadRow("y") }))).toEqual(["caused by BadRow: y"]);
  });

  it("says in which layer the user's own code failed, and leaves the error as it was", () => {
    const refuse = (): never => {
      throw new TypeError("no such row");
    };
    const own = layers.custom({ name: "gate", outputShape: (shape) => shape, forward: refuse });
    const model = sequential([layers.dense(2, { inputShape: 3 }), own]);
    model.build();
    const error = thrownBy(() => model.predict(tensor([[1, 2, 3]])));
    expect(described(error)).toMatchObject({
      name: "TypeError",
      message: "no such row\nThis is in forward of gate_1.\ngate_1 is layers[1] of the model.",
    });
    expect(error).toHaveProperty("message", "no such row");
  });

  it("cuts a huge message, and a huge one of its cause", () => {
    const huge = new Error("x".repeat(1e6), { cause: new Error("y".repeat(1e6)) });
    const { message, stack } = described(huge);
    expect(message.slice(9_990)).toBe(`${"x".repeat(10)}… (990000 more characters)`);
    expect(stack.length).toBeLessThan(10_000);
  });

  it("cuts a huge value", () => {
    const huge = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, "x".repeat(100)]));
    expect(described(huge).message.length).toBeLessThan(2200);
    expect(described(new Float64Array(1e6)).message).toContain("999980 more items");
  });

  it("survives getters, proxies and classes that throw when they are looked at", () => {
    class Hostile extends Error {
      override get message(): string {
        throw new Error("not yours");
      }
      override get stack(): string {
        throw new Error("nor this");
      }
      override get cause(): unknown {
        throw new Error("nor that");
      }
    }
    expect(described(new Hostile())).toMatchObject({ name: "Hostile", message: "", place: null });
    const refuse = () => {
      throw new Error("no");
    };
    const proxy = new Proxy({}, { get: refuse, getPrototypeOf: refuse, ownKeys: refuse, has: refuse });
    expect(described(proxy).name).toBe("Thrown value");
    expect(described({ [inspect.custom]: refuse }).message).toContain("cannot be looked at");
    expect(described(Object.assign(new Error("x"), { message: { toString: refuse } })).message).toBe("");
  });

  it("gives the frames of an error that another thread sent as text", () => {
    const error = new Error("in a worker");
    // As a structured clone arrives: nothing but a text.
    Object.defineProperty(error, "stack", {
      value: "Error: in a worker\n    at step (file:///home/a/worker.mjs:2:9)\n    at node:internal/main:1:1",
    });
    expect(described(error).stack).toBe("at step (file:///home/a/worker.mjs:2:9)");
  });
});

function described(thrown: unknown, locale: Locale = "en") {
  return describeError(thrown, new StackFrames({ ownFile: import.meta.filename }), locale);
}

/** What follows the frames, without the places: they stand in this file. */
function innerLines(error: Error): readonly string[] {
  const lines = described(error).stack.split("\n");
  return lines.flatMap((line) => (/^(caused by|joins)/.test(line) ? [line.replace(/ at .*/, "")] : []));
}
