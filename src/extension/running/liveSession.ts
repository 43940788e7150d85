// What a live notebook needs of its session, and the run of one cell in it.

import type { NotebookSession } from "../../session/notebookSession.ts";
import type { CellRunOutcome, SessionEvent } from "../../session/sessionEvents.ts";
import type { CellDebugger } from "../debugging/cellDebugger.ts";
import { debugFileOf } from "../debugging/debugFiles.ts";
import { cellIdOf, cellLabel } from "../notebooks.ts";
import type { CellRun } from "./cellRun.ts";

/** What a notebook needs of its session. */
export type LiveSession = Pick<
  NotebookSession,
  | "runCell"
  | "interrupt"
  | "stopTraining"
  | "setControl"
  | "peek"
  | "restart"
  | "dispose"
  | "declaredNames"
  | "openInspector"
  | "closeInspector"
>;

export type CreateSession = (options: {
  /** How logs call the notebook. */
  readonly name: string;
  readonly folder: string;
  readonly workspaceFolder: string | undefined;
  readonly onEvent: (event: SessionEvent) => void;
}) => LiveSession;

/** Runs a cell, under a debugger if it is to be debugged. */
export async function runInSession(
  run: CellRun,
  session: LiveSession,
  cellDebugger: Pick<CellDebugger, "attach">,
): Promise<CellRunOutcome> {
  const { cell, source } = run;
  const attachment = run.isDebugged ? await cellDebugger.attach(cell, session) : null;
  try {
    if (run.isStopped) return { kind: "interrupted", how: "abandoned" };
    const debugFile = debugFileOf(cell);
    return await session.runCell({ cellId: cellIdOf(cell), label: cellLabel(cell), source, debugFile });
  } finally {
    // The cells that follow run without it.
    await attachment?.end();
  }
}
