// What `input` needs of the kernel that runs it. Its own file, so that users' types do not speak of it.

import type { Control } from "../../shared/views.ts";

export interface InputHost {
  /**
   * Shows a control in the output of the cell under way. Returns what a cell gets for each way it may stand, applied
   * to how it stands: a reader may have moved it.
   */
  show<Value>(label: string, control: Control, read: (control: Control) => Value): Value;
}

let host: InputHost = {
  show: () => {
    throw new Error("input works in the cells of a notebook: no kernel runs here.");
  },
};

export function bindInputs(kernel: InputHost): void {
  host = kernel;
}

export function inputHost(): InputHost {
  return host;
}
