// The door for a debugger, in the thread that runs cells: open only while a cell is debugged, and only to programs of this machine.
//
// Here and not in the supervisor's thread: a debugger that came in there and went away would leave the cells' thread at its
// breakpoint for good (Node keeps the inner session). A session of this thread ends with its connection, and the code runs on.

import inspector from "node:inspector";

const host = "127.0.0.1";

export class DebugPort {
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens it on a free port and tells which; one that is open stays as it is. Bound as `$nn.openInspector`. */
  readonly open = (): number => {
    if (!this.#isOpen) inspector.open(0, host);
    this.#isOpen = true;
    return Number(new URL(inspector.url() ?? "").port);
  };

  /** Shows every debugger out: code that one holds at a breakpoint runs on. Bound as `$nn.closeInspector`. */
  readonly close = (): void => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    inspector.close();
  };
}
