// The range of a tensor's numbers in words, for its head on the page and in a still picture.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { TensorView } from "../../src/shared/views.ts";
import { type Argument, type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { tableWords } from "../words/tableWords.ts";

/** "from −1 to 2, mean 0.5 ± 1", "3 zeros", "1 not finite"; nothing of a single number, which stands below. */
export function rangeParts(view: TensorView, locale: Locale): readonly string[] {
  const { shape, min, max, mean, std, zeros, notFinite } = view;
  const say = (id: keyof typeof tableWords.en & string, args: Readonly<Record<string, Argument>> = {}) =>
    plainMessage(tableWords, { id, args }, locale);
  const number = (value: typeof min) => formatNumber(value, { locale });
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === 0) return [say("empty")];
  if (size === 1 && notFinite === 0) return [];
  if (min !== null && min === max && std === 0 && notFinite === 0) return [say("constant", { min: number(min) })];
  const range = { min: number(min), max: number(max), mean: number(mean), std: number(std) };
  return [
    ...(min === null ? [] : [say("range", range)]),
    ...(zeros > 0 ? [say("zeros", { count: { kind: "count", value: zeros } })] : []),
    ...(notFinite > 0 ? [say("notFinite", { count: { kind: "count", value: notFinite } })] : []),
  ];
}
