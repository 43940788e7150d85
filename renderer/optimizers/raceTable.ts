// The standings of a race: a row a variant, with the interval of its final loss, or of its steps to the target, drawn.

import { formatChosen, formatNumber } from "../../src/shared/numbers.ts";
import { rankText } from "../../src/shared/raceStandings.ts";
import type { OptimizersView, Racer, RacerEstimate } from "../../src/shared/views.ts";
import { createRunKey, runColourVariable } from "../card/runKey.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import type { ViewHost } from "../viewHost.ts";
import { type RaceState, tableOrder } from "./raceModel.ts";
import { raceWords } from "./raceWords.ts";

export interface RaceTable {
  readonly node: HTMLElement;
  update(): void;
  lift(): void;
}

export interface RaceTableOptions {
  readonly state: () => RaceState;
  readonly pointed: (racer: number | null) => void;
  /** Hides a variant's line, or shows it again. */
  readonly toggled: (racer: number) => void;
}

interface Row {
  readonly node: HTMLTableRowElement;
  readonly button: HTMLButtonElement;
  readonly rank: HTMLElement;
  readonly rate: HTMLElement;
  readonly drawn: HTMLElement;
  readonly number: HTMLElement;
  readonly bar: HTMLElement;
  readonly dot: HTMLElement;
  readonly last: HTMLElement;
  /** What wide pictures have room for: the best loss where another number stands last, and the time of a step. */
  readonly extras: readonly [best: HTMLElement, time: HTMLElement];
}

export function createRaceTable(host: ViewHost, { state, pointed, toggled }: RaceTableOptions): RaceTable {
  const { view: first } = state();
  const hasTarget = first.target !== null;
  // One seed has none.
  const hasIntervals = first.seeds > 1;
  const word = (id: Parameters<typeof raceText>[1]) => raceText(host, id);
  const measured = hasTarget
    ? host.wordIn(raceWords, "stepsTo", { target: formatChosen(first.target ?? 0, host.locale) })
    : word("finalLoss");
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, word("rank")),
    element("th", { scope: "col" }, word("variant")),
    element("th", { scope: "col", class: "right rate" }, word("rate")),
    element("th", { scope: "col", class: "right" }, measured),
    hasIntervals ? element("th", { scope: "col", class: "ends" }, "95 %") : null,
    element("th", { scope: "col", class: "right last" }, hasTarget ? word("finalLoss") : word("bestLoss")),
    hasTarget ? element("th", { scope: "col", class: "right extra" }, word("bestLoss")) : null,
    element("th", { scope: "col", class: "right extra" }, word("msPerStep")),
  );
  const body = element("tbody");
  const table = element(
    "table",
    { class: "table raceTable", "aria-label": word("standings") },
    element("thead", {}, head),
    body,
  );
  const rows = first.racers.map((racer, index) => makeRow(racer, index, { pointed, toggled, hasTarget, hasIntervals }));
  const node = element("div", { class: "scroll", tabindex: -1 }, table);
  const lift = () => {
    const { view, lifted, hidden } = state();
    rows.forEach(({ node: row, button }, index) => {
      row.classList.toggle("on", lifted === index);
      const isHidden = hidden.has(index);
      setAttributes(button, {
        "aria-pressed": String(!isHidden),
        title: host.wordIn(raceWords, isHidden ? "show" : "hide", { name: view.racers[index]?.name ?? "" }),
      });
    });
  };
  return {
    node,
    lift,
    update() {
      const { view } = state();
      const range = drawnRange(view);
      tableOrder(view.racers).forEach((index, at) => {
        const row = rows[index];
        const racer = view.racers[index];
        if (row === undefined || racer === undefined) return;
        // Rows that stand where they are keep the focus.
        if (body.children[at] !== row.node) body.insertBefore(row.node, body.children[at] ?? null);
        fillRow(host, row, racer, { view, range });
      });
      setHidden(node, view.racers.length === 0);
      lift();
    },
  };
}

function raceText(
  host: ViewHost,
  id: "rank" | "variant" | "rate" | "finalLoss" | "bestLoss" | "msPerStep" | "standings",
): string {
  return host.wordIn(raceWords, id);
}

function makeRow(
  racer: Racer,
  index: number,
  {
    pointed,
    toggled,
    hasTarget,
    hasIntervals,
  }: Pick<RaceTableOptions, "pointed" | "toggled"> & { readonly hasTarget: boolean; readonly hasIntervals: boolean },
): Row {
  const button = element(
    "button",
    { class: "racerName", type: "button" },
    createRunKey(index, racer.name, { point: false }),
  );
  const [rank, rate, number, last] = [
    element("td"),
    element("td", { class: "right rate" }),
    element("td", { class: "right" }),
    element("td", { class: "right last" }),
  ];
  const [best, time] = [element("td", { class: "right extra" }), element("td", { class: "right extra" })];
  const [bar, dot] = [element("i", { class: "endsBar" }), element("i", { class: "endsDot" })];
  for (const mark of [bar, dot]) mark.style.background = runColourVariable(index);
  const drawn = element("div", { class: "endsTrack" }, bar, dot);
  const node = element(
    "tr",
    {},
    rank,
    element("th", { scope: "row" }, button),
    rate,
    number,
    hasIntervals ? element("td", { class: "ends" }, drawn) : null,
    last,
    hasTarget ? best : null,
    time,
  );
  node.addEventListener("pointerenter", () => pointed(index));
  node.addEventListener("pointerleave", () => pointed(null));
  button.addEventListener("focus", () => pointed(index));
  button.addEventListener("blur", () => pointed(null));
  button.addEventListener("click", () => toggled(index));
  return { node, button, rank, rate, drawn, number, bar, dot, last, extras: [best, time] };
}

interface DrawnRange {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

function drawnOf(view: OptimizersView, racer: Racer): RacerEstimate | null {
  return view.target === null ? racer.final : racer.target;
}

/** The range of all intervals that are drawn; on a log axis where all are above zero. */
function drawnRange(view: OptimizersView): DrawnRange | null {
  const values = view.racers.flatMap((racer) => {
    const drawn = drawnOf(view, racer);
    return drawn === null ? [] : [drawn.low ?? drawn.mean, drawn.high ?? drawn.mean];
  });
  if (values.length === 0) return null;
  const low = Math.min(...values);
  // One that ran away must not press the others together.
  const high = low > 0 ? Math.min(Math.max(...values), 1000 * low) : Math.max(...values);
  return { low, high, log: low > 0 };
}

function fillRow(
  host: ViewHost,
  row: Row,
  racer: Racer,
  { view, range }: { readonly view: OptimizersView; readonly range: DrawnRange | null },
): void {
  const { locale } = host;
  const number = (value: number | null) => formatNumber(value, { locale });
  setText(row.rank, rankText(racer));
  setText(
    row.rate,
    racer.learningRate === null ? host.wordIn(raceWords, "schedule") : formatChosen(racer.learningRate, locale),
  );
  const drawn = drawnOf(view, racer);
  const counted =
    view.target !== null && drawn !== null
      ? Math.round(drawn.mean).toLocaleString(locale)
      : number(drawn?.mean ?? null);
  const diverged = host.wordIn(raceWords, "divergedIn", {
    diverged: { kind: "count", value: racer.diverged },
    ended: { kind: "count", value: racer.ended },
  });
  const isPartly = view.target !== null && drawn !== null && racer.reached < racer.ended;
  const reached = isPartly ? `${counted} (${racer.reached}/${racer.ended})` : counted;
  setText(row.number, racer.diverged > 0 && drawn === null ? diverged : reached);
  setText(row.last, number((view.target === null ? racer.best : racer.final)?.mean ?? null));
  const [best, time] = row.extras;
  setText(best, number(racer.best?.mean ?? null));
  setText(time, number(racer.msPerStep));
  const place = (value: number) => {
    if (range === null || range.high === range.low) return 50;
    const [at, low, high] = range.log
      ? [Math.log(value), Math.log(range.low), Math.log(range.high)]
      : [value, range.low, range.high];
    return Math.min(100, Math.max(0, (100 * (at - low)) / (high - low)));
  };
  setHidden(row.bar, drawn?.low == null);
  setHidden(row.dot, drawn === null);
  if (drawn === null) return;
  const [from, to] = [place(drawn.low ?? drawn.mean), place(drawn.high ?? drawn.mean)];
  row.bar.style.left = `${from}%`;
  row.bar.style.width = `${Math.max(1, to - from)}%`;
  row.dot.style.left = `${place(drawn.mean)}%`;
  const words =
    drawn.low === null
      ? host.wordIn(raceWords, "alone", { name: racer.name, mean: number(drawn.mean) })
      : host.wordIn(raceWords, "interval", {
          name: racer.name,
          mean: number(drawn.mean),
          low: number(drawn.low),
          high: number(drawn.high),
        });
  setAttributes(row.drawn, { title: words, role: "img", "aria-label": words });
}
