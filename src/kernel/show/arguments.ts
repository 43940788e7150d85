// What the pictures take: a run, or a model, told apart from what is easily given in their place.

import { describeValue } from "../../engine/errors.ts";
import { ValueError } from "../../engine/index.ts";
import { Model } from "../../engine/training/model/model.ts";
import { Run } from "../../engine/training/run.ts";

/** The run that was given. @throws ValueError with what to write instead */
export function checkedRun(call: string, value: unknown): Run {
  if (value instanceof Run) return value;
  throw new ValueError({
    op: call,
    expected: "a run, as fit returns",
    got: describeValue(value),
    hint: runHint(value),
  });
}

/** The model that was given. @throws ValueError with what to write instead */
export function checkedModel(call: string, value: unknown): Model<unknown> {
  if (value instanceof Model) return value;
  const hint =
    value instanceof Run
      ? "A run knows its model: run.model."
      : "Make one with sequential([…]) or model({ inputs, outputs }).";
  throw new ValueError({ op: call, expected: "a model", got: describeValue(value), hint });
}

/** The model that was given with its newest run, or the run with its model. @throws ValueError with what to write instead */
export function checkedModelOrRun(
  call: string,
  value: unknown,
): { readonly model: Model<unknown>; readonly run: Run | null } {
  if (value instanceof Run) return { model: value.model, run: value };
  if (value instanceof Model) return { model: value, run: value.run };
  throw new ValueError({
    op: call,
    expected: "a model, or a run as fit returns",
    got: describeValue(value),
    hint:
      value instanceof Promise
        ? "Wait for the training: const run = await model.fit(…)."
        : "Make a model with sequential([…]) or model({ inputs, outputs }).",
  });
}

function runHint(value: unknown): string {
  if (value instanceof Promise) return "Wait for the training: const run = await model.fit(…).";
  if (value instanceof Model)
    return value.run === null ? "Train it first: const run = await model.fit(…)." : "Its newest run is model.run.";
  return "Give what a training returned: const run = await model.fit(…).";
}
