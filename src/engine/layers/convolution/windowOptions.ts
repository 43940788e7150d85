// The options of moving windows as users give them, for convolution and pooling: sizes along each axis, padding, and the inputs they take.

import { checkedCount, describeValue, ShapeError, UnknownNameError, ValueError } from "../../errors.ts";
import { maths } from "../../intrinsics.ts";
import { findName } from "../../names.ts";
import type { WindowPadding } from "../../ops/window.ts";
import { formatShape, type Shape } from "../../shape.ts";

/** A size along both axes of a picture: one number for both, or `[rows, columns]`. */
export type WindowSize = number | readonly [rows: number, columns: number];

/** How many axes a window moves along: 1 for steps, 2 for pictures. */
export type WindowAxes = 1 | 2;

/** A size for each axis. @throws ValueError */
export function readSizes(
  call: string,
  name: string,
  value: unknown,
  { axes, least = 1, hint }: { readonly axes: WindowAxes; readonly least?: number; readonly hint?: string },
): readonly number[] {
  const list: unknown = typeof value === "number" ? new Array<number>(axes).fill(value) : value;
  if (Array.isArray(list) && list.length === axes) return list.map((each) => checkedCount(call, name, each, least));
  throw new ValueError({
    op: call,
    expected: `${name} as a whole number${axes === 2 ? " or two: [rows, columns]" : ""}`,
    got: describeValue(value),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Which padding a layer takes. */
export interface PaddingChoice {
  readonly axes: WindowAxes;
  /** The words it knows. */
  readonly words: readonly string[];
  /** Whether numbers may be given instead. */
  readonly takesNumbers: boolean;
}

/**
 * How far a window goes beyond the input, as the layer shows it and as the operation takes it. `spans` are the lengths it reaches
 * over. "causal" puts all of it before the input, so that no output sees what comes later.
 *
 * @throws UnknownNameError or ValueError
 */
export function readPadding(
  call: string,
  value: unknown,
  { axes, words, takesNumbers }: PaddingChoice,
  spans: readonly number[],
): { readonly shown: string | readonly number[]; readonly padding: WindowPadding } {
  if (typeof value === "string") {
    const shown = findName(value, words);
    if (shown === null) throw new UnknownNameError({ what: `padding of ${call}`, unknown: value, known: words });
    if (shown === "causal") return { shown, padding: spans.map((span) => [span - 1, 0] as const) };
    return { shown, padding: shown === "same" ? "same" : "valid" };
  }
  const listed = words.map((word) => `"${word}"`).join(" or ");
  if (!takesNumbers) throw new ValueError({ op: call, expected: `padding as ${listed}`, got: describeValue(value) });
  const shown = readSizes(call, "padding", value, { axes, least: 0, hint: `Or give a word: ${listed}.` });
  return { shown, padding: shown.map((size) => [size, size] as const) };
}

/** "[batch, height, width, 3]": the inputs a window moves over. */
function expectedInput(axes: WindowAxes, channels: number | undefined): string {
  return `[batch, ${axes === 1 ? "steps" : "height, width"}, ${channels ?? "channels"}]`;
}

/** A sample must be steps or pictures with channels. @throws ShapeError */
export function checkSample(op: string, sample: Shape, axes: WindowAxes): void {
  if (sample.length === axes + 1) return;
  throw new ShapeError({
    op,
    expected: expectedInput(axes, undefined),
    got: formatShape(sample, true),
    hint: reshapeHint(sample, axes),
  });
}

function reshapeHint(sample: Shape, axes: WindowAxes): string {
  const [length = 0] = sample;
  const side = maths.round(maths.sqrt(length));
  const before = (sizes: string) => `layers.reshape([${sizes}]) before it, or x.reshape([-1, ${sizes}]).`;
  if (sample.length === axes)
    return `Give the channels an axis of their own, 1 for ${axes === 1 ? "one series" : "grey pictures"}: ${before(`${sample.join(", ")}, 1`)}`;
  if (sample.length === 1 && axes === 2 && side > 1 && side * side === length)
    return `As grey pictures: ${before(`${side}, ${side}, 1`)}`;
  if (sample.length === 3) return "For pictures there is the form that ends in 2d.";
  return `Reshape first: ${before(`${axes === 1 ? "steps" : "height, width"}, channels`)}`;
}

/** A batch must have the axes and channels the layer was built for; its pictures may have another size. @throws ShapeError */
export function checkBatch(op: string, batch: Shape, built: Shape | null, axes: WindowAxes): void {
  const channels = built?.at(-1);
  if (built !== null && batch.length === axes + 2 && batch.at(-1) === channels) return;
  throw new ShapeError({
    op,
    expected: built === null ? "a layer that was built" : expectedInput(axes, channels),
    got: batch,
    hint: built === null ? "Put it into a model, or call build first." : "Channels are the last axis.",
  });
}
