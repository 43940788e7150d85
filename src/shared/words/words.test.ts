// The two languages say the same: same ids, same holes, same key words marked.

import { describe, expect, it } from "vitest";
import { findWordTables } from "../../../test/support/findWordTables.ts";
import { insightWords } from "./insightWords.ts";
import { type Argument, type Message, plainMessage, type WordTable } from "./message.ts";
import { vectorVerdictText } from "./vectorWords.ts";

const tables = await findWordTables(import.meta.dirname);

describe.each(tables)("%s", (_, table) => {
  const ids = Object.keys(table.en);

  it("has every id in Korean, and no other", () => {
    expect(Object.keys(table.ko).sort()).toEqual([...ids].sort());
  });

  it.each(ids)("%s has the same holes in both languages, and pairs of stars", (id) => {
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    const [en, ko] = [table.en[id] ?? "", table.ko[id] ?? ""];
    expect(holes(ko)).toEqual(holes(en));
    for (const text of [en, ko]) expect(text.split("**").length % 2).toBe(1);
    expect(ko.includes("**")).toBe(en.includes("**"));
  });
});

it("words numbers as the reader's language does", () => {
  const message: Message = {
    id: "gradientsShrink",
    args: { factor: { kind: "times", value: 4.123 } },
  };
  expect(plainMessage(insightWords, message, "en")).toBe(
    "Gradients shrink 4.1× per layer towards the input: vanishing.",
  );
  expect(plainMessage(insightWords, message, "ko")).toBe(
    "입력 쪽으로 갈수록 기울기가 층마다 4.1배씩 줄어듭니다: 기울기 소실입니다.",
  );
});

it("chooses the word for one or for many", () => {
  const table: WordTable<"said"> = {
    en: { said: "{epochs} {epochs|epoch|epochs}" },
    ko: { said: "{epochs}에포크" },
  };
  const said = (value: number, locale: "en" | "ko") =>
    plainMessage(table, { id: "said", args: { epochs: { kind: "count", value } } }, locale);
  expect([said(1, "en"), said(0, "en"), said(1000, "en"), said(1, "ko")]).toEqual([
    "1 epoch",
    "0 epochs",
    "1,000 epochs",
    "1에포크",
  ]);
});

it("says one of a thing as one", () => {
  const count = (value: number) => ({ kind: "count", value }) as const;
  const said = (id: string, args: Message["args"], locale: "en" | "ko" = "en") =>
    plainMessage(insightWords, { id, args }, locale);
  expect(said("graphChecked", { count: count(1) })).toBe("Its 1 gradient agrees with finite differences.");
  expect(said("graphChecked", { count: count(3) })).toBe("All 3 gradients agree with finite differences.");
  expect(said("deadAre", { dead: count(1), units: count(8) })).toMatch(/and gets no gradient\.$/);
  expect(said("surfaceThinnedPaths", { steps: count(900), every: count(3) })).toContain("one in 3");
  expect(said("weightShrank", { factor: { kind: "times", value: 12 } }, "ko")).toContain("지금의 12배");
});

it("lists names as each language does, and says how many it leaves out", () => {
  const table: WordTable<"said"> = {
    en: { said: "{names} {names|is|are} level." },
    ko: { said: "{names}: 같습니다." },
  };
  const said = (names: Argument, locale: "en" | "ko") => plainMessage(table, { id: "said", args: { names } }, locale);
  const list = (values: readonly string[], more?: number): Argument => ({
    kind: "list",
    values,
    ...(more ? { more } : {}),
  });
  expect(said(list(["Adam"]), "en")).toBe("Adam is level.");
  expect(said(list(["momentum", "Adam"]), "en")).toBe("momentum and Adam are level.");
  expect(said(list(["sgd", "momentum", "Adam"]), "en")).toBe("sgd, momentum and Adam are level.");
  expect(said(list(["sgd", "Adam"], 1200), "en")).toBe("sgd, Adam and 1,200 others are level.");
  expect(said(list(["sgd"], 1), "en")).toBe("sgd and 1 other are level.");
  expect(said(list(["momentum", "Adam"]), "ko")).toBe("momentum 및 Adam: 같습니다.");
  expect(said(list(["sgd", "momentum", "Adam"]), "ko")).toBe("sgd, momentum 및 Adam: 같습니다.");
  expect(said(list(["sgd", "Adam"], 3), "ko")).toBe("sgd, Adam 외 3개: 같습니다.");
  // Outputs that were saved before there were lists.
  expect(said("momentum, Adam", "en")).toBe("momentum, Adam are level.");
});

it("tells what became of 256-bit vectors, with numbers that can be told apart", () => {
  const mismatch = { kind: "mismatch", what: "tanh", wanted: 1, got: 1.000001 } as const;
  expect(vectorVerdictText({ kind: "refused", refusal: mismatch }, "en")).toBe(
    "Experimental 256-bit vectors stay off, and kernels run as usual: the self-test expected 1 and got 1.000001 (tanh).",
  );
  const crash = { kind: "died", death: { kind: "signal", signal: "SIGILL" } } as const;
  expect(vectorVerdictText({ kind: "refused", refusal: crash }, "ko")).toBe(
    "실험적인 256비트 벡터를 켜지 않았습니다. 커널은 평소대로 실행됩니다: 자체 검사가 끝까지 실행되지 못했습니다. 네이티브 코드에서 충돌이 일어났습니다(SIGILL).",
  );
  expect(vectorVerdictText({ kind: "used", compared: 25_000, gigaflops: 81.26, gigaflopsWithout: 52 }, "en")).toMatch(
    /in 25,000 numbers\. .* at 81\.3 GFLOP\/s, without them at 52\.0 GFLOP\/s\.$/,
  );
});
