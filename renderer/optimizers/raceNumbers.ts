// The numbers of a race, to be read, copied and saved: its standings, and the points of its lines.

import { formatChosen } from "../../src/shared/numbers.ts";
import { rankText } from "../../src/shared/raceStandings.ts";
import type { OptimizersView, Racer, RacerEstimate } from "../../src/shared/views.ts";
import type { TableCell, TableData } from "../parts/dataTable.ts";
import type { ViewHost } from "../viewHost.ts";
import { tableOrder, unitsPerStep } from "./raceModel.ts";
import { raceWords } from "./raceWords.ts";

/** All numbers of the standings: for reading, and as CSV. */
export function raceNumbers(host: ViewHost, view: OptimizersView): TableData {
  const word = (
    id:
      | "rank"
      | "variant"
      | "rate"
      | "finalLoss"
      | "bestLoss"
      | "validationLoss"
      | "msPerStep"
      | "reached"
      | "ended"
      | "diverged",
  ) => host.wordIn(raceWords, id);
  const target = host.wordIn(raceWords, "stepsTo", { target: formatChosen(view.target ?? 0, host.locale) });
  const measures: readonly (readonly [string, (racer: Racer) => RacerEstimate | null])[] = [
    [word("finalLoss"), ({ final }) => final],
    [word("bestLoss"), ({ best }) => best],
    ...(view.hasValidation ? [[word("validationLoss"), ({ validation }: Racer) => validation] as const] : []),
    ...(view.target === null ? [] : [[target, ({ target: steps }: Racer) => steps] as const]),
  ];
  const ends = (name: string) => [
    name,
    host.wordIn(raceWords, "low", { name }),
    host.wordIn(raceWords, "high", { name }),
  ];
  const columns = [
    word("variant"),
    word("rank"),
    word("rate"),
    ...measures.flatMap(([name]) => ends(name)),
    ...(view.target === null ? [] : [word("reached")]),
    word("msPerStep"),
    word("ended"),
    word("diverged"),
  ];
  const rows = tableOrder(view.racers).flatMap((index) => {
    const racer = view.racers[index];
    if (racer === undefined) return [];
    const cells: readonly TableCell[] = [
      racer.name,
      rankText(racer),
      racer.learningRate === null ? host.wordIn(raceWords, "schedule") : { number: racer.learningRate },
      ...measures.flatMap(([, measure]): TableCell[] => {
        const found = measure(racer);
        return [{ number: found?.mean ?? null }, { number: found?.low ?? null }, { number: found?.high ?? null }];
      }),
      ...(view.target === null ? [] : [{ count: racer.reached }]),
      { number: racer.msPerStep },
      { count: racer.ended },
      { count: racer.diverged },
    ];
    return [cells];
  });
  return { caption: host.wordIn(raceWords, "standings"), columns, rows };
}

/** A line for each point of each variant's line, with the time it took on average until there. */
export function lineNumbers(host: ViewHost, view: OptimizersView): TableData {
  const word = (id: "variant" | "trainingLoss" | "stepOfLine" | "secondsOfLine") => host.wordIn(raceWords, id);
  const loss = word("trainingLoss");
  return {
    caption: host.wordIn(raceWords, "lines"),
    columns: [
      word("variant"),
      word("stepOfLine"),
      word("secondsOfLine"),
      loss,
      host.wordIn(raceWords, "low", { name: loss }),
      host.wordIn(raceWords, "high", { name: loss }),
    ],
    rows: tableOrder(view.racers).flatMap((index) => {
      const racer = view.racers[index];
      if (racer === undefined) return [];
      const unit = unitsPerStep(racer, "time");
      return racer.steps.map((step, at): readonly TableCell[] => [
        racer.name,
        { count: step },
        { number: Number.isNaN(unit) ? null : step * unit },
        { number: racer.mean[at] ?? null },
        { number: racer.low[at] ?? null },
        { number: racer.high[at] ?? null },
      ]);
    }),
  };
}
