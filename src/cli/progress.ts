// Progress in a terminal, on stderr: which cell runs, and one line for the training under way; replaced in place where the terminal can.

import { formatCount, formatNumber } from "../shared/numbers.ts";
import type { TrainingFrame } from "../shared/rendererProtocol.ts";
import type { TrainingView } from "../shared/views.ts";

export interface ProgressTarget {
  readonly write: (text: string) => void;
  /** The width of the terminal, whose lines can be written over; `null` elsewhere. */
  readonly columns: number | null;
}

/** Elsewhere than in a terminal, a training is told of this many times. */
const reportsPerTraining = 10;

export class Progress {
  readonly #target: ProgressTarget;
  #hasLiveLine = false;
  #reported = 0;

  constructor(target: ProgressTarget) {
    this.#target = target;
  }

  startCell(label: string, position: number, count: number): void {
    this.clear();
    this.#target.write(`${label} (${position} of ${count})\n`);
  }

  startTraining(): void {
    this.#reported = 0;
  }

  /** `view` has the frame folded in. */
  showTraining(view: TrainingView, frame: TrainingFrame): void {
    const text = trainingLine(view, frame);
    const { columns } = this.#target;
    if (columns !== null) {
      // A line that wraps could not be written over.
      this.#target.write(`\r\u001B[2K${text.slice(0, columns - 1)}`);
      this.#hasLiveLine = true;
      return;
    }
    const tenth = Math.floor((view.epochs.done / Math.max(1, view.epochs.planned)) * reportsPerTraining);
    if (tenth === this.#reported) return;
    this.#reported = tenth;
    this.#target.write(`${text}\n`);
  }

  /** Before anything else is written: the live line makes room. */
  clear(): void {
    if (this.#hasLiveLine) this.#target.write("\r\u001B[2K");
    this.#hasLiveLine = false;
  }

  /** A line that stays. */
  say(text: string): void {
    this.clear();
    this.#target.write(`${text}\n`);
  }
}

/** "  epoch 12/50 · loss 0.310 (validation 0.420) · accuracy 0.912 · 812 steps/s · 3 s left" */
function trainingLine(view: TrainingView, frame: TrainingFrame): string {
  const metrics = view.metrics.flatMap(({ name, train, validation }) => {
    const newest = train.at(-1);
    if (newest === undefined) return [];
    const compared = validation?.at(-1);
    const beside = compared === undefined ? "" : ` (validation ${formatNumber(compared)})`;
    return [`${name} ${formatNumber(newest)}${beside}`];
  });
  const parts = [`  epoch ${view.epochs.done}/${view.epochs.planned}`, ...metrics];
  parts.push(`${formatCount(frame.stepsPerSecond)} steps/s`);
  if (frame.secondsLeft !== null && view.epochs.done < view.epochs.planned) {
    parts.push(`${formatCount(Math.ceil(frame.secondsLeft))} s left`);
  }
  return parts.join(" · ");
}
