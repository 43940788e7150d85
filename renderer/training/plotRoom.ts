// The room beside the plots of one training: the same for all of them, so that their epochs stand above one another.

export class PlotRoom {
  readonly #axes = new Map<string, number>();
  readonly #names = new Map<string, number>();

  /** Room at the left for the numbers of the value axes. */
  get axisPx(): number {
    return Math.max(0, ...this.#axes.values());
  }

  /** Room at the right for the names at the lines' ends. */
  get namesPx(): number {
    return Math.max(0, ...this.#names.values());
  }

  /** Takes what the numbers of a figure need. Gives what all figures leave. */
  fitAxis(figure: string, neededPx: number): number {
    this.#axes.set(figure, neededPx);
    return this.axisPx;
  }

  /** Takes what the names of a figure need. */
  fitNames(figure: string, neededPx: number): void {
    this.#names.set(figure, neededPx);
  }
}

/** What chart.js does once it knows how wide the numbers of an axis are. */
export function fitAxis(room: PlotRoom, figure: string) {
  return (scale: { width: number }) => {
    scale.width = room.fitAxis(figure, scale.width);
  };
}
