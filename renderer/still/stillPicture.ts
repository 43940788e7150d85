// A view as an SVG document that stands still, made without a browser: for files that no script can draw in.

import type { View } from "../../src/shared/views.ts";
import { sentenceText } from "../../src/shared/words/insightText.ts";
import { type Locale, plainMessage } from "../../src/shared/words/message.ts";
import { readView } from "../read/readView.ts";
import { stillWords } from "../words/stillWords.ts";
import { activationStill } from "./activationStill.ts";
import { backpropStill } from "./backpropStill.ts";
import { diagnosisStill } from "./diagnosisStill.ts";
import { gradientsStill } from "./gradientsStill.ts";
import { graphStill } from "./graphStill.ts";
import { boundaryStill, confusionStill, imagesStill } from "./gridStills.ts";
import { networkStill } from "./networkStill.ts";
import { optimizersStill } from "./optimizersStill.ts";
import { type Paper, stillTheme } from "./paper.ts";
import { surfaceStill } from "./surfaceStill.ts";
import type { SvgDrawing } from "./svgDrawing.ts";
import { summaryStill, summaryTotals, tableStill } from "./tableStills.ts";
import { tensorStill, tensorWords } from "./tensorStill.ts";
import { trainingStill } from "./trainingStill.ts";
import { weightsStill } from "./weightsStill.ts";

export interface StillPicture {
  /** Light, and dark where the reader's page is. */
  readonly svg: string;
  /** What it is and what it says, in a sentence or two. */
  readonly label: string;
}

/** The picture of a view's JSON; `null` where there is nothing to draw. */
export function stillPicture(mime: string, data: unknown, locale: Locale): StillPicture | null {
  const read = readView(mime, data);
  if (read.kind !== "view") return null;
  const { view } = read;
  const [light, dark] = (["light", "dark"] as const).map((kind) => draw(view, { theme: stillTheme(kind), locale }));
  if (light == null || dark == null) return null;
  const title = plainMessage(stillWords, { id: view.kind, args: {} }, locale);
  const description = descriptionOf(view, locale);
  return {
    svg: light.document({ title, description }, dark),
    label: [title, description].filter((text) => text !== "").join(": "),
  };
}

function draw(view: View, paper: Paper): SvgDrawing | null {
  switch (view.kind) {
    case "training":
      return trainingStill(view, paper);
    case "gradients":
      return gradientsStill(view, paper);
    case "activation":
      return activationStill(view, paper);
    case "optimizers":
      return optimizersStill(view, paper);
    case "surface":
      return surfaceStill(view, paper);
    case "boundary":
      return boundaryStill(view, paper);
    case "confusion":
      return confusionStill(view, paper);
    case "images":
      return imagesStill(view, paper);
    case "network":
      return networkStill(view, paper);
    case "graph":
      return graphStill(view, paper);
    case "backprop":
      return backpropStill(view, paper);
    case "weights":
      return weightsStill(view, paper);
    case "diagnosis":
      return diagnosisStill(view, paper);
    case "summary":
      return summaryStill(view, paper);
    case "table":
      return tableStill(view, paper);
    case "tensor":
      return tensorStill(view, paper);
    // Nothing can be chosen in a picture; its text says what was.
    case "control":
      return null;
  }
}

function descriptionOf(view: View, locale: Locale): string {
  if (view.kind === "summary") return `${view.name}, ${summaryTotals(view, locale)}`;
  if (view.kind === "tensor")
    return [view.name ?? "", tensorWords(view, locale)].filter((text) => text !== "").join(" ");
  return "sentence" in view ? sentenceText(view.sentence, locale) : "";
}
