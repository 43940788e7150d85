// The pictures beside the words on `show.…`: views of the renderer's tests, drawn as exports draw them, light and dark in one file.

import { readFileSync } from "node:fs";
import path from "node:path";
import { stillPicture } from "../../renderer/still/stillPicture.ts";
import { viewMimeTypes } from "../../src/shared/views.ts";
import { rootFolder } from "../paths.mts";

/** What `show` gives → the kind of its view, and one of these. */
const examples: Readonly<Record<string, readonly [kind: keyof typeof viewMimeTypes, sample: string]>> = {
  training: ["training", "trainingFinished"],
  gradients: ["gradients", "gradientsTwo"],
  diagnosis: ["diagnosis", "diagnosisTwo"],
  activation: ["activation", "activationFive"],
  network: ["network", "networkGraph"],
  backprop: ["backprop", "backpropTiny"],
  graph: ["graph", "graphNeuron"],
  weights: ["weights", "weightsRun"],
  boundary: ["boundary", "boundaryMoons"],
  confusion: ["confusion", "confusionIris"],
  images: ["images", "imagesDigits"],
  optimizers: ["optimizers", "optimizersFive"],
  surface: ["surface", "surfaceBeale"],
  landscape: ["surface", "surfaceLandscape"],
};

export interface ReferencePicture {
  /** From the folder of the pages. */
  readonly file: string;
  readonly svg: string;
  /** What it shows, in words. */
  readonly label: string;
}

/** The picture of `show.NAME`; `null` for what is text, and for what shows numbers alone. */
export function referencePicture(name: string): ReferencePicture | null {
  const [kind, sample] = examples[name] ?? [];
  if (kind === undefined) return null;
  const file = path.join(rootFolder, "test", "renderer", "samples", `${sample}.json`);
  const picture = stillPicture(viewMimeTypes[kind], JSON.parse(readFileSync(file, "utf8")), "en");
  if (picture === null) throw new Error(`${sample}.json gives no picture for show.${name}.`);
  return { file: `pictures/${name}.svg`, svg: picture.svg, label: picture.label };
}
