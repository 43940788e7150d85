// A notebook for tests without VS Code: a session that a test answers for, and a log of what happened to its cells.

import { LiveNotebook, type LiveNotebookContext } from "../../src/extension/running/liveNotebook.ts";
import type { CellNews } from "../../src/extension/running/notebookNews.ts";
import type { CellRunOutcome, SessionEvent } from "../../src/session/sessionEvents.ts";
import type { ControlQuestion } from "../../src/shared/languageProtocol.ts";
import * as fake from "./fakeVscode.ts";

/** A notebook of cells "0", "1", … whose executions leave a log, and a session that a test answers for. */
export function setUpNotebook(cellCount: number, locale: "en" | "ko" = "en") {
  const log: string[] = [];
  /** The cells that use any control. */
  const users: string[] = [];
  const cancel = new Map<number, () => void>();
  const notebook = {
    uri: { scheme: "untitled", path: "book", toString: () => "untitled:book" },
    getCells: () => cells,
  };
  const cells = Array.from({ length: cellCount }, (_, index) => ({
    ...{ index, notebook, kind: fake.NotebookCellKind.Code, outputs: [] },
    document: { uri: { fragment: `c${index}` }, languageId: "nnbook-ts", getText: () => `cell ${index}` },
  }));
  const outputs: unknown[] = [];
  const createNotebookCellExecution = (cell: { index: number }) => ({
    executionOrder: 0,
    token: { onCancellationRequested: (listener: () => void) => cancel.set(cell.index, listener) },
    start: () => log.push(`start ${cell.index}`),
    end: (success?: boolean) => log.push(`end ${cell.index} ${success}`),
    clearOutput: async () => undefined,
    appendOutput: async (output: unknown) => outputs.push(output),
    replaceOutputItems: async (items: unknown) => outputs.push({ items }),
  });
  /** The texts of all outputs, errors by their message. */
  const texts = () =>
    (outputs as { items: { data: Uint8Array; mime: string }[] }[]).flatMap(({ items }) =>
      items.map(({ data, mime }) => {
        const text = new TextDecoder().decode(data);
        return mime.endsWith("error") ? (JSON.parse(text) as Error).message : text;
      }),
    );
  const finish: ((outcome: CellRunOutcome) => void)[] = [];
  let onEvent: (event: SessionEvent) => void = () => undefined;
  const session = {
    runCell: () => new Promise<CellRunOutcome>((resolve) => finish.push(resolve)),
    interrupt: async () => void log.push("interrupt"),
    stopTraining: (runId: string) => void log.push(`stop ${runId}`),
    setControl: (id: string, value: unknown, name: string | null) => void log.push(`set ${id} ${value} ${name}`),
    peek: async () => ({ kind: "noKernel" }) as const,
    restart: async () => void log.push("restart"),
    dispose: () => void log.push("dispose"),
  };
  const context = {
    controller: { createNotebookCellExecution },
    locale,
    log: {
      warn: (problem: unknown) => log.push(String(problem)),
      error: (problem: unknown) => log.push(String(problem)),
    },
    cellDebugger: { isAskedFor: () => false, attach: () => Promise.reject(new Error("Nothing is debugged here.")) },
    findControlUsers: async ({ cells: asked }: ControlQuestion) => {
      const ids = asked.map(({ id }) => id);
      return { name: "rate", cellIds: users.filter((cellId) => ids.includes(cellId)) };
    },
    createSession: (options: { onEvent: typeof onEvent }) => {
      onEvent = options.onEvent;
      return session;
    },
  } as unknown as LiveNotebookContext;
  const news: CellNews[] = [];
  const live = new LiveNotebook(notebook as never, context, (told) => news.push(told.news));
  const run = (...indexes: number[]) => live.runCells(indexes.map((index) => cells[index]) as never);
  const answer = async (outcome: CellRunOutcome) => {
    finish.shift()?.(outcome);
    await settle();
  };
  return { live, run, answer, log, cancel, news, texts, cells, users, emit: (event: SessionEvent) => onEvent(event) };
}

/** Lets all happen that waits for promises alone. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
