// The values a control can take: the kernel gives them to cells, the renderer offers them, and both must come to the same.

import type { Control, SliderControl } from "./views.ts";

/**
 * How a control stands, as one value: a slider's number, the index in a menu, whether it is checked, how often it was pressed; of a
 * surface where its paths begin.
 */
export type ControlValue = number | boolean | readonly [x: number, y: number];

/** How many positions a slider of equal factors has, its ends included: 1 % of the way each. */
const factorPositions = 101;
/** What is more cannot be told apart on a screen, and an arrow key would hardly move it. */
export const mostPositions = 10_001;

/** How many positions a slider has. */
export function positionCount({ min, max, step }: Pick<SliderControl, "min" | "max" | "step">): number {
  return step === null ? factorPositions : Math.floor((max - min) / step + 1e-9) + 1;
}

/** The value at a position (from 0), without the noise of the last digits. */
export function valueAt(slider: Pick<SliderControl, "min" | "max" | "step">, position: number): number {
  const { min, max, step } = slider;
  const last = positionCount(slider) - 1;
  if (position <= 0) return min;
  if (step !== null) {
    const value = min + Math.min(position, last) * step;
    const noise = 1e-12 * Math.max(Math.abs(min), Math.abs(max));
    return Math.abs(value) < noise ? 0 : Number(value.toPrecision(12));
  }
  return position >= last ? max : Number((min * (max / min) ** (position / last)).toPrecision(3));
}

/** The position nearest to the slider's value. */
export function positionOf(slider: SliderControl): number {
  const { min, max, step, value } = slider;
  const last = positionCount(slider) - 1;
  const exact = step === null ? (last * Math.log(value / min)) / Math.log(max / min) : (value - min) / step;
  return Math.max(0, Math.min(last, Math.round(exact)));
}

/** How a control stands. */
export function controlValue(control: Control): ControlValue {
  switch (control.kind) {
    case "slider":
      return control.value;
    case "select":
      return control.chosen;
    case "checkbox":
      return control.checked;
    case "button":
      return control.presses;
  }
}

/** The same control standing otherwise; as it is where it cannot take the value. */
export function withValue(control: Control, value: ControlValue): Control {
  switch (control.kind) {
    case "slider":
      return isBetween(value, control.min, control.max) ? { ...control, value } : control;
    case "select":
      return isBetween(value, 0, control.options.length - 1) && Number.isInteger(value)
        ? { ...control, chosen: value }
        : control;
    case "checkbox":
      return typeof value === "boolean" ? { ...control, checked: value } : control;
    case "button":
      return isBetween(value, 0, Number.MAX_SAFE_INTEGER) ? { ...control, presses: value } : control;
  }
}

function isBetween(value: ControlValue, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max;
}
