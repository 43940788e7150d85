// The lines of a step and of a weight: symbols, numbers, result, and the finite difference beside it.

import { digitsOf } from "../../src/shared/formulaText.ts";
import { digitsBeside, formatNumber } from "../../src/shared/numbers.ts";
import type {
  BackpropLine,
  BackpropView,
  BackpropWeight,
  FiniteDifference,
  Formula,
  FormulaPart,
} from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { icon } from "../icons.ts";
import type { ViewHost } from "../viewHost.ts";
import { backpropWords } from "../words/backpropWords.ts";
import { factorNode, signNode } from "./factors.ts";
import { formulaNodes, raisedNodes } from "./formulaNodes.ts";

export function lineNodes(host: ViewHost, lines: readonly BackpropLine[]): readonly HTMLElement[] {
  return lines.map(({ symbols, numbers, result, digits, check }) =>
    element(
      "p",
      { class: "backLine" },
      ...formulaNodes(symbols, host.locale),
      ...(numbers.length === 0
        ? []
        : [" = ", element("span", { class: "muted" }, ...formulaNodes(numbers, host.locale))]),
      // A list of numbers is its own result.
      ...(result === null && numbers.length > 0
        ? []
        : [
            " ",
            element(
              "b",
              {},
              "= ",
              ...raisedNodes(formatNumber(result, { locale: host.locale, ...digitsOf({ digits }) })),
            ),
          ]),
      check === null ? null : checkNode(host, check),
    ),
  );
}

export function checkNode(host: ViewHost, { value, agrees }: FiniteDifference): HTMLElement {
  const words = { value: { kind: "number", value } } as const;
  return element(
    "span",
    { class: "backCheck" },
    icon(agrees ? "good" : "warning", host.wordIn(backpropWords, agrees ? "agrees" : "differs")),
    host.wordIn(backpropWords, "finiteDifference", words),
  );
}

/** The mean of the batch, example by example. */
function meanNodes(host: ViewHost, { exampleGradients, batchGradient }: BackpropWeight): readonly HTMLElement[] {
  if (exampleGradients.length === 0) return [];
  const summands = exampleGradients.flatMap((value, index): readonly FormulaPart[] => {
    const plus: readonly FormulaPart[] = index === 0 ? [] : [{ kind: "text", text: " + " }];
    const number = { kind: "number", value } as const;
    if (index === 0 || !(Number(value) < 0)) return [...plus, number];
    return [...plus, { kind: "text", text: "(" }, number, { kind: "text", text: ")" }];
  });
  const symbols: Formula = [
    { kind: "symbol", base: "g", sub: "", sup: "", partial: false },
    { kind: "text", text: " = (" },
    ...summands,
    { kind: "text", text: `) / ${exampleGradients.length}` },
  ];
  return lineNodes(host, [{ symbols, numbers: [], result: batchGradient, check: null }]);
}

/** dL/dw as a product with its numbers below, and the update. */
export function weightNodes(
  host: ViewHost,
  view: BackpropView,
  weight: BackpropWeight,
  isKnown: boolean,
): readonly HTMLElement[] {
  const word = (id: keyof typeof backpropWords.en & string, args: Parameters<typeof host.wordIn>[2] = {}) =>
    host.wordIn(backpropWords, id, args);
  const number = (value: BackpropWeight["value"]) => formatNumber(value, { locale: host.locale });
  // With as many digits as tell the two apart.
  const beside = (value: BackpropWeight["value"]) => {
    const [from, to] = [Number(weight.value), Number(update?.after)];
    return formatNumber(value, { locale: host.locale, ...digitsOf({ digits: digitsBeside(to, to - from) }) });
  };
  const { symbol, factors, gradient, check, batchGradient, update } = weight;
  const partial = symbol.kind === "symbol" ? { ...symbol, partial: true } : symbol;
  const product = factors.flatMap((factor, index) => [
    signNode(index === 0 ? "=" : "·"),
    factorNode(formulaNodes(factor.symbols, host.locale), isKnown ? number(factor.value) : "–"),
  ]);
  const size = { kind: "count", value: view.batch.size } as const;
  const gradientPart = element(
    "div",
    {},
    element("p", { class: "backTitle" }, word("gradientOf")),
    element(
      "div",
      { class: "factors" },
      factorNode(formulaNodes([partial], host.locale), isKnown ? number(gradient) : "–"),
      ...product,
    ),
    isKnown
      ? element("p", { class: "small" }, checkNode(host, check))
      : element("p", { class: "small muted" }, word("notYet")),
    isKnown
      ? element(
          "p",
          { class: "small muted" },
          view.batch.size === 1 ? word("batchAlone") : word("batchMean", { size, value: number(batchGradient) }),
        )
      : null,
    ...(isKnown ? meanNodes(host, weight) : []),
  );
  if (!isKnown) return [gradientPart];
  if (update === null || view.optimizer === null)
    return [gradientPart, element("p", { class: "small muted" }, word("frozen"))];
  const step = { kind: "count", value: view.optimizer.step } as const;
  const memory = update.memory.map(({ name, before, after }) =>
    element("p", { class: "small" }, word("memory", { name, before: number(before), after: number(after) })),
  );
  const updatePart = element(
    "div",
    {},
    element("p", { class: "backTitle" }, word("updateOf", { optimizer: view.optimizer.name, step })),
    ...(update.lines.length > 0
      ? [...lineNodes(host, update.lines), element("p", { class: "small muted" }, word("g"))]
      : [
          element("p", { class: "small muted" }, word("noRule")),
          ...memory,
          element(
            "p",
            { class: "backLine" },
            ...formulaNodes([symbol], host.locale),
            ": ",
            element("b", {}, word("newValue", { before: beside(weight.value), after: beside(update.after) })),
          ),
        ]),
  );
  return [gradientPart, updatePart];
}
