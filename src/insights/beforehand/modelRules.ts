// What the engine knows of models before they run. Bundled as modelRules.cjs, which the language worker reads when it first
// needs it: the same code that trains says what the shapes are and what would be refused.

// Recipes are read by the names in these catalogues.
import "../../engine/activations/activations.ts";
import "../../engine/constraints/constraints.ts";
import { ShapeError, UnknownNameError, ValueError } from "../../engine/errors.ts";
import "../../engine/initializers/initializers.ts";
import { Floats } from "../../engine/intrinsics.ts";
import { Layer } from "../../engine/layers/layer.ts";
import "../../engine/layers/layers.ts";
import { Residual } from "../../engine/layers/merging/residual.ts";
import { Bidirectional } from "../../engine/layers/recurrent/bidirectional.ts";
import { input } from "../../engine/layers/symbolicTensor.ts";
import type { LayerPlan } from "../../engine/layers/weightPlan.ts";
import type { Loss } from "../../engine/losses/loss.ts";
import { resolveLoss } from "../../engine/losses/lossOption.ts";
import "../../engine/losses/losses.ts";
import { readRecipe } from "../../engine/recipes.ts";
import "../../engine/regularizers/regularizers.ts";
import { Tensor } from "../../engine/tensor.ts";
import { insteadOn } from "../../engine/training/model/insteadNames.ts";
import { outputNotes } from "../../engine/training/notes/outputNotes.ts";
import type { CodeValue, ExampleShape, ModelRules, PlannedLayer, Refusal } from "../../shared/modelRules.ts";
import { dataFacts } from "./dataFacts.ts";

export const modelRules: ModelRules = {
  planLayer(value, inputShapes) {
    const made = tried(() => readRecipe(value));
    if ("refusal" in made) return { kind: "refused", refusal: made.refusal };
    if (!(made.result instanceof Layer)) return { kind: "unknown" };
    return plan(made.result, inputShapes);
  },
  noteOutput({ activation, units, loss, areClasses }) {
    const resolved = loss === null ? null : lossOf(loss);
    return outputNotes({ activation: activation ?? "linear", units, loss: resolved, areClasses }).map(
      ({ kind }) => kind,
    );
  },
  refuseTargets(value, output, targets) {
    const loss = lossOf(value);
    if (loss === null) return null;
    // Shapes alone are looked at: what is refused for other reasons is nothing that code tells.
    const shape = [1, ...targets];
    const zeros = new Tensor(shape, new Floats(shape.reduce((size, each) => size * each, 1)));
    const judged = tried(() => loss.checkTargets(zeros, output));
    return "refusal" in judged && judged.refusal.kind === "shape" ? judged.refusal : null;
  },
  lossName: (value) => lossOf(value)?.name ?? null,
  dataFacts,
  insteadOf: (kind, name) => (Object.hasOwn(insteadOn[kind], name) ? (insteadOn[kind][name] ?? null) : null),
};

function plan(layer: Layer, inputShapes: readonly ExampleShape[] | null): PlannedLayer {
  const { type, activation, givenInputShape } = layer;
  const shapes = inputShapes ?? (givenInputShape === null ? null : [givenInputShape]);
  if (shapes === null) {
    // One feature: a dense layer gives its units whatever it takes.
    const alone = type === "dense" ? tried(() => layer.plan([1])) : null;
    const units = alone !== null && "result" in alone ? (alone.result.outputShape.at(-1) ?? null) : null;
    return { kind: "open", type, activation, units };
  }
  const planned = tried(() => (layer instanceof Residual ? planBlock(layer, shapes) : layer.planAll(shapes)));
  if ("refusal" in planned) return { kind: "refused", refusal: planned.refusal };
  const { outputShape, parameterCount: parameters } = planned.result;
  const inner = innerLayers(layer, shapes);
  return { kind: "planned", type, activation, inputShape: shapes[0] ?? [], outputShape, parameters, inner };
}

/** Both ways through a block meet in it: it is asked by leading an input of that shape through. The numbers are those of a projection of its own. */
function planBlock(block: Residual, [shape = []]: readonly ExampleShape[]): LayerPlan {
  const given = input(shape);
  const { shape: outputShape } = block.apply(given);
  if (outputShape === null) throw new RangeError("A block whose input is known has an output.");
  const own = ownProjection(block);
  const parameterCount = own === null ? 0 : own.planAll([shape, outputShape]).parameterCount;
  return { outputShape, parameterCount };
}

function innerLayers(layer: Layer, shapes: readonly ExampleShape[]): readonly PlannedLayer[] {
  if (layer instanceof Bidirectional) return [plan(layer.layer, shapes)];
  if (!(layer instanceof Residual)) return [];
  let way: readonly ExampleShape[] | null = shapes;
  const through = layer.innerLayers.map((part): PlannedLayer => {
    const planned: PlannedLayer = part instanceof Layer && way !== null ? plan(part, way) : { kind: "unknown" };
    way = planned.kind === "planned" ? [planned.outputShape] : null;
    return planned;
  });
  const { projection } = layer;
  return projection instanceof Layer && ownProjection(layer) === null
    ? [...through, plan(projection, shapes)]
    : through;
}

/** What `projection: true` makes. */
function ownProjection({ projection }: Residual): Layer | null {
  return projection instanceof Layer && projection.type === "projection" ? projection : null;
}

function lossOf(value: CodeValue): Loss | null {
  const resolved = tried(() => resolveLoss(readRecipe(value) as Parameters<typeof resolveLoss>[0]));
  return "result" in resolved ? resolved.result : null;
}

/** What a call gives, or why the engine refuses it. Anything else that goes wrong is a mistake of ours and is thrown on. */
function tried<Result>(call: () => Result): { readonly result: Result } | { readonly refusal: Refusal } {
  try {
    return { result: call() };
  } catch (error) {
    if (error instanceof ShapeError || error instanceof ValueError) {
      const { op, expected, got, hint, message } = error;
      return { refusal: { kind: error instanceof ShapeError ? "shape" : "value", op, expected, got, hint, message } };
    }
    if (!(error instanceof UnknownNameError)) throw error;
    const { what, unknown, suggestion, known, message } = error;
    return {
      refusal: {
        kind: "name",
        op: what,
        expected: suggestion ?? known.join(", "),
        got: `"${unknown}"`,
        hint: null,
        message,
      },
    };
  }
}
