// The training view: headline and bar, loss and metrics by epoch, the gradient strip, the outcome.

import type { TrainingView } from "../../src/shared/views.ts";
import { createGradientStrip } from "../charts/gradientStrip.ts";
import { createSentence } from "../parts/sentence.ts";
import type { Chart, ViewHost } from "../viewHost.ts";

export function createTrainingChart(host: ViewHost, first: TrainingView): Chart<TrainingView> {
  const strip = createGradientStrip(host, first.layers);
  const outcome = createSentence(host, first.sentence);
  host.root.append(strip.node, outcome.node);
  return {
    update(view) {
      strip.update(view.layers);
      outcome.update(view.sentence);
    },
    dispose() {
      strip.node.remove();
      outcome.node.remove();
    },
  };
}
