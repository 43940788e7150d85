// The views: plain JSON that says what a picture shows. Insights make them, the renderer draws them, files keep them.
// A view names meaning (role, unit, tone), never colour or pixel, and holds no time stamp and no machine path.

import type { ActivationView } from "./views/activation.ts";
import type { BackpropView } from "./views/backprop.ts";
import type { BoundaryView } from "./views/boundary.ts";
import type { ConfusionView } from "./views/confusion.ts";
import type { ControlView } from "./views/control.ts";
import type { DiagnosisView } from "./views/diagnosis.ts";
import type { GradientsView } from "./views/gradients.ts";
import type { GraphView } from "./views/graph.ts";
import type { ImagesView } from "./views/images.ts";
import type { NetworkView } from "./views/network.ts";
import type { OptimizersView } from "./views/optimizers.ts";
import type { SummaryView } from "./views/summary.ts";
import type { SurfaceView } from "./views/surface.ts";
import type { TableView } from "./views/table.ts";
import type { TensorView } from "./views/tensor.ts";
import type { TrainingView } from "./views/training.ts";
import type { WeightsView } from "./views/weights.ts";

export * from "./views/activation.ts";
export * from "./views/backprop.ts";
export * from "./views/boundary.ts";
export * from "./views/common.ts";
export * from "./views/confusion.ts";
export * from "./views/control.ts";
export * from "./views/diagnosis.ts";
export * from "./views/gradients.ts";
export * from "./views/graph.ts";
export * from "./views/images.ts";
export * from "./views/network.ts";
export * from "./views/optimizers.ts";
export * from "./views/summary.ts";
export * from "./views/surface.ts";
export * from "./views/table.ts";
export * from "./views/tensor.ts";
export * from "./views/training.ts";
export * from "./views/weights.ts";

/** The MIME type of each view. The version is part of the name: a change that older readers cannot read gets a new one. */
export const viewMimeTypes = {
  training: "application/vnd.nnbook.training.v1+json",
  gradients: "application/vnd.nnbook.gradients.v1+json",
  activation: "application/vnd.nnbook.activation.v1+json",
  backprop: "application/vnd.nnbook.backprop.v1+json",
  control: "application/vnd.nnbook.control.v1+json",
  diagnosis: "application/vnd.nnbook.diagnosis.v1+json",
  network: "application/vnd.nnbook.network.v1+json",
  optimizers: "application/vnd.nnbook.optimizers.v1+json",
  summary: "application/vnd.nnbook.summary.v1+json",
  confusion: "application/vnd.nnbook.confusion.v1+json",
  boundary: "application/vnd.nnbook.boundary.v1+json",
  images: "application/vnd.nnbook.images.v1+json",
  table: "application/vnd.nnbook.table.v1+json",
  tensor: "application/vnd.nnbook.tensor.v1+json",
  surface: "application/vnd.nnbook.surface.v1+json",
  weights: "application/vnd.nnbook.weights.v1+json",
  graph: "application/vnd.nnbook.graph.v1+json",
} as const;

export type ViewKind = keyof typeof viewMimeTypes;
export type View =
  | TrainingView
  | GradientsView
  | ActivationView
  | BackpropView
  | ControlView
  | DiagnosisView
  | NetworkView
  | SummaryView
  | ConfusionView
  | BoundaryView
  | ImagesView
  | TableView
  | TensorView
  | OptimizersView
  | SurfaceView
  | WeightsView
  | GraphView;
