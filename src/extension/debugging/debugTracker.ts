// Stands between the editor and its JavaScript debugger: the one speaks of cells, the other of files.
// The messages are those of the Debug Adapter Protocol; they are changed in place, before they go on.

import * as vscode from "vscode";
import { cellLabel } from "../notebooks.ts";
import { cellOfDebugFile, debugFileOf } from "./debugFiles.ts";

export interface DebugTrackerOptions {
  /** The top-level names of cells: what is shown of the thousand globals of Node. */
  readonly declaredNames: () => ReadonlySet<string>;
  /** The folder of our bundles: what the debugger says of them helps nobody. */
  readonly distFolder: string;
  /** Breakpoints are set, and the thread that runs cells may go. */
  readonly ready: () => void;
  /** A step came to its end. */
  readonly stepped: (threadId: unknown) => void;
  /** The button that restarts was pressed. */
  readonly restart: () => void;
}

type Json = Record<string, unknown>;

export class DebugTracker implements vscode.DebugAdapterTracker {
  readonly #options: DebugTrackerOptions;
  /** What the debugger called the global variables at the stops so far. */
  readonly #globals = new Set<unknown>();
  /** The questions for them that are not answered yet, by number. */
  readonly #asked = new Set<unknown>();

  constructor(options: DebugTrackerOptions) {
    this.#options = options;
  }

  /** From the editor to the debugger. */
  onWillReceiveMessage(message: unknown): void {
    if (!isObject(message)) return;
    if (message.command === "restart") {
      // The debugger would attach to the port again, which goes with the cell that it is to begin anew.
      message.command = "threads";
      this.#options.restart();
    }
    if (!isObject(message.arguments)) return;
    const asksGlobals = message.command === "variables" && this.#globals.has(message.arguments.variablesReference);
    if (asksGlobals) this.#asked.add(message.seq);
    changeSources(message.arguments, (source) => {
      const cell = typeof source.path === "string" ? cellOfDebugFile(source.path) : undefined;
      if (cell) source.path = debugFileOf(cell);
    });
  }

  /** From the debugger to the editor. */
  onDidSendMessage(message: unknown): void {
    if (!isObject(message)) return;
    if (message.command === "configurationDone" && message.type === "response") this.#options.ready();
    const { body } = message;
    if (!isObject(body)) return;
    if (message.command === "variables") {
      if (this.#asked.delete(message.request_seq)) this.#keepDeclared(body);
      else hideOurs(body);
      return;
    }
    if (message.command === "scopes") this.#nameGlobals(body);
    if (message.event === "output") this.#hideOwn(body);
    if (message.event === "stopped" && body.reason === "step") this.#options.stepped(body.threadId);
    changeSources(body, (source) => {
      const cell = typeof source.path === "string" ? cellOfDebugFile(source.path) : undefined;
      if (!cell) return;
      source.path = cell.document.uri.toString();
      source.name = cellLabel(cell);
      // There is a document to show; the debugger's own copy is not wanted.
      delete source.sourceReference;
    });
  }

  /** The top-level variables of cells are globals: they stand open under a name of ours. */
  #nameGlobals({ scopes }: Json): void {
    if (!Array.isArray(scopes)) return;
    // Only of the global scope the debugger says that it costs much to look at.
    const globals: unknown = scopes.find((scope) => isObject(scope) && scope.expensive === true);
    if (!isObject(globals)) return;
    this.#globals.add(globals.variablesReference);
    globals.name = vscode.l10n.t("Cells");
    globals.expensive = false;
  }

  /** Editors show nothing of this category. */
  #hideOwn(body: Json): void {
    if (typeof body.output === "string" && body.output.includes(this.#options.distFolder)) body.category = "telemetry";
  }

  #keepDeclared(body: Json): void {
    const names = this.#options.declaredNames();
    if (!Array.isArray(body.variables)) return;
    body.variables = body.variables.filter(
      (variable) => isObject(variable) && typeof variable.name === "string" && names.has(variable.name),
    );
  }
}

/** What the compiler of cells adds is nobody's variable. */
function hideOurs(body: Json): void {
  if (!Array.isArray(body.variables)) return;
  body.variables = body.variables.filter(
    (variable) => !isObject(variable) || typeof variable.name !== "string" || !variable.name.startsWith("$nn"),
  );
}

/** Calls `change` with every source that a message names, however deep. */
function changeSources(value: unknown, change: (source: Json) => void): void {
  if (Array.isArray(value)) for (const each of value) changeSources(each, change);
  if (!isObject(value)) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === "source" && isObject(each)) change(each);
    else changeSources(each, change);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
