// The lines of a step and of a weight: symbols, numbers, result, and the finite difference beside it.

import { formatNumber } from "../../src/shared/numbers.ts";
import type { BackpropLine, BackpropView, BackpropWeight, FiniteDifference } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { icon } from "../icons.ts";
import type { ViewHost } from "../viewHost.ts";
import { backpropWords } from "../words/backpropWords.ts";
import { formulaNodes } from "./formulaNodes.ts";

export function lineNodes(host: ViewHost, lines: readonly BackpropLine[]): readonly HTMLElement[] {
  return lines.map(({ symbols, numbers, result, check }) =>
    element(
      "p",
      { class: "backLine" },
      ...formulaNodes(symbols, host.locale),
      ...(numbers.length === 0
        ? []
        : [" = ", element("span", { class: "muted" }, ...formulaNodes(numbers, host.locale))]),
      " ",
      element("b", {}, `= ${formatNumber(result, { locale: host.locale })}`),
      check === null ? null : checkNode(host, check),
    ),
  );
}

function checkNode(host: ViewHost, { value, agrees }: FiniteDifference): HTMLElement {
  const words = { value: { kind: "number", value } } as const;
  return element(
    "span",
    { class: "backCheck" },
    icon(agrees ? "good" : "warning", host.wordIn(backpropWords, agrees ? "agrees" : "differs")),
    host.wordIn(backpropWords, "finiteDifference", words),
  );
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
  const { symbol, factors, gradient, check, batchGradient, update } = weight;
  const partial = symbol.kind === "symbol" ? { ...symbol, partial: true } : symbol;
  const column = (symbols: readonly Node[], below: string) =>
    element("span", { class: "factor" }, element("span", {}, ...symbols), element("span", { class: "number" }, below));
  const sign = (text: string) => element("span", { class: "factor sign" }, text);
  const product = factors.flatMap((factor, index) => [
    sign(index === 0 ? "=" : "·"),
    column(formulaNodes(factor.symbols, host.locale), isKnown ? number(factor.value) : "–"),
  ]);
  const size = { kind: "count", value: view.batch.size } as const;
  const gradientPart = element(
    "div",
    {},
    element("p", { class: "backTitle" }, word("gradientOf")),
    element(
      "div",
      { class: "factors" },
      column(formulaNodes([partial], host.locale), isKnown ? number(gradient) : "–"),
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
            element("b", {}, word("newValue", { before: number(weight.value), after: number(update.after) })),
          ),
        ]),
  );
  return [gradientPart, updatePart];
}
