// What happens to kernels and cells, as lines of the output channel, and how each kernel stands for a report of an issue. In English: who reads it helps others.

import type { CellRunOutcome } from "../../session/sessionEvents.ts";
import type { SessionMoment } from "../../session/sessionMoments.ts";
import { kernelDeathText } from "../../shared/words/kernelWords.ts";

/** The part of a log that is written to. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** How the kernel of one notebook stands. No name: a report of an issue goes to strangers. */
export interface KernelState {
  /** "running (Node v22.1.0, simd-relaxed)", "ended: the notebook was closed". */
  readonly text: string;
  /** Cells that ran in it, by how they ended. */
  readonly cells: Readonly<Partial<Record<CellRunOutcome["kind"], number>>>;
}

interface MutableState {
  text: string;
  readonly cells: Partial<Record<CellRunOutcome["kind"], number>>;
}

/** Kernels that are told about in a report: those that started last. */
const mostStates = 5;

export class SessionLog {
  readonly #log: Log;
  readonly #states: MutableState[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  /** The newest kernels of this window, oldest first. */
  get kernels(): readonly KernelState[] {
    return this.#states;
  }

  /** What a session is to tell its moments to. `name`: how lines call the notebook. */
  listener(name: string): (moment: SessionMoment) => void {
    let state: MutableState = { text: "", cells: {} };
    return (moment) => {
      if (moment.kind === "kernelStarted") {
        state = { text: "", cells: {} };
        this.#states.push(state);
        if (this.#states.length > mostStates) this.#states.shift();
      }
      this.#take(moment, name, state);
    };
  }

  #take(moment: SessionMoment, name: string, state: MutableState): void {
    switch (moment.kind) {
      case "kernelStarted": {
        const { pid, node, backend, ms } = moment;
        state.text = `running (Node ${node}, ${backend})`;
        this.#log.info(`${name}: kernel started in ${duration(ms)} (process ${pid}, Node ${node}, ${backend})`);
        break;
      }
      case "kernelEnded": {
        const reason = moment.reason === "restarted" ? "it is restarted" : "the notebook was closed";
        state.text = `ended: ${reason}`;
        this.#log.info(`${name}: kernel ended: ${reason}`);
        break;
      }
      case "kernelDied":
        state.text = `died: ${kernelDeathText(moment.death, "en")}`;
        this.#log.error(`${name}: kernel died: ${kernelDeathText(moment.death, "en")}`);
        break;
      case "stopAsked":
        this.#log.info(`${name}: ${moment.label} is to stop`);
        break;
      case "stopFailed":
        this.#log.warn(`${name}: the cell does not stop; a restart of the kernel is offered`);
        break;
      case "cellEnded": {
        const { label, outcome, ms } = moment;
        state.cells[outcome] = (state.cells[outcome] ?? 0) + 1;
        this.#log.info(`${name}: ${label} ${outcomeWords[outcome]} after ${duration(ms)}`);
        break;
      }
    }
  }
}

const outcomeWords: Readonly<Record<CellRunOutcome["kind"], string>> = {
  succeeded: "succeeded",
  failed: "failed",
  interrupted: "was stopped",
  skipped: "was skipped",
  lost: "ended without its kernel",
};

/** "87 ms", "1.2 s", "3 min 20 s". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
