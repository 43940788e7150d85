// Tensors and weights as they are listed: their range, their gradient, their rows. The engine is told nothing of who looks.

import { Parameter, standingNumbers, type Tensor } from "../../engine/tensor.ts";
import { tensorView } from "../../insights/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import { formatNumber } from "../../shared/numbers.ts";
import { gridLook } from "./grids.ts";
import { isMadeBy, valueAt } from "./plainReading.ts";
import { type Part, placedList, placeStep, type Reading } from "./reading.ts";
import type { ReadContext } from "./values.ts";
import { copyLimits } from "./valueText.ts";

/** Numbers with a shape, wherever they stand. */
interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Of larger ones only the first numbers are told: to go through all of them would hold up what runs. */
const mostSummed = 300_000;

export function tensorReading(tensor: Tensor, context: ReadContext): Reading {
  const numbers = numbersOf(tensor);
  const gradient = valueAt(tensor, "gradientData");
  const fixed: readonly Part[] =
    gradient instanceof Float32Array && gradient.length === numbers.data.length
      ? [
          {
            step: ":gradient",
            name: context.word("gradient"),
            read: () => numbersReading({ shape: numbers.shape, data: gradient }, "Tensor", context),
          },
        ]
      : [];
  const type = isMadeBy(tensor, Parameter) ? "Parameter" : "Tensor";
  return numbersReading(numbers, type, context, fixed);
}

/** In the text of another value: small ones whole, larger ones by their shape. */
export function tensorWords(tensor: Tensor, room: number): string {
  const { shape, data } = numbersOf(tensor);
  if (data.length * 8 > room) return `Tensor [${shape.join(", ")}]`;
  return `Tensor ${nested(data, shape, 0)}`;
}

/** All numbers as nested lists, within what room there is. */
export function tensorCopy(tensor: Tensor, room: number): string {
  return numbersCopy(numbersOf(tensor), room);
}

function numbersCopy({ shape, data }: Numbers, room: number): string {
  const text = nested(data.length > room / 2 ? data.subarray(0, room / 2) : data, shape, 0);
  return text.length > room ? `${text.slice(0, room)}…` : text;
}

function numbersOf(tensor: Tensor): Numbers {
  return { shape: tensor.shape, data: standingNumbers(tensor) };
}

function numbersReading(
  { shape, data }: Numbers,
  type: string,
  context: ReadContext,
  fixed: readonly Part[] = [],
): Reading {
  const [length, ...rest] = shape;
  const size = rest.reduce((product, axis) => product * axis, 1);
  const row = (place: number): Part => ({
    step: placeStep(place),
    name: `[${place}]`,
    read: () => {
      const value = data[place];
      if (rest.length === 0) return { kind: "number", type: "number", value: value === undefined ? "" : String(value) };
      const part = data.subarray(place * size, (place + 1) * size);
      return numbersReading({ shape: rest, data: part }, "Tensor", context);
    },
  });
  return {
    kind: "tensor",
    type,
    shape,
    value: summary(data, context),
    copy: () => numbersCopy({ shape, data }, copyLimits.room),
    parts:
      length === undefined || size === 0
        ? fixed.length === 0
          ? null
          : { fixed, list: null }
        : { fixed, list: placedList(length, row) },
    grid: data.length === 0 ? null : (name, window) => tensorView({ shape, data, name }, gridLook(window)),
  };
}

function summary(data: Float32Array, { word, locale }: ReadContext): string {
  if (data.length === 0) return word("noNumbers");
  if (data.length <= 6) return [...data].map((value) => short(value, locale)).join(", ");
  if (data.length > mostSummed) return `${[...data.subarray(0, 6)].map((value) => short(value, locale)).join(", ")}, …`;
  let [min, max, sum, finite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    finite++;
  }
  const broken = data.length - finite;
  const count = { kind: "count", value: broken } as const;
  const rest = broken > 0 ? [word("notFinite", { count })] : [];
  if (finite === 0) return rest.join();
  const range = { min: short(min, locale), max: short(max, locale), mean: short(sum / finite, locale) };
  return [word("range", range), ...rest].join(" · ");
}

function short(value: number, locale: string): string {
  return formatNumber(toViewNumber(value), { locale });
}

function nested(data: Float32Array, shape: readonly number[], at: number): string {
  const [length, ...rest] = shape;
  if (length === undefined) return String(data[at] ?? "");
  const size = rest.reduce((product, axis) => product * axis, 1);
  const inner: string[] = [];
  for (let place = 0; place < length && at + place * size < data.length; place++)
    inner.push(nested(data, rest, at + place * size));
  return `[${inner.join(", ")}]`;
}
