// The controls that cells have shown: how each stands, kept while its cell runs again, and given to its variable when it is moved.

import { controlValue, withValue } from "../../shared/controlValues.ts";
import type { CallPlace } from "../../shared/layerReport.ts";
import type { Output } from "../../shared/outputs.ts";
import type { Control, ControlView } from "../../shared/views.ts";
import { controlIdOf } from "../runIds.ts";
import type { FromWorker, ToWorker } from "../workerProtocol.ts";
import type { InputHost } from "./inputHost.ts";

export interface KernelControlsOptions {
  readonly send: (message: FromWorker) => void;
  readonly outputOf: (view: ControlView) => Output;
  /** Shows an output of the cell under way; `null` when it has shown too many. */
  readonly display: (output: Output) => string | null;
  readonly cell: () => { readonly execution: number; readonly cellId: string; readonly source: string };
  readonly findCallPlace: () => CallPlace | null;
}

interface ShownControl {
  readonly execution: number;
  readonly cellId: string;
  readonly displayId: string | null;
  readonly label: string;
  /** As the code asks for it: when that changes, the code's value counts again. */
  readonly asked: Control;
  readonly read: (control: Control) => unknown;
  control: Control;
}

export class KernelControls implements InputHost {
  readonly #options: KernelControlsOptions;
  readonly #byId = new Map<string, ShownControl>();
  /** How each stands, by its cell, its label, and its place among those with the same label. */
  readonly #byPlace = new Map<string, ShownControl>();
  #count = { execution: 0, controls: 0, labels: new Map<string, number>() };

  constructor(options: KernelControlsOptions) {
    this.#options = options;
  }

  show<Value>(label: string, asked: Control, read: (control: Control) => Value): Value {
    const { execution, cellId, source } = this.#options.cell();
    if (this.#count.execution !== execution) this.#count = { execution, controls: 0, labels: new Map() };
    const alike = (this.#count.labels.get(label) ?? 0) + 1;
    this.#count.labels.set(label, alike);
    const place = JSON.stringify([cellId, label, alike]);
    const before = this.#byPlace.get(place);
    const isSame = before !== undefined && JSON.stringify(before.asked) === JSON.stringify(asked);
    const control = isSame ? withValue(asked, controlValue(before.control)) : asked;
    const controlId = this.#freeId(source, ++this.#count.controls, cellId);
    const view: ControlView = { kind: "control", version: 1, controlId, label, control };
    const displayId = this.#options.display(this.#options.outputOf(view));
    const shown: ShownControl = { execution, cellId, displayId, label, asked, read, control };
    this.#byId.set(controlId, shown);
    this.#byPlace.set(place, shown);
    if (displayId !== null) {
      this.#options.send({ kind: "controlShown", execution, controlId, place: this.#options.findCallPlace() });
    }
    return read(control);
  }

  /** A reader moved it. Its variable gets the value here, or else its cell runs again and asks for it. */
  set({ controlId, value, name }: Extract<ToWorker, { readonly kind: "setControl" }>): void {
    const shown = this.#byId.get(controlId);
    if (shown === undefined) return;
    shown.control = withValue(shown.control, value);
    if (name === null || shown.displayId === null) return;
    Reflect.set(globalThis, name, shown.read(shown.control));
    const { execution, displayId, label, control } = shown;
    const output = this.#options.outputOf({ kind: "control", version: 1, controlId, label, control });
    this.#options.send({ kind: "displayUpdated", execution, displayId, output });
  }

  /** Two cells with the same text must not share a control. */
  #freeId(source: string, ordinal: number, cellId: string): string {
    const id = controlIdOf(source, ordinal);
    for (let copy = 1; ; copy++) {
      const candidate = copy === 1 ? id : `${id}-${copy}`;
      if ((this.#byId.get(candidate)?.cellId ?? cellId) === cellId) return candidate;
    }
  }
}
