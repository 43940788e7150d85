// The graph view: how one number was computed, value by value, the derivatives of each step, and the gradients that follow.

import { checkOptions, describeValue, ValueError } from "../../engine/errors.ts";
import { type Expression, type ExpressionValue, readExpression } from "../../engine/expression.ts";
import { isRecord } from "../../engine/plainObjects.ts";
import { Tensor } from "../../engine/tensor.ts";
import { formulaText } from "../../shared/formulaText.ts";
import { toViewNumber, type ViewNumber } from "../../shared/json.ts";
import type { FiniteDifference, Formula, GraphEdge, GraphNode, GraphView, Sentence } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { text } from "../backprop/formulas.ts";
import { count, number, say } from "../parts/say.ts";
import { type CalledValue, expressionLetters, type TensorNames } from "./expressionLetters.ts";
import { type Explained, edgesOf, graphSteps } from "./graphSteps.ts";
import { operationFormula, operationLabel } from "./operations.ts";
import { readWays } from "./ways.ts";

/** Options of `show.graph`. */
export interface GraphOptions {
  /** What tensors are called: `{ w, x }`. Tensors in variables of cells have their names by themselves. */
  readonly names?: TensorNames;
}

/** More values than this cannot be followed by eye. */
const mostGraphValues = 60;
/** Of a list of numbers so many are shown. */
const shownNumbers = 16;

/**
 * `known` are names of tensors that are known beside those in `options`.
 *
 * @throws ShapeError for more than one number; ValueError where it depends on nothing that requires a gradient, or has too many
 *   values.
 */
export function graphView(result: unknown, options: GraphOptions = {}, known: TensorNames = {}): GraphView {
  checkOptions("show.graph", options, ["names"]);
  if (!(result instanceof Tensor))
    throw new ValueError({
      op: "show.graph",
      expected: "a tensor of one number",
      got: describeValue(result),
      hint: "Give the loss itself, for example show.graph(w.mul(x).sub(y).square()); for a model show.backprop.",
    });
  const expression = readExpression("show.graph", result, mostGraphValues);
  const { values } = expression;
  const called = expressionLetters(
    values.map(({ tensor, operation, gradient }) => ({
      tensor,
      isComputed: operation !== null,
      isConstant: gradient === null,
    })),
    { ...known, ...checkedNames(options.names) },
  );
  const isDifferentiated = values.some(
    ({ tensor, gradient }) => gradient !== null && tensor.requiresGrad && tensor.grad !== null,
  );
  // A difference across a pole, or of what overflowed, would be a number that tells nothing.
  const isCheckable = isDifferentiated && values.every(({ tensor }) => tensor.data.every(Number.isFinite));
  const checks = isCheckable ? values.map((_, place) => finiteDifferences(expression, place)) : values.map(() => []);
  const all: Explained = { expression, called, checks, isDifferentiated };
  const edges = edgesOf(all);
  return {
    kind: "graph",
    version: 1,
    sentence: sentenceOf(all),
    nodes: values.map((value, place) => nodeOf(all, value, { called: called[place], place, edges })),
    edges,
    steps: graphSteps(all, edges),
    isDifferentiated,
  };
}

function checkedNames(names: unknown = {}): TensorNames {
  const isNames = isRecord(names) && Object.values(names).every((each) => each instanceof Tensor);
  if (isNames) return names as TensorNames;
  throw new ValueError({
    op: "show.graph",
    expected: "names as an object of tensors",
    got: describeValue(names),
    hint: "For example { names: { w, x } }.",
  });
}

function nodeOf(
  { expression, checks, isDifferentiated }: Explained,
  { tensor, operation, gradient }: ExpressionValue,
  {
    called,
    place,
    edges,
  }: { readonly called: CalledValue | undefined; readonly place: number; readonly edges: readonly GraphEdge[] },
): GraphNode {
  const isResult = place === expression.values.length - 1;
  const found = isDifferentiated ? gradient : null;
  const ways =
    found === null || isResult ? { ways: [], wayCount: 0 } : readWays(edges, place, expression.values.length - 1);
  return {
    role: isResult ? "result" : operation !== null ? "computed" : gradient === null ? "constant" : "given",
    symbol: called?.symbol ?? { kind: "text", text: "?" },
    name: called?.name ?? null,
    operation: operation === null ? null : operationLabel(operation.name, operation.attributes),
    shape: [...tensor.shape],
    size: tensor.size,
    values: shown(tensor.data),
    gradients: found === null ? [] : shown(found),
    checks: checks[place] ?? [],
    kept: found === null ? null : keptOf(tensor, found),
    ...ways,
  };
}

function shown(numbers: ArrayLike<number>): readonly ViewNumber[] {
  return Array.from({ length: Math.min(shownNumbers, numbers.length) }, (_, at) => toViewNumber(numbers[at]));
}

/** `grad` sums over calls of `backward`, and over other results that were differentiated. */
function keptOf(tensor: Tensor, gradient: ArrayLike<number>): readonly ViewNumber[] | null {
  const kept = tensor.grad;
  if (kept === null) return null;
  const isSame = Array.from(kept.data).every(
    (value, at) => Object.is(value, gradient[at]) || Math.abs(value - (gradient[at] ?? 0)) <= 1e-6 * Math.abs(value),
  );
  return isSame ? null : shown(kept.data);
}

/** As a share of a number: differences of this length, in double precision, are off by less than a millionth of the gradient. */
const relativeStep = 1e-3;
/** A number nearer to 0 is moved as if it were this far from it: shorter steps would leave no digits. */
const leastSize = 0.1;

/**
 * (8(L₊ₕ − L₋ₕ) − (L₊₂ₕ − L₋₂ₕ)) / 12h in double precision, whose error shrinks with h⁴. None where the result comes out otherwise
 * when it is computed again.
 */
function finiteDifferences({ values, isRepeatable, precise }: Expression, place: number): readonly FiniteDifference[] {
  const value = values[place];
  if (value === undefined || value.gradient === null || !isRepeatable || place === values.length - 1) return [];
  const numbers = Array.from(value.tensor.data);
  const result = precise.resultWith(place, numbers);
  const differenceAt = (at: number, step: number) => {
    const moved = (by: number) =>
      precise.resultWith(
        place,
        numbers.map((each, index) => (index === at ? each + by : each)),
      );
    return (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
  };
  return numbers.slice(0, shownNumbers).map((number, at) => {
    const [usual, near] = [Math.max(leastSize, Math.abs(number)), Math.abs(number)].map((size) => relativeStep * size);
    const whole = differenceAt(at, usual ?? relativeStep);
    // A usual step may leave where a function is defined: the logarithm of a small number.
    const [difference, step] =
      Number.isFinite(whole) || !near ? [whole, usual ?? relativeStep] : [differenceAt(at, near), near];
    const gradient = value.gradient?.[at] ?? Number.NaN;
    // The last digits of the results are lost in their difference.
    const lost = (1e-14 * Math.abs(result)) / step;
    const room = 1e-3 * Math.abs(gradient) + (precise.rooms[place]?.[at] ?? 0) + lost;
    return { value: toViewNumber(difference, 4), agrees: Math.abs(difference - gradient) <= room };
  });
}

/** The first value that is NaN or infinite, as "v₁ = exp(x)". */
function notFinite({ expression, called }: Explained): Message | null {
  for (const [place, { tensor, operation, inputs }] of expression.values.entries()) {
    const odd = tensor.data.find((each) => !Number.isFinite(each));
    const symbol = called[place]?.symbol;
    if (odd === undefined || symbol === undefined) continue;
    const letters = inputs.flatMap((input) => called[input]?.symbol ?? []);
    const written = { inputs: letters, inputValues: [], output: symbol, outputValue: odd };
    const made: Formula =
      operation === null ? [] : [text(" = "), ...operationFormula({ ...operation, ...written }, "letters")];
    return say("graphNotFinite", { value: formulaText([symbol, ...made], "en"), number: number(odd) });
  }
  return null;
}

function sentenceOf(all: Explained): Sentence {
  const { expression, checks, isDifferentiated } = all;
  const { values } = expression;
  const args = {
    result: number(values.at(-1)?.tensor.item() ?? null),
    values: count(values.length),
    steps: count(values.filter(({ operation }) => operation !== null).length),
  };
  const odd = notFinite(all);
  if (!isDifferentiated)
    return {
      tone: odd === null ? "info" : "error",
      messages: [say("graphForward", args), ...(odd === null ? [] : [odd]), say("graphNotYet")],
    };
  const tried = checks.flat();
  const agreeing = tried.filter(({ agrees }) => agrees).length;
  const kept = values.some(
    ({ tensor, gradient }) => gradient !== null && tensor.requiresGrad && keptOf(tensor, gradient) !== null,
  );
  const checked =
    odd !== null
      ? [odd]
      : tried.length === 0
        ? []
        : [
            agreeing === tried.length
              ? say("graphChecked", { count: count(tried.length) })
              : say("graphKinks", { agreeing: count(agreeing), count: count(tried.length) }),
          ];
  return {
    tone: odd !== null ? "error" : kept ? "warning" : agreeing === tried.length ? "good" : "info",
    messages: [say("graphForward", args), ...checked, ...(kept ? [say("graphKept")] : [])],
  };
}
