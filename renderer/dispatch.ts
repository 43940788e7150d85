// The one place that knows which chart draws which kind of view, and when it is the same picture.

import type { View, ViewKind } from "../src/shared/views.ts";
import { createActivationChart } from "./activation/activationChart.ts";
import { createBackpropChart } from "./backprop/backpropChart.ts";
import { createBoundaryChart } from "./boundary/boundaryChart.ts";
import { createConfusionChart } from "./confusion/confusionChart.ts";
import { createControlChart } from "./control/controlChart.ts";
import { createDiagnosisChart } from "./diagnosis/diagnosisChart.ts";
import { createGradientsChart } from "./gradients/gradientsChart.ts";
import { createGraphChart } from "./graph/graphChart.ts";
import { createImagesChart } from "./images/imagesChart.ts";
import { createNetworkChart } from "./network/networkChart.ts";
import { createOptimizersChart } from "./optimizers/optimizersChart.ts";
import { createSummaryChart } from "./summary/summaryChart.ts";
import { createSurfaceChart } from "./surface/surfaceChart.ts";
import { createTableChart } from "./table/tableChart.ts";
import { createTensorChart, tensorIdentity } from "./tensor/tensorChart.ts";
import { createTrainingChart } from "./training/trainingChart.ts";
import type { Chart, CreateChart, ViewHost } from "./viewHost.ts";
import { createWeightsChart } from "./weights/weightsChart.ts";

type ViewOf<Kind extends ViewKind> = Extract<View, { readonly kind: Kind }>;

interface Picture<Shown> {
  readonly create: CreateChart<Shown>;
  /** What must be equal for a chart to take newer data in place: a string made of the view's runs, say. */
  readonly identity?: (view: Shown) => string;
}

const pictures: { readonly [Kind in ViewKind]: Picture<ViewOf<Kind>> } = {
  training: { create: createTrainingChart, identity: ({ runId }) => runId },
  gradients: { create: createGradientsChart, identity: ({ runs }) => runs.map(({ runId }) => runId).join(" ") },
  activation: { create: createActivationChart },
  backprop: { create: createBackpropChart },
  control: { create: createControlChart, identity: ({ controlId, control }) => `${controlId} ${control.kind}` },
  diagnosis: { create: createDiagnosisChart, identity: ({ runs }) => runs.map(({ runId }) => runId).join(" ") },
  network: { create: createNetworkChart, identity: networkIdentity },
  optimizers: {
    create: createOptimizersChart,
    identity: ({ raceId, racers }) => `${raceId} ${racers.map(({ name }) => name).join("\n")}`,
  },
  summary: { create: createSummaryChart },
  surface: { create: createSurfaceChart },
  confusion: { create: createConfusionChart, identity: (view) => JSON.stringify(view) },
  boundary: { create: createBoundaryChart, identity: (view) => JSON.stringify(view) },
  images: { create: createImagesChart, identity: (view) => JSON.stringify(view) },
  table: { create: createTableChart },
  tensor: { create: createTensorChart, identity: tensorIdentity },
  graph: { create: createGraphChart, identity: (view) => JSON.stringify(view) },
  weights: { create: createWeightsChart, identity: (view) => JSON.stringify(view) },
};

/** The layers may be others after a cell was changed: then the blocks are laid out anew. */
function networkIdentity({ run, nodes }: ViewOf<"network">): string {
  return `${run?.runId ?? ""} ${nodes.map(({ name, takes }) => `${name}:${takes}`).join(" ")}`;
}

/** Draws a view. The chart's `update` takes views of the same kind only; `MountedOutput` sees to that. */
export function chartFor(host: ViewHost, view: View): Chart<View> {
  return pictureOf(view).create(host, view);
}

/** Views with the same identity are one picture that changes. */
export function identityOf(view: View): string {
  return `${view.kind} ${pictureOf(view).identity?.(view) ?? ""}`;
}

/** The table pairs each kind with its own picture, which the type system cannot follow through an index. */
function pictureOf(view: View): Picture<View> {
  return pictures[view.kind] as Picture<View>;
}
