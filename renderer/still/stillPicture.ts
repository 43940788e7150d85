// A view as an SVG document that stands still, made without a browser: for files that no script can draw in.

import type { Sentence, View } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { readView } from "../read/readView.ts";
import { activationStill } from "./activationStill.ts";
import { gradientsStill } from "./gradientsStill.ts";
import { boundaryStill, confusionStill, imagesStill } from "./gridStills.ts";
import { optimizersStill } from "./optimizersStill.ts";
import { surfaceStill } from "./surfaceStill.ts";
import type { SvgDrawing } from "./svgDrawing.ts";
import { trainingStill } from "./trainingStill.ts";

export interface StillPicture {
  readonly svg: string;
  /** What it says, in a sentence or two. */
  readonly label: string;
}

/** The picture of a view's JSON; `null` where there is nothing to draw, or where its text alone says as much. */
export function stillPicture(mime: string, data: unknown, locale: Locale): StillPicture | null {
  const read = readView(mime, data);
  const drawing = read.kind === "view" ? draw(read.view, locale) : null;
  if (read.kind !== "view" || drawing === null) return null;
  const label = "sentence" in read.view ? sentenceText(read.view.sentence, locale) : "";
  return { svg: drawing.document(label), label };
}

function draw(view: View, locale: Locale): SvgDrawing | null {
  switch (view.kind) {
    case "training":
      return trainingStill(view, locale);
    case "gradients":
      return gradientsStill(view, locale);
    case "activation":
      return activationStill(view, locale);
    case "optimizers":
      return optimizersStill(view, locale);
    case "surface":
      return surfaceStill(view, locale);
    case "boundary":
      return boundaryStill(view, locale);
    case "confusion":
      return confusionStill(view, locale);
    case "images":
      return imagesStill(view, locale);
    // Their text holds their numbers, in columns.
    case "backprop":
    case "control":
    case "diagnosis":
    case "network":
    case "summary":
    case "table":
    case "tensor":
    case "weights":
    case "graph":
      return null;
  }
}

function sentenceText(sentence: Sentence | null, locale: Locale): string {
  return (sentence?.messages ?? []).map((message) => plainMessage(insightWords, message, locale)).join(" ");
}
