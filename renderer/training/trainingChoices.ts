// What the reader chose in the figures of a training: smoothing, hidden lines, axes, a stretch of time. Shared by all its figures.

import type { Range } from "../time/timeZoom.ts";

export type Role = "train" | "validation";

/** The positions of the slider, as weights of the moving mean; the first leaves lines as they are. */
export const smoothings: readonly number[] = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

export class TrainingChoices {
  smoothing = 0;
  readonly hidden = new Set<Role>();
  /** By the metric's place: whether its axis is logarithmic, where the reader said so. */
  readonly log = new Map<number, boolean>();
  /** The epochs that are shown; `null` for all. */
  range: Range | null = null;

  toggle(role: Role): void {
    if (!this.hidden.delete(role)) this.hidden.add(role);
  }
}
