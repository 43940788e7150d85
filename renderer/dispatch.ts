// The one place that knows which chart draws which kind of view.

import type { View, ViewKind } from "../src/shared/views.ts";
import { createActivationChart } from "./activation/activationChart.ts";
import { createGradientsChart } from "./gradients/gradientsChart.ts";
import { createSummaryChart } from "./summary/summaryChart.ts";
import { createTrainingChart } from "./training/trainingChart.ts";
import type { Chart, CreateChart, ViewHost } from "./viewHost.ts";

type ViewOf<Kind extends ViewKind> = Extract<View, { readonly kind: Kind }>;

const charts: { readonly [Kind in ViewKind]: CreateChart<ViewOf<Kind>> } = {
  training: createTrainingChart,
  gradients: createGradientsChart,
  activation: createActivationChart,
  summary: createSummaryChart,
};

/** Draws a view. The chart's `update` takes views of the same kind only; `MountedOutput` sees to that. */
export function chartFor(host: ViewHost, view: View): Chart<View> {
  // The table pairs each kind with the chart of that kind, which the type system cannot follow through an index.
  return (charts[view.kind] as CreateChart<View>)(host, view);
}
