// What the picture of a surface shows of its view, and where a path stands at a step.

import type { SurfacePath, SurfaceView } from "../../src/shared/views.ts";
import { lastAtMost } from "../time/frames.ts";
import type { Place, SurfaceWindow } from "./surfaceWindow.ts";

/** What the picture shows of its view. */
export interface SurfaceState {
  readonly view: SurfaceView;
  /** What of it is shown. */
  readonly window: SurfaceWindow;
  /** The place that keys aim at. */
  readonly aim: Place | null;
  /** Where the paths are to begin that are not there yet. */
  readonly awaited: Place | null;
  readonly step: number;
  /** Indices of paths. */
  readonly hidden: ReadonlySet<number>;
  readonly lifted: number | null;
  readonly words: { readonly start: string; readonly minimum: string; readonly label: string };
}

/** The index of a path's last recorded place at a step; -1 before its first. */
export function placeAtStep(path: SurfacePath, step: number): number {
  return lastAtMost(path.steps, step);
}
