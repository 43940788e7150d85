// What a session tells of its cells, handed to the part of a live notebook that it is for.

import type { SessionEvent } from "../../session/sessionEvents.ts";
import { cellIdOf } from "../notebooks.ts";
import type { LiveRaces } from "../runs/liveRaces.ts";
import type { LiveTrainings } from "../runs/liveTrainings.ts";
import type { CellQueue } from "./cellQueue.ts";
import type { NotebookControls } from "./controls.ts";
import type { OutputKeeper } from "./outputKeeper.ts";
import type { RanCells } from "./ranCells.ts";

export interface EventTakers {
  readonly queue: Pick<CellQueue, "running">;
  readonly ran: RanCells;
  readonly controls: NotebookControls;
  readonly trainings: LiveTrainings;
  readonly races: LiveRaces;
  readonly keeper: OutputKeeper;
}

/** All but what went wrong outside of a cell's own course: that is the notebook's to tell. */
export type CellEvent = Exclude<
  SessionEvent,
  { readonly kind: "failedInBackground" | "interruptFailed" | "kernelDied" }
>;

export function handOver(event: CellEvent, { queue, ran, controls, trainings, races, keeper }: EventTakers): void {
  switch (event.kind) {
    case "kernelStarted":
      ran.forgetExecutions();
      controls.clear();
      break;
    case "cellStarted":
      if (queue.running) ran.startExecution(event.execution, queue.running);
      break;
    case "streamed":
      ran.find(event.execution)?.print(event.stream, event.text);
      break;
    case "displayed":
      ran.find(event.execution)?.display(event.displayId, event.output);
      races.takeOutput(event.execution, event.output);
      break;
    case "displayUpdated":
      ran.find(event.execution)?.updateDisplay(event.displayId, event.output);
      trainings.takeFinalView(event.output);
      races.takeOutput(event.execution, event.output);
      break;
    case "controlShown": {
      const run = ran.find(event.execution);
      const { controlId, execution, place, isPicture } = event;
      if (run) controls.show(controlId, { cellId: cellIdOf(run.cell), execution, place, isPicture });
      break;
    }
    case "trainingStarted":
      trainings.start(event);
      keeper.start();
      break;
    case "trainingProgressed":
      trainings.progress(event.frame);
      break;
    case "raceProgressed":
      races.progress(event);
      break;
    case "runReported":
      trainings.report(event);
      break;
  }
}
