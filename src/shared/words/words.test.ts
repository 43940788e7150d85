// The two languages say the same: same ids, same holes, same key words marked.

import { describe, expect, it } from "vitest";
import { insightWords } from "./insightWords.ts";
import { kernelWords } from "./kernelWords.ts";
import { type Message, plainMessage, type WordTable } from "./message.ts";
import { viewTextWords } from "./viewTextWords.ts";

const tables: readonly (readonly [string, WordTable<string>])[] = [
  ["insightWords", insightWords],
  ["kernelWords", kernelWords],
  ["viewTextWords", viewTextWords],
];

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
