// Every view as plain text: what stands beside its picture in the file, is read in a terminal, and shown where nothing draws.

import type { View, ViewKind } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { activationText } from "../activation/activationText.ts";
import { backpropText } from "../backprop/backpropText.ts";
import { boundaryText } from "../boundary/boundaryText.ts";
import { confusionText } from "../confusion/confusionText.ts";
import { controlText } from "../control/controlText.ts";
import { diagnosisText } from "../diagnosis/diagnosisText.ts";
import { gradientsText } from "../gradients/gradientsText.ts";
import { graphText } from "../graph/graphText.ts";
import { imagesText } from "../images/imagesText.ts";
import { networkText } from "../network/networkText.ts";
import { optimizersText } from "../optimizers/optimizersText.ts";
import { summaryText } from "../summary/summaryText.ts";
import { surfaceText } from "../surface/surfaceText.ts";
import { tableText } from "../table/tableText.ts";
import { tensorText } from "../tensor/tensorText.ts";
import { trainingText } from "../training/trainingText.ts";
import { weightsText } from "../weights/weightsText.ts";

type ViewOf<Kind extends ViewKind> = Extract<View, { readonly kind: Kind }>;

const texts: { readonly [Kind in ViewKind]: (view: ViewOf<Kind>, locale: Locale) => string } = {
  training: trainingText,
  gradients: gradientsText,
  activation: activationText,
  backprop: backpropText,
  control: controlText,
  diagnosis: diagnosisText,
  network: networkText,
  optimizers: optimizersText,
  summary: summaryText,
  surface: surfaceText,
  confusion: confusionText,
  boundary: boundaryText,
  images: imagesText,
  table: tableText,
  tensor: tensorText,
  weights: weightsText,
  graph: graphText,
};

/** The `text/plain` version of a view. */
export function viewText(view: View, locale: Locale): string {
  // The table pairs each kind with its text, which the type system cannot follow through an index.
  return (texts[view.kind] as (view: View, locale: Locale) => string)(view, locale);
}
