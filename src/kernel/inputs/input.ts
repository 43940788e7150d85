// `input`: controls to play with the values of a notebook. Each call shows one and returns how it stands.

import { checkedFlag, checkedNumber, checkOptions, describeValue } from "../../engine/errors.ts";
import { input as graphInput, ValueError } from "../../engine/index.ts";
import { withKnownMembers } from "../../engine/members.ts";
import { mostPositions, positionCount } from "../../shared/controlValues.ts";
import type { SliderControl } from "../../shared/views.ts";
import { inputHost } from "./inputHost.ts";

/** Options of `input.slider`. */
export interface SliderOptions {
  /** The smallest value; 0 by default, and for `scale: "log"` a thousandth of `max`. */
  readonly min?: number;
  /** The largest value; 1 by default. */
  readonly max?: number;
  /** The distance between two positions; by default about a hundredth of the way, as a round number. */
  readonly step?: number;
  /** Where it stands at first; the middle by default. */
  readonly value?: number;
  /** "log": each position is the same factor larger than the one before, as suits learning rates. */
  readonly scale?: "linear" | "log";
}

/** Options of `input.select`. */
export interface SelectOptions<Choice> {
  /** What is chosen at first; the first option by default. */
  readonly value?: Choice;
}

/** Options of `input.checkbox`. */
export interface CheckboxOptions {
  /** Whether it is checked at first; `false` by default. */
  readonly value?: boolean;
}

const inputs = {
  /**
   * A slider for a number. Moving it runs the cells again that use its value; a training that still runs with the
   * earlier value is stopped first.
   *
   * @throws ValueError for an empty or endless range, or a value outside of it.
   * @example const rate = input.slider("learning rate", { min: 0.001, max: 1, scale: "log", value: 0.1 });
   */
  slider(label: string, options: SliderOptions = {}): number {
    const op = "input.slider";
    const asked = checkedLabel(op, label);
    checkOptions(op, options, ["min", "max", "step", "value", "scale"]);
    return inputHost().show(asked, sliderOf(op, options), (control) => (control.kind === "slider" ? control.value : 0));
  },

  /**
   * A menu: one of several texts, numbers or flags.
   *
   * @throws ValueError for no options, or a value that is none of them.
   * @example const activation = input.select("activation", ["sigmoid", "tanh", "relu"]);
   */
  select<const Choice extends string | number | boolean>(
    label: string,
    choices: readonly Choice[],
    options: SelectOptions<Choice> = {},
  ): Choice {
    const op = "input.select";
    const asked = checkedLabel(op, label);
    if (!Array.isArray(choices) || choices.length === 0)
      throw new ValueError({
        op,
        expected: "a list of what to choose from",
        got: describeValue(choices),
        hint: 'Such as input.select("activation", ["tanh", "relu"]).',
      });
    checkOptions(op, options, ["value"]);
    const list: readonly Choice[] = choices;
    const chosen = options.value === undefined ? 0 : list.indexOf(options.value);
    if (chosen === -1)
      throw new ValueError({ op, expected: `value as one of ${list.join(", ")}`, got: describeValue(options.value) });
    return inputHost().show(asked, { kind: "select", options: list.map(String), chosen }, (control) => {
      // `chosen` stays inside the list: `withValue` sees to it.
      return list[control.kind === "select" ? control.chosen : chosen] as Choice;
    });
  },

  /**
   * A checkbox.
   *
   * @example const normalize = input.checkbox("batch normalization", { value: true });
   */
  checkbox(label: string, options: CheckboxOptions = {}): boolean {
    const op = "input.checkbox";
    const asked = checkedLabel(op, label);
    checkOptions(op, options, ["value"]);
    const { value = false } = options;
    const checked = checkedFlag(op, "value", value);
    return inputHost().show(
      asked,
      { kind: "checkbox", checked },
      (control) => control.kind === "checkbox" && control.checked,
    );
  },

  /**
   * A button. Returns how often it was pressed: 0 at first. A press runs the cells again that use this number, and
   * where nothing uses it, the button's own cell.
   *
   * @example const seed = input.button("Other points");
   */
  button(label: string): number {
    const asked = checkedLabel("input.button", label);
    return inputHost().show(asked, { kind: "button", presses: 0 }, (control) =>
      control.kind === "button" ? control.presses : 0,
    );
  },
} as const;

/**
 * `input(4)` starts a graph of layers. `input.slider(…)`, `select`, `checkbox` and `button` show controls for what-if questions:
 * moving one runs the cells again that use it.
 */
export const input: typeof graphInput & typeof inputs = withKnownMembers(
  "control",
  Object.assign((...given: Parameters<typeof graphInput>) => graphInput(...given), inputs),
);

function checkedLabel(op: string, label: unknown): string {
  if (typeof label === "string" && label.trim() !== "") return label;
  throw new ValueError({
    op,
    expected: "a label, which says what it changes",
    got: describeValue(label),
    hint: `Such as ${op}("learning rate", …).`,
  });
}

function sliderOf(op: string, options: SliderOptions): SliderControl {
  const { scale = "linear" } = options;
  if (scale !== "linear" && scale !== "log")
    throw new ValueError({ op, expected: 'scale as "linear" or "log"', got: describeValue(scale) });
  const { max: end = 1 } = options;
  const max = checkedNumber(op, "max", end);
  const { min: start = scale === "log" ? max / 1000 : 0 } = options;
  const min = checkedNumber(op, "min", start);
  if (min >= max) throw new ValueError({ op, expected: "min below max", got: `min ${min} and max ${max}` });
  if (scale === "log" && min <= 0)
    throw new ValueError({ op, expected: 'min above 0 with scale: "log"', got: String(min) });
  if (scale === "log" && options.step !== undefined)
    throw new ValueError({ op, expected: 'no step with scale: "log"', got: describeValue(options.step) });
  const { step: given = roundStep(max - min) } = options;
  const step = scale === "log" ? null : checkedNumber(op, "step", given);
  if (step !== null && (step <= 0 || positionCount({ min, max, step }) > mostPositions))
    throw new ValueError({
      op,
      expected: `a step above 0 that makes at most ${mostPositions} positions`,
      got: String(step),
    });
  const middle = scale === "log" ? Number(Math.sqrt(min * max).toPrecision(3)) : (min + max) / 2;
  const { value: first = middle } = options;
  const value = checkedNumber(op, "value", first);
  if (value < min || value > max)
    throw new ValueError({ op, expected: `value from ${min} to ${max}`, got: String(value) });
  return { kind: "slider", min, max, step, value };
}

/** About a hundredth of a range: 1, 2 or 5 times a power of ten. */
function roundStep(range: number): number {
  const power = 10 ** Math.floor(Math.log10(range / 100));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= (range / 100) * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(12));
}
