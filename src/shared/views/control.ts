// A control that a cell shows to play with a value: a slider, a menu, a checkbox or a button.

export interface ControlView {
  readonly kind: "control";
  readonly version: 1;
  /** Names the control for messages. The same cell gives the same id. */
  readonly controlId: string;
  readonly label: string;
  readonly control: Control;
}

/** What kind of control it is, and how it stands. */
export type Control = SliderControl | SelectControl | CheckboxControl | ButtonControl;

export interface SliderControl {
  readonly kind: "slider";
  readonly min: number;
  readonly max: number;
  /** The distance between two positions; `null` for a slider whose positions grow by the same factor each. */
  readonly step: number | null;
  readonly value: number;
}

export interface SelectControl {
  readonly kind: "select";
  readonly options: readonly string[];
  /** Index into `options`. */
  readonly chosen: number;
}

export interface CheckboxControl {
  readonly kind: "checkbox";
  readonly checked: boolean;
}

export interface ButtonControl {
  readonly kind: "button";
  /** How often it was pressed. */
  readonly presses: number;
}
