// Which class is taken for which: counts, the commonest mistake in words, and the surest of the wrong examples.

import { checkOptions, ValueError } from "../../engine/errors.ts";
import type { Model } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { ConfusionView, Sentence, WrongExample } from "../../shared/views.ts";
import { count, list, say, share } from "../parts/say.ts";
import { type JudgedData, type LabelledExamples, labelledExamples, predictions } from "../pictures/judged.ts";
import { pictureSize, smallPicture } from "../pictures/smallPicture.ts";

/** Options of `show.confusion`. */
export interface ConfusionOptions {
  /** How an example is a picture: `[height, width]`, or `[height, width, 3]` in colours. Found by itself for digits and the like. */
  readonly picture?: readonly number[];
}

/** A view is kept in the file: so many classes are still read, so many examples stay below 300 KB. */
const mostClasses = 60;
const exampleBytes = 220_000;
const mostExamples = 1_000;
const mostOfAPair = 48;
const shownFeatures = 6;

/** @throws ValueError for data without classes, or with more than 60. */
export function confusionView(model: Model<unknown>, data: JudgedData, options: ConfusionOptions = {}): ConfusionView {
  checkOptions("show.confusion", options, ["picture"]);
  const examples = labelledExamples("show.confusion", data);
  const judged = predictions("show.confusion", model, examples.x);
  const classes = classNames(examples, judged);
  const counts = classes.map(() => classes.map(() => 0));
  const wrong: { row: number; truth: number; predicted: number; confidence: number }[] = [];
  judged.forEach(({ predicted, confidence }, row) => {
    const truth = examples.labels[row] ?? 0;
    const line = counts[truth] ?? [];
    line[predicted] = (line[predicted] ?? 0) + 1;
    if (predicted !== truth) wrong.push({ row, truth, predicted, confidence });
  });
  wrong.sort((left, right) => right.confidence - left.confidence);
  return {
    kind: "confusion",
    version: 1,
    sentence: confusionSentence(classes, counts),
    part: examples.part,
    classes,
    counts,
    examples: fewOfEach(wrong, room(examples, options)).map(exampleOf(examples, options)),
  };
}

function classNames({ classes }: LabelledExamples, judged: readonly { predicted: number }[]): readonly string[] {
  const most = judged.reduce((highest, { predicted }) => Math.max(highest, predicted + 1), classes.length);
  if (most > mostClasses)
    throw new ValueError({
      op: "show.confusion",
      expected: `at most ${mostClasses} classes`,
      got: String(most),
      hint: "Show some of them: data.rows(…) takes examples.",
    });
  return Array.from({ length: most }, (_, index) => classes[index] ?? String(index));
}

/** How many examples the file has room for: a letter a point of a picture, and what is told of it. */
function room({ x, featureNames }: LabelledExamples, { picture }: ConfusionOptions): number {
  const size = pictureSize("show.confusion", x, { given: picture, featureNames });
  const letters = size === null ? 40 * shownFeatures : Math.min(1024, size[0] * size[1]) * size[2];
  return Math.min(mostExamples, Math.floor(exampleBytes / (letters + 120)));
}

/** The surest of each pair of classes; where there is no room for all, the first of each pair, then the second … */
function fewOfEach<Wrong extends { truth: number; predicted: number }>(
  wrong: readonly Wrong[],
  most: number,
): readonly Wrong[] {
  const seen = new Map<string, number>();
  const placed = wrong.map((each) => {
    const pair = `${each.truth} ${each.predicted}`;
    const place = seen.get(pair) ?? 0;
    seen.set(pair, place + 1);
    return { each, place };
  });
  return placed
    .filter(({ place }) => place < mostOfAPair)
    .sort((left, right) => left.place - right.place)
    .slice(0, most)
    .map(({ each }) => each);
}

function exampleOf({ x, featureNames }: LabelledExamples, { picture }: ConfusionOptions) {
  const size = pictureSize("show.confusion", x, { given: picture, featureNames });
  const width = x.size / Math.max(1, x.shape[0] ?? 1);
  return ({ row, truth, predicted, confidence }: Omit<WrongExample, "picture" | "features">): WrongExample => ({
    row,
    truth,
    predicted,
    confidence: toViewNumber(typeof confidence === "number" ? confidence : null, 3),
    picture: size === null ? null : smallPicture(x, row, size),
    features:
      size === null
        ? Array.from({ length: Math.min(shownFeatures, width) }, (_, column) => ({
            name: featureNames[column] ?? String(column),
            value: toViewNumber(x.data[row * width + column], 4),
          }))
        : [],
  });
}

/** A sentence does not name more classes. */
const mostNamed = 5;

function confusionSentence(classes: readonly string[], counts: readonly (readonly number[])[]): Sentence {
  const total = counts.flat().reduce((sum, each) => sum + each, 0);
  const right = counts.reduce((sum, line, truth) => sum + (line[truth] ?? 0), 0);
  const messages = [
    say("confusionRight", { right: count(right), total: count(total), share: share(right / (total || 1)) }),
  ];
  const never = classes.filter((_, at) => sumOf(counts[at]) > 0 && counts.every((line) => (line[at] ?? 0) === 0));
  // "1, 2 and 3 others" would not do: classes are often called by numbers.
  if (never.length > mostNamed)
    messages.push(
      say("confusionNeverMany", {
        classes: never.slice(0, mostNamed).join(", "),
        more: count(never.length - mostNamed),
      }),
    );
  else if (never.length > 0) messages.push(say("confusionNever", { classes: list(never), count: count(never.length) }));
  const worst = counts.flatMap((line, truth) =>
    line.flatMap((often, predicted) => (predicted === truth || often === 0 ? [] : [{ truth, predicted, often }])),
  );
  const most = worst.reduce<(typeof worst)[number] | null>(
    (top, next) => (next.often > (top?.often ?? 0) ? next : top),
    null,
  );
  if (most !== null)
    messages.push(
      say("confusionMost", {
        truth: classes[most.truth] ?? "",
        predicted: classes[most.predicted] ?? "",
        times: count(most.often),
        of: count(sumOf(counts[most.truth])),
      }),
    );
  return { tone: never.length > 0 ? "warning" : right === total ? "good" : "info", messages };
}

function sumOf(line: readonly number[] | undefined): number {
  return (line ?? []).reduce((sum, each) => sum + each, 0);
}
