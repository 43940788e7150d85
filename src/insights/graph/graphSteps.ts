// The steps of an expression, forward and backward, in symbols and in numbers.

import type { Expression } from "../../engine/expression.ts";
import { toViewNumber } from "../../shared/json.ts";
import type {
  BackpropLine,
  BackpropStep,
  FiniteDifference,
  Formula,
  FormulaPart,
  GraphEdge,
} from "../../shared/views.ts";
import { bracketed, joined, partial, text, value } from "../backprop/formulas.ts";
import { fineLine, line } from "../backprop/stepParts.ts";
import { say } from "../parts/say.ts";
import type { CalledValue } from "./expressionLetters.ts";
import { handDerivative, operationFormula, operationLabel, type WrittenOperation } from "./operations.ts";

/** All that the steps tell of. Lists have one entry a value. */
export interface Explained {
  readonly expression: Expression;
  readonly called: readonly CalledValue[];
  readonly checks: readonly (readonly FiniteDifference[])[];
  readonly isDifferentiated: boolean;
}

const nodeId = (place: number) => `n.${place + 1}`;

/** So many numbers of a list are written out in a line. */
const listedNumbers = 6;

/** One for each operation and input, in the order of the values. */
export function edgesOf(all: Explained): readonly GraphEdge[] {
  return all.expression.values.flatMap(({ inputs, partials }, to) =>
    inputs.map((from, at): GraphEdge => {
      const found = all.isDifferentiated ? (partials[at] ?? null) : null;
      return { from, to, local: found === null ? null : localLine(all, { to, from, at, found }) };
    }),
  );
}

/** "∂v₂/∂w = x = 3". */
function localLine(
  all: Explained,
  { to, from, at, found }: { readonly to: number; readonly from: number; readonly at: number; readonly found: number },
): BackpropLine {
  const head: Formula = [text("∂"), letter(all, to), text("/∂"), letter(all, from)];
  const operation = writtenOperation(all, to);
  const hand = operation === null ? null : handDerivative(operation, at);
  // What was derived by hand is shown only where it is what the engine found.
  const isSame = hand !== null && Math.abs(hand.result - found) <= 1e-5 + 1e-4 * Math.abs(found);
  if (!isSame || hand.symbols.length === 0) return line(head, [], found);
  return line([...head, text(" = "), ...hand.symbols], hand.numbers, found);
}

function letter({ called }: Explained, place: number): FormulaPart {
  return called[place]?.symbol ?? text("?");
}

function writtenOperation(all: Explained, place: number): WrittenOperation | null {
  const { values } = all.expression;
  const own = values[place];
  if (own === undefined || own.operation === null) return null;
  const numberOf = (at: number) => {
    const tensor = values[at]?.tensor;
    return tensor?.size === 1 ? tensor.item() : Number.NaN;
  };
  return {
    ...own.operation,
    inputs: own.inputs.map((input) => letter(all, input)),
    inputValues: own.inputs.map(numberOf),
    output: letter(all, place),
    outputValue: numberOf(place),
  };
}

export function graphSteps(all: Explained, edges: readonly GraphEdge[]): readonly BackpropStep[] {
  const { values } = all.expression;
  const given = values.flatMap(({ operation }, place) => (operation === null ? [place] : []));
  const named = given.filter((place) => all.called[place]?.symbol.kind === "symbol");
  const start: BackpropStep = {
    phase: "forward",
    title: say("graphGiven"),
    lines: named.map((place) => valueLine(all, place, [])),
    sets: given.map(nodeId),
    uses: [],
  };
  const forward = values.flatMap(({ operation, inputs }, place): BackpropStep[] => {
    if (operation === null) return [];
    const written = writtenOperation(all, place);
    const title = say("graphOperation", { operation: operationLabel(operation.name, operation.attributes) });
    return [
      {
        phase: place === values.length - 1 ? "loss" : "forward",
        title,
        lines:
          written === null
            ? []
            : [valueLine(all, place, operationFormula(written, "letters"), operationFormula(written, "numbers"))],
        sets: [nodeId(place)],
        uses: inputs.map(nodeId),
      },
    ];
  });
  if (!all.isDifferentiated) return [start, ...forward];
  const last = values.length - 1;
  const seed: BackpropStep = {
    phase: "backward",
    title: say("graphSeed"),
    lines: [line([partial(letter(all, last))], [], 1)],
    sets: [`d${nodeId(last)}`],
    uses: [nodeId(last)],
  };
  const backward = values
    .map((_, place) => place)
    .filter((place) => place !== last && values[place]?.gradient !== null)
    .reverse()
    .map((place) => backStep(all, edges, place));
  return [start, ...forward, seed, ...backward];
}

/** "v₁ = x·w = 2·3 = 6"; of a list of numbers the numbers themselves. */
function valueLine(all: Explained, place: number, symbols: Formula, numbers: Formula = []): BackpropLine {
  const tensor = all.expression.values[place]?.tensor;
  const head: Formula = symbols.length === 0 ? [letter(all, place)] : [letter(all, place), text(" = "), ...symbols];
  if (tensor?.size === 1) return line(head, numbers, tensor.item());
  return { symbols: head, numbers: listed(tensor?.data ?? [], tensor?.shape ?? []), result: null, check: null };
}

/** "[1, 2, 3]", of a matrix "[[1, 2], [3, 4]]"; the first few of many. */
function listed(numbers: ArrayLike<number>, shape: readonly number[]): Formula {
  const sizes = shape.map((_, axis) => shape.slice(axis).reduce((product, size) => product * size, 1));
  /** How many lists begin with the number at a place, or end with the one before it. */
  const edges = (at: number) => sizes.filter((size) => at % size === 0).length;
  const count = Math.min(listedNumbers, numbers.length);
  const written = Array.from({ length: count }, (_, at): Formula => {
    const [opened, closed] = ["[".repeat(edges(at)), "]".repeat(edges(at + 1))];
    return [text(`${at === 0 ? "" : ", "}${opened}`), value(numbers[at] ?? null), text(closed)];
  });
  const open = sizes.length - edges(count);
  return [...written.flat(), text(count < numbers.length ? `, …${"]".repeat(open)}` : "")].filter(
    (part) => part.kind !== "text" || part.text !== "",
  );
}

/** The gradient of a value: the sum over all that was made of it, each its own gradient times the derivative between. */
function backStep(all: Explained, edges: readonly GraphEdge[], place: number): BackpropStep {
  const { values } = all.expression;
  const own = letter(all, place);
  const leaving = edges.filter(({ from, to }) => from === place && values[to]?.gradient !== null);
  const gradient = values[place]?.gradient ?? [];
  const isSingle = gradient.length === 1 && leaving.every(({ local }) => local !== null);
  const products = leaving.map(
    ({ to }): Formula => [partial(letter(all, to)), text("·∂"), letter(all, to), text("/∂"), own],
  );
  const numbers = leaving.map(
    ({ to, local }): Formula => [
      ...bracketed(values[to]?.gradient?.[0] ?? Number.NaN),
      text("·"),
      ...bracketed(Number(local?.result)),
    ],
  );
  const symbols: Formula = [partial(own), text(" = "), ...joined(products, " + ")];
  const check = gradient.length === 1 ? (all.checks[place]?.[0] ?? null) : null;
  const [only] = leaving;
  // Next to the result the derivative on the line is the gradient already.
  const isNext = leaving.length === 1 && only?.to === values.length - 1;
  const lines =
    isSingle && isNext
      ? leaving.flatMap(({ local }) => (local === null ? [] : [{ ...local, check }]))
      : isSingle
        ? [
            ...leaving.flatMap(({ local }) => (local === null ? [] : [local])),
            { ...fineLine(symbols, joined(numbers, " + "), gradient[0] ?? Number.NaN, undefined), check },
          ]
        : gradient.length === 1
          ? [{ symbols, numbers: [], result: toViewNumber(gradient[0]), check }]
          : [{ symbols, numbers: listed(gradient, values[place]?.tensor.shape ?? []), result: null, check: null }];
  return {
    phase: "backward",
    title: say("graphBack", { value: plainName(own) }),
    lines,
    sets: [`d${nodeId(place)}`],
    uses: leaving.flatMap(({ to }) => [`d${nodeId(to)}`]),
  };
}

const subscripts = "₀₁₂₃₄₅₆₇₈₉";

/** A letter in a title, where no formula stands. */
function plainName(part: FormulaPart): string {
  if (part.kind !== "symbol") return part.kind === "text" ? part.text : String(part.value);
  return `${part.base}${part.sub.replace(/\d/g, (digit) => subscripts.charAt(Number(digit)))}`;
}
