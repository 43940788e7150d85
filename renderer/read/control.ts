// Reads a control view.

import { positionCount } from "../../src/shared/controlValues.ts";
import type {
  ButtonControl,
  CheckboxControl,
  Control,
  ControlView,
  SelectControl,
  SliderControl,
} from "../../src/shared/views.ts";
import { count, fields, finite, flag, list, literal, Mismatch, nullable, type Reader, text } from "./readJson.ts";

const kinds = fields<Pick<Control, "kind">>({ kind: literal("slider", "select", "checkbox", "button") });

const slider: Reader<SliderControl> = (value, path) => {
  const read = fields<SliderControl>({
    kind: literal("slider"),
    min: finite,
    max: finite,
    step: nullable(finite),
    value: finite,
  })(value, path);
  const least = read.step === null ? Number.MIN_VALUE : -Infinity;
  if (read.min < least || read.max <= read.min)
    throw new Mismatch(`${path}.max`, read.step === null ? "more than a min above 0" : "more than min", read.max);
  if (read.step !== null && (read.step <= 0 || positionCount(read) > 100_000))
    throw new Mismatch(`${path}.step`, "a step above 0 that divides the range", read.step);
  return read;
};

const select: Reader<SelectControl> = (value, path) => {
  const read = fields<SelectControl>({ kind: literal("select"), options: list(text, 1_000), chosen: count })(
    value,
    path,
  );
  if (read.chosen >= read.options.length)
    throw new Mismatch(`${path}.chosen`, "the place of one of the options", read.chosen);
  return read;
};

const controls: { readonly [Kind in Control["kind"]]: Reader<Control> } = {
  slider,
  select,
  checkbox: fields<CheckboxControl>({ kind: literal("checkbox"), checked: flag }),
  button: fields<ButtonControl>({ kind: literal("button"), presses: count }),
};

export const control = fields<ControlView>({
  kind: literal("control"),
  version: literal(1),
  controlId: text,
  label: text,
  control: (value, path) => controls[kinds(value, path).kind](value, path),
});
