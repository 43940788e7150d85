// Runs a cell under VS Code's own JavaScript debugger, attached to the kernel for as long as the cell runs.

import { basename } from "node:path";
import * as vscode from "vscode";
import { cellLabel, folderOf } from "../notebooks.ts";
import { DebugTracker } from "./debugTracker.ts";

/** What the debugger needs of a notebook's session. */
export interface DebuggedSession {
  readonly declaredNames: ReadonlySet<string>;
  openInspector(): Promise<number>;
  closeInspector(): void;
}

/** A debugger that is attached. */
export interface Attachment {
  /** The cell is over: so is debugging. */
  end(): Promise<void>;
}

interface Tracked {
  readonly session: DebuggedSession;
  readonly ready: () => void;
  readonly restart: () => void;
}

/** The type of a session that attaches to a program of Node's, and of those that follow from it. */
const debugTypes = ["node", "pwa-node"] as const;
const debuggerIds = ["ms-vscode.js-debug", "ms-vscode.js-debug-nightly"] as const;
/** What marks a session of ours in its configuration. */
const marker = "nnbookDebug";
const attachLimitMs = 30_000;
const endLimitMs = 3000;

export class CellDebugger implements vscode.Disposable {
  readonly #distFolder: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #asked = new Set<vscode.NotebookCell>();
  readonly #tracked = new Map<string, Tracked>();
  readonly #restarts = new vscode.EventEmitter<vscode.NotebookCell>();
  readonly #trackers: vscode.Disposable;
  #newest = 0;
  /** Whoever looks at a cell wants it from its beginning. */
  readonly onRestart = this.#restarts.event;

  constructor(distFolder: string, log: vscode.LogOutputChannel) {
    this.#distFolder = distFolder;
    this.#log = log;
    const createDebugAdapterTracker = (session: vscode.DebugSession) => this.#track(session);
    this.#trackers = vscode.Disposable.from(
      ...debugTypes.map((type) => vscode.debug.registerDebugAdapterTrackerFactory(type, { createDebugAdapterTracker })),
    );
  }

  /** Why nothing can be debugged here; `null` where it can. */
  static whyNot(): string | null {
    if (debuggerIds.some((id) => vscode.extensions.getExtension(id))) return null;
    return vscode.l10n.t(
      'Cells are debugged by VS Code\'s own JavaScript debugger, which is not there. Enable the built-in extension "JavaScript Debugger" ({0}), or run the cell without debugging.',
      debuggerIds[0],
    );
  }

  /** Debugs the cell in the run that is queued by `run`. */
  async debugNextRun(cell: vscode.NotebookCell, run: () => Thenable<unknown>): Promise<void> {
    this.#asked.add(cell);
    try {
      await run();
    } finally {
      this.#asked.delete(cell);
    }
  }

  /** Whether a cell that is queued now is to be debugged when its turn comes. It is answered once for each time that is asked for. */
  isAskedFor(cell: vscode.NotebookCell): boolean {
    return this.#asked.delete(cell);
  }

  dispose(): void {
    this.#trackers.dispose();
    this.#restarts.dispose();
  }

  /**
   * Attaches to the kernel that is to run a cell. When it resolves, breakpoints are set; it rejects when the debugger
   * does not start or does not answer.
   */
  async attach(cell: vscode.NotebookCell, session: DebuggedSession): Promise<Attachment> {
    const id = `${marker}-${++this.#newest}`;
    const disposables: vscode.Disposable[] = [];
    const dispose = () => {
      for (const disposable of disposables.splice(0)) disposable.dispose();
      this.#tracked.delete(id);
    };
    // The session that was asked for, and those that it found.
    const open = new Set<vscode.DebugSession>();
    let root: vscode.DebugSession | null = null;
    let tellOver: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      tellOver = resolve;
    });
    // Not before: a debugger that finds its port gone asks for it once more, and fails.
    const close = async () => {
      if (open.size > 0) await withLimit(over, endLimitMs);
      session.closeInspector();
    };
    const end = async () => {
      if (root) await withLimit(vscode.debug.stopDebugging(root), endLimitMs);
      await close();
      dispose();
    };
    try {
      const port = await session.openInspector();
      const attached = new Promise<void>((resolve, reject) => {
        this.#tracked.set(id, { session, ready: resolve, restart: () => this.#restarts.fire(cell) });
        disposables.push(
          vscode.debug.onDidStartDebugSession((started) => {
            if (rootOf(started).configuration[marker] !== id) return;
            open.add(started);
            if (!started.parentSession) root = started;
            // The debugger calls what it found "Remote Process [0]".
            else started.name = rootOf(started).name;
          }),
          vscode.debug.onDidTerminateDebugSession((ended) => {
            if (!open.delete(ended)) return;
            if (open.size === 0) tellOver();
            if (ended !== root) return;
            root = null;
            // Whoever ends the debugging lets the cell run on.
            close().then(undefined, (problem) => this.#log.error(problem));
            reject(new Error(vscode.l10n.t("The debugging ended before the cell began.")));
          }),
        );
      });
      // It may fail while nobody waits for it yet.
      attached.then(undefined, () => undefined);
      const isStarted = await vscode.debug.startDebugging(undefined, this.#configuration(cell, port, id), {
        // The cell runs as it is shown: nothing has to be saved, and an untitled notebook would ask for a file.
        suppressSaveBeforeStart: true,
      });
      if (!isStarted) throw new Error(vscode.l10n.t("The JavaScript debugger did not start."));
      if (
        (await withLimit(
          attached.then(() => true),
          attachLimitMs,
        )) !== true
      )
        throw new Error(vscode.l10n.t("The JavaScript debugger did not answer."));
      return { end };
    } catch (problem) {
      await end();
      this.#log.error(`The debugger could not be attached: ${problem}`);
      throw problem;
    }
  }

  #configuration(cell: vscode.NotebookCell, port: number, id: string): vscode.DebugConfiguration {
    const folder = folderOf(cell.notebook);
    return {
      type: debugTypes[0],
      request: "attach",
      // Cells of several notebooks may be debugged at once.
      name: `${cellLabel(cell)} · ${basename(cell.notebook.uri.path)}`,
      address: "127.0.0.1",
      port,
      cwd: folder,
      [marker]: id,
      continueOnAttach: true,
      // The cell must not start before its breakpoints are bound.
      pauseForSourceMap: true,
      sourceMaps: true,
      // Names in cells stay as they are written.
      sourceMapRenames: false,
      resolveSourceMapLocations: null,
      // No search for compiled files in the folder: the maps come with the scripts.
      outFiles: [],
      autoAttachChildProcesses: false,
      skipFiles: ["<node_internals>/**", `${this.#distFolder.replaceAll("\\", "/")}/**`],
      internalConsoleOptions: "neverOpen",
    };
  }

  #track(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    const id: unknown = rootOf(session).configuration[marker];
    const tracked = typeof id === "string" ? this.#tracked.get(id) : undefined;
    if (!tracked) return undefined;
    return new DebugTracker({
      declaredNames: () => tracked.session.declaredNames,
      distFolder: this.#distFolder,
      stepped: (threadId) => void this.#passNode(session, threadId),
      restart: tracked.restart,
      // The session that was asked for only looks for programs; each it finds gets a session of its own.
      ready: session.parentSession ? tracked.ready : () => undefined,
    });
  }

  /** A step over the end of a cell comes out in Node's own code, which has no source: the cell is over, so it goes on. */
  async #passNode(session: vscode.DebugSession, threadId: unknown): Promise<void> {
    try {
      const question = { threadId, startFrame: 0, levels: 1 };
      const { stackFrames } = await session.customRequest("stackTrace", question);
      const [top] = stackFrames as readonly { readonly source?: unknown }[];
      if (top && !top.source) await session.customRequest("continue", { threadId });
    } catch (problem) {
      // It may have gone on, or be over, meanwhile.
      this.#log.debug(`After a step: ${problem}`);
    }
  }
}

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}

/** The answer, or `undefined` when it takes longer. */
async function withLimit<Answer>(answer: Thenable<Answer>, limitMs: number): Promise<Answer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
