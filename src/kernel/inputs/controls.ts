// The controls that cells have shown: how each stands, kept while its cell runs again, and given to its variable when it is moved. Pictures that a reader may change are among them.

import { type ControlValue, controlValue, withValue } from "../../shared/controlValues.ts";
import type { CallPlace } from "../../shared/layerReport.ts";
import type { Output } from "../../shared/outputs.ts";
import type { Control, ControlView, View } from "../../shared/views.ts";
import { controlIdOf } from "../live/runIds.ts";
import type { StartingPicture } from "../show/display.ts";
import type { FromWorker, ToWorker } from "../workerProtocol.ts";
import type { InputHost } from "./inputHost.ts";

export interface KernelControlsOptions {
  readonly send: (message: FromWorker) => void;
  readonly outputOf: (view: View) => Output;
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

interface ShownPicture {
  readonly execution: number;
  readonly cellId: string;
  readonly displayId: string | null;
  readonly viewFrom: (start: readonly [number, number] | null) => View;
}

export class KernelControls implements InputHost {
  readonly #options: KernelControlsOptions;
  readonly #pictures = new Map<string, ShownPicture>();
  readonly #byId = new Map<string, ShownControl>();
  /** How each stands, by its cell, its label, and its place among those with the same label. */
  readonly #byPlace = new Map<string, ShownControl>();
  #count = { execution: 0, controls: 0, labels: new Map<string, number>() };

  constructor(options: KernelControlsOptions) {
    this.#options = options;
  }

  show<Value>(label: string, asked: Control, read: (control: Control) => Value): Value {
    const { execution, cellId, source } = this.#beginControl();
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
      const place = this.#options.findCallPlace();
      this.#options.send({ kind: "controlShown", execution, controlId, place, isPicture: false });
    }
    return read(control);
  }

  /** Shows a picture that a reader may start from elsewhere. */
  showPicture(picture: StartingPicture): void {
    const { execution, cellId, source } = this.#beginControl();
    const controlId = this.#freeId(source, ++this.#count.controls, cellId);
    const viewFrom: ShownPicture["viewFrom"] = (start) => ({ ...picture.viewFrom(start), controlId });
    const displayId = this.#options.display(this.#options.outputOf(viewFrom(null)));
    this.#pictures.set(controlId, { execution, cellId, displayId, viewFrom });
    if (displayId !== null)
      this.#options.send({ kind: "controlShown", execution, controlId, place: null, isPicture: true });
  }

  #beginControl(): ReturnType<KernelControlsOptions["cell"]> {
    const cell = this.#options.cell();
    if (this.#count.execution !== cell.execution)
      this.#count = { execution: cell.execution, controls: 0, labels: new Map() };
    return cell;
  }

  /** A reader moved it. Its variable gets the value here, or else its cell runs again and asks for it. */
  set({ controlId, value, name }: Extract<ToWorker, { readonly kind: "setControl" }>): void {
    const picture = this.#pictures.get(controlId);
    if (picture !== undefined) this.#moveStart(picture, value);
    const shown = this.#byId.get(controlId);
    if (shown === undefined) return;
    shown.control = withValue(shown.control, value);
    if (name === null || shown.displayId === null) return;
    Reflect.set(globalThis, name, shown.read(shown.control));
    const { execution, displayId, label, control } = shown;
    const output = this.#options.outputOf({ kind: "control", version: 1, controlId, label, control });
    this.#options.send({ kind: "displayUpdated", execution, displayId, output });
  }

  #moveStart({ execution, displayId, viewFrom }: ShownPicture, value: ControlValue): void {
    if (displayId === null || !isPlace(value)) return;
    const output = this.#options.outputOf(viewFrom(value));
    this.#options.send({ kind: "displayUpdated", execution, displayId, output });
  }

  /** Two cells with the same text must not share a control. */
  #freeId(source: string, ordinal: number, cellId: string): string {
    const id = controlIdOf(source, ordinal);
    for (let copy = 1; ; copy++) {
      const candidate = copy === 1 ? id : `${id}-${copy}`;
      const { cellId: owner = cellId } = this.#byId.get(candidate) ?? this.#pictures.get(candidate) ?? {};
      if (owner === cellId) return candidate;
    }
  }
}

function isPlace(value: ControlValue): value is readonly [number, number] {
  return typeof value === "object" && value.length === 2 && value.every(Number.isFinite);
}
