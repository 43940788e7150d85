// A race that nobody runs any more though its view says so: how far it came, and the sentence that takes the place of its own.

import type { OptimizersView, Sentence } from "./views.ts";

/** Its kernel ended: by the user, or not. Or nothing is known but what the notebook holds. */
export type CutShort = "stopped" | "failed" | "interrupted";

const messageIds = { stopped: "raceStopped", failed: "raceFailed", interrupted: "raceInterrupted" } as const;

/** How many of all runs of a race have ended. */
export function endedRuns({ racers, seeds }: OptimizersView): { readonly ended: number; readonly all: number } {
  return { ended: racers.reduce((sum, { ended }) => sum + ended, 0), all: racers.length * seeds };
}

export function cutShortSentence(view: OptimizersView, how: CutShort): Sentence {
  const { ended, all } = endedRuns(view);
  const args = { ended: { kind: "count", value: ended }, all: { kind: "count", value: all } } as const;
  return { tone: how === "failed" ? "error" : "info", messages: [{ id: messageIds[how], args }] };
}
