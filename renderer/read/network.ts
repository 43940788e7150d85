// Reads a network view.

import type { NetworkNode, NetworkView, UnitColumn, UnitHistory } from "../../src/shared/views.ts";
import { counts, layerInfoReaders, numbers, sentence } from "./common.ts";
import { gradientsRun } from "./gradients.ts";
import {
  count,
  fields,
  list,
  literal,
  Mismatch,
  nullable,
  optional,
  type Reader,
  text,
  viewNumber,
} from "./readJson.ts";

const networkFields = fields<NetworkView>({
  kind: literal("network"),
  version: literal(1),
  sentence,
  name: text,
  totalParameters: count,
  nodes: list(fields<NetworkNode>({ ...layerInfoReaders, takes: counts }), 1_000),
  loss: nullable(fields<NonNullable<NetworkView["loss"]>>({ name: text, value: viewNumber })),
  run: nullable(gradientsRun),
  units: nullable(
    list(
      fields<UnitColumn>({
        name: text,
        activation: nullable(text),
        units: count,
        biases: numbers,
        weights: list(numbers, 400),
      }),
      100,
    ),
  ),
  unitHistory: optional(fields<UnitHistory>({ steps: counts, numbers: list(numbers, 1_000) })),
});

export const network: Reader<NetworkView> = (value, path) => {
  const view = networkFields(value, path);
  view.nodes.forEach(({ takes }, place) => {
    // Everything comes after what it takes, so that no layout can run in a circle.
    if (takes.some((taken) => taken >= place))
      throw new Mismatch(`nodes[${place}].takes`, `places before ${place}`, takes);
  });
  view.units?.forEach(({ units, weights, biases }, at) => {
    const before = at === 0 ? 0 : (view.units?.[at - 1]?.units ?? 0);
    if (units > 400) throw new Mismatch(`units[${at}].units`, "a count of at most 400", units);
    if (weights.length !== before || weights.some((row) => row.length !== units))
      throw new Mismatch(`units[${at}].weights`, `${before} lists of ${units}`, weights);
    if (biases.length !== 0 && biases.length !== units)
      throw new Mismatch(`units[${at}].biases`, `a list of ${units}, or an empty one`, biases);
  });
  checkHistory(view);
  return view;
};

/** A number for each weight and bias, at each step. */
function checkHistory({ units, unitHistory }: NetworkView): void {
  if (unitHistory === undefined) return;
  const { steps, numbers: states } = unitHistory;
  const size = (units ?? []).reduce(
    (sum, column) => sum + column.weights.length * column.units + column.biases.length,
    0,
  );
  if (states.length !== steps.length || states.some((state) => state.length !== size))
    throw new Mismatch("unitHistory.numbers", `a list of ${size} for each step`, states);
}
