// Numbers in words: nothing is minus zero, whoever writes it, and what is not a number has a sign of its own.

import { describe, expect, it } from "vitest";
import {
  formatChosen,
  formatCount,
  formatNumber,
  formatShare,
  formatShort,
  formatTimes,
  wordShare,
} from "./numbers.ts";

const writers: Readonly<Record<string, (value: number, locale: string) => string>> = {
  number: (value, locale) => formatNumber(value, { locale }),
  "number in two digits": (value, locale) => formatNumber(value, { digits: 2, locale }),
  chosen: formatChosen,
  short: formatShort,
  count: formatCount,
  share: formatShare,
  "share in words": wordShare,
  times: formatTimes,
};

/** Of every size, on both sides of zero. */
const values = Array.from({ length: 40 }, (_, power) => [1, 4, 5, 9.996].map((digit) => digit * 10 ** (power - 30)))
  .flat()
  .flatMap((size) => [size, -size]);

describe.each(Object.entries(writers))("as %s", (_name, write) => {
  it.each(["en", "ko", "de"])("no number is minus zero, and minus is no hyphen (%s)", (locale) => {
    for (const value of [0, -0, ...values]) {
      const text = write(value, locale);
      expect(text).not.toContain("-");
      if (text.startsWith("−")) expect(text).toMatch(/[1-9∞]/);
    }
  });
});

it("says almost none and almost all in the words of a sentence", () => {
  expect([0.001, 0.42, 0.999, 1].map((share) => wordShare(share, "ko"))).toEqual([
    "1 % 미만",
    "42 %",
    "99 % 이상",
    "100 %",
  ]);
  expect([0.001, 0.999].map((share) => wordShare(share, "en"))).toEqual(["< 1 %", "> 99 %"]);
});

it("keeps the units of a number among many", () => {
  expect([12_345.678, -987_654.3, 1234.56, 0.123456, 1_234_567].map((value) => formatShort(value))).toEqual([
    "12,346",
    "−987,654",
    "1,235",
    "0.1235",
    "1,235,000",
  ]);
});
