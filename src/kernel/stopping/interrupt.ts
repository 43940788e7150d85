// The worker's half of a stop that keeps variables: looks at what runs right now and, only if that is safe, has V8 end it.
//
// The supervisor evaluates `$nn.interrupt(…)` through the inspector. Node dispatches that by a V8 interrupt, *on top of*
// whatever runs. So this function sees the very stack it may end, and decision and shot are one: nothing moves in between.
// JavaScript's `finally` blocks do not run then; the kernel's own state is set right by `endInterrupted` afterwards.

import inspector from "node:inspector";
import { clearAsyncStack } from "../errors/asyncStack.ts";
import { captureSites } from "../errors/stackFrames.ts";
import type { InterruptResult } from "../workerProtocol.ts";

export interface InterruptGuard {
  /** Bound as `$nn.interrupt`. `attempt` counts from 1. */
  interrupt(attempt: number, execution: number): InterruptResult;
}

export interface InterruptOptions {
  /** The bundle that holds kernel and engine. */
  readonly ownFile: string;
  /** Whether a script holds the user's code. */
  readonly isUserScript: (file: string) => boolean;
  /** The cell run that began last, and whether it still runs. */
  readonly newest: () => { readonly execution: number; readonly isRunning: boolean };
  /** Gives the cell up: its timers end, a late answer of it counts no more. */
  readonly abandon: () => void;
  /** Shows a debugger out: one that holds the code at a breakpoint would keep it from ending. */
  readonly dismissDebugger: () => void;
}

/** Frames of Node that cannot bear to be unwound: the process would abort. */
const fragile = ["node:internal/timers", "node:async_hooks"];

export function makeInterruptGuard(options: InterruptOptions): InterruptGuard {
  const session = new inspector.Session();
  session.connect();
  const interrupt = (attempt: number, execution: number): InterruptResult => {
    const { execution: newest, isRunning } = options.newest();
    // An attempt that was sent for an earlier cell and came late must not hit this one.
    if (newest !== execution) return "over";
    const files = filesBelow(interrupt);
    options.abandon();
    // Code at a breakpoint moves again when this evaluation returns, and not before its end is decided.
    options.dismissDebugger();
    const isSafe = !files.some((file) => fragile.some((name) => file.startsWith(name)));
    const isUsers =
      files.some((file) => options.isUserScript(file)) ||
      // The engine, or the kernel on the cell's behalf (it shows a value whose getter never returns).
      (isRunning && files.includes(options.ownFile)) ||
      (attempt > 1 && files.includes("node:internal/process/task_queues")) ||
      // Two pings went unanswered though no JavaScript is below: a flood of microtasks, caught between two of them.
      (attempt > 2 && files.length === 0);
    if (!isUsers) return "idle";
    if (!isSafe) return "unsafe";
    clearAsyncStack();
    // Acts when the evaluation that called us returns.
    session.post("Runtime.terminateExecution");
    return "terminated";
  };
  return { interrupt };
}

/** Files of the frames below, innermost first, without the evaluation that called us. */
function filesBelow(above: (attempt: number, execution: number) => unknown): readonly string[] {
  return captureSites(above, Number.POSITIVE_INFINITY).flatMap((site) => {
    const file = site.getFileName();
    return file === null || file === undefined || file === "" || file.startsWith("evalmachine.") ? [] : [file];
  });
}
