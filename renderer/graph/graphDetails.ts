// What is told of the chosen value or line: the gradient as a sum of products, the derivative, numbers one by one.

import { formulaText } from "../../src/shared/formulaText.ts";
import type { ViewNumber } from "../../src/shared/json.ts";
import { formatNumber } from "../../src/shared/numbers.ts";
import type { Formula, GraphEdge, GraphNode, GraphView, GraphWay } from "../../src/shared/views.ts";
import { factorNode, signNode } from "../backprop/factors.ts";
import { formulaNodes } from "../backprop/formulaNodes.ts";
import { checkNode, lineNodes } from "../backprop/stepLines.ts";
import { element } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { graphWords } from "../words/graphWords.ts";
import { type GraphPart, nodeId } from "./graphDrawing.ts";
import { placeText } from "./placeText.ts";

export function graphDetails(
  host: ViewHost,
  view: GraphView,
  part: GraphPart,
  known: ReadonlySet<string>,
): readonly HTMLElement[] {
  if (part.kind === "node") {
    const node = view.nodes[part.at];
    return node === undefined ? [] : nodeDetails(host, view, node, known.has(`d${nodeId(part.at)}`));
  }
  const edge = view.edges[part.at];
  return edge === undefined ? [] : edgeDetails(host, view, edge);
}

function nodeDetails(host: ViewHost, view: GraphView, node: GraphNode, isKnown: boolean): readonly HTMLElement[] {
  const word = (id: keyof typeof graphWords.en & string, args: Parameters<typeof host.wordIn>[2] = {}) =>
    host.wordIn(graphWords, id, args);
  const { role, symbol, ways, wayCount, gradients, checks, kept, size, shape, values } = node;
  const letter = formulaText([symbol], host.locale);
  const isHead = role === "constant" || role === "result";
  const title = element("p", { class: "backTitle" }, word(isHead ? "valueOf" : "gradientOf", { letter }));
  const say = (text: string) => element("p", { class: "small muted" }, text);
  const told = element("div", {}, title);
  if (role === "constant") told.append(say(word("constant")));
  else if (!view.isDifferentiated) told.append(say(word("noGradient")));
  else if (!isKnown) told.append(say(word("notYet")));
  else if (role === "result") told.append(say(word("result")));
  else {
    if (ways.length > 0) {
      told.append(say(word("wayHead", { count: { kind: "count", value: wayCount } })));
      const head: Formula = [symbol.kind === "symbol" ? { ...symbol, partial: true } : symbol];
      ways.forEach((way, at) => {
        told.append(wayNode(host, way, { head: at === 0 ? head : [], isFirst: at === 0 }));
      });
      const rest = wayCount - ways.length;
      if (rest > 0) told.append(say(word("moreWays", { count: { kind: "count", value: rest } })));
    }
    if (size === 1) {
      const [check] = checks;
      told.append(
        element(
          "p",
          { class: "backLine" },
          element("b", {}, `= ${formatNumber(gradients[0] ?? null, { locale: host.locale })}`),
          check === undefined ? null : checkNode(host, check),
        ),
      );
    }
    if (kept !== null) told.append(say(word("kept", { value: listed(host, kept, size) })));
  }
  if (size === 1) return [told];
  return [
    told,
    numbersNode(host, { values, gradients: isKnown ? gradients : [], checks: isKnown ? checks : [], size, shape }),
  ];
}

/** "∂L/∂v₂ · ∂v₂/∂v₁ · …" with the numbers below, and what it comes to. */
function wayNode(
  host: ViewHost,
  { factors, value }: GraphWay,
  { head, isFirst }: { readonly head: Formula; readonly isFirst: boolean },
): HTMLElement {
  const number = (each: ViewNumber) => formatNumber(each, { locale: host.locale });
  return element(
    "div",
    { class: "factors graphWay" },
    ...(head.length === 0 ? [] : [factorNode(formulaNodes(head, host.locale), "")]),
    ...factors.flatMap(({ symbols, value: each }, at) => [
      signNode(at > 0 ? "·" : isFirst ? "=" : "+"),
      factorNode(formulaNodes(symbols, host.locale), number(each)),
    ]),
    signNode("→"),
    factorNode([element("b", {}, number(value))], ""),
  );
}

function listed(host: ViewHost, numbers: readonly ViewNumber[], size: number): string {
  const shown = numbers.slice(0, 6).map((each) => formatNumber(each, { locale: host.locale }));
  return size === 1 ? (shown[0] ?? "–") : `[${shown.join(", ")}${size > shown.length ? ", …" : ""}]`;
}

function numbersNode(
  host: ViewHost,
  { values, gradients, checks, size, shape }: Pick<GraphNode, "values" | "gradients" | "checks" | "size" | "shape">,
): HTMLElement {
  const number = (each: ViewNumber | undefined) => formatNumber(each ?? null, { locale: host.locale });
  const heads = ["value", "gradient", "difference"] as const;
  const rows = values.map((value, at) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, placeText(at, shape)),
      element("td", { class: "right" }, number(value)),
      element("td", { class: "right" }, number(gradients[at])),
      element("td", { class: "right" }, number(checks[at]?.value)),
    ),
  );
  const some = { shown: String(values.length), size: String(size) };
  return element(
    "div",
    {},
    element("p", { class: "backTitle" }, host.wordIn(graphWords, "numbers")),
    element(
      "table",
      { class: "table" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("td"),
          ...heads.map((id) => element("th", { scope: "col", class: "right" }, host.wordIn(graphWords, id))),
        ),
      ),
      element("tbody", {}, ...rows),
    ),
    values.length < size ? element("p", { class: "note" }, host.wordIn(graphWords, "moreNumbers", some)) : null,
  );
}

function edgeDetails(host: ViewHost, view: GraphView, { from, to, local }: GraphEdge): readonly HTMLElement[] {
  const [source, target] = [view.nodes[from], view.nodes[to]];
  if (local === null || source === undefined || target === undefined) return [];
  const derivative = element(
    "div",
    {},
    element("p", { class: "backTitle" }, host.wordIn(graphWords, "derivative")),
    ...lineNodes(host, [local]),
  );
  const gradient = target.gradients[0] ?? null;
  if (gradient === null || target.symbol.kind !== "symbol") return [derivative];
  const end = local.symbols.findIndex((each) => each.kind === "text" && each.text === " = ");
  const head = end === -1 ? local.symbols : local.symbols.slice(0, end);
  const passed = Number(gradient) * Number(local.result);
  return [
    derivative,
    element(
      "div",
      {},
      element("p", { class: "backTitle" }, host.wordIn(graphWords, "passes")),
      wayNode(
        host,
        {
          factors: [
            { symbols: [{ ...target.symbol, partial: true }], value: gradient },
            { symbols: head, value: local.result },
          ],
          value: Number.isFinite(passed) ? passed : null,
        },
        { head: [], isFirst: true },
      ),
    ),
  ];
}
