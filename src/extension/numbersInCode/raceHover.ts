// What a race came to, in a hover over the variable that holds it, over `compare`, and over the name of a variant.

import * as vscode from "vscode";
import type { CodeSubject } from "../../shared/modelsInCode.ts";
import { formatChosen } from "../../shared/numbers.ts";
import { estimateText, rankText, rateText, standingsOrder, stepsText } from "../../shared/raceStandings.ts";
import type { OptimizersView, Racer } from "../../shared/views.ts";
import { type Argument, type Locale, plainMessage } from "../../shared/words/message.ts";
import { raceColumns } from "../../shared/words/raceColumns.ts";
import { escapeMarkdown, sentenceText } from "./layerHover.ts";

export type RaceSubject = Extract<CodeSubject, { kind: "race" }>;

export interface RaceQuestion {
  readonly subject: RaceSubject;
  /** The races that its cell made, in the order of their start. */
  readonly races: readonly OptimizersView[];
  /** Whether the code has changed since. */
  readonly isOld: boolean;
  readonly locale: Locale;
}

/** A hover is small. */
const mostRows = 8;

/** Markdown: who is ahead, and the standings. `null` for a race that did not run, and a variant that it does not have. */
export function raceHover({ subject, races, isOld, locale }: RaceQuestion): string | null {
  const race = raceOf(subject, races);
  if (race === undefined) return null;
  const { variant } = subject;
  const racers = standingsOrder(race).filter(({ name }) => variant === null || name === variant);
  if (racers.length === 0) return null;
  const old = isOld ? ` · ${vscode.l10n.t("old")}` : "";
  const more = racers.length - mostRows;
  return [
    `${sentenceText(race.sentence, locale)}${old}`,
    table(race, racers.slice(0, mostRows), locale),
    ...(more > 0 ? [vscode.l10n.t("and {0} more", more)] : []),
  ].join("\n\n");
}

/** Where it is not known which of them it is, the newest. */
function raceOf({ index }: RaceSubject, races: readonly OptimizersView[]): OptimizersView | undefined {
  return index === null ? races.at(-1) : races[index];
}

function table(race: OptimizersView, racers: readonly Racer[], locale: Locale): string {
  const word = (id: keyof typeof raceColumns.en, args: Readonly<Record<string, Argument>> = {}) =>
    plainMessage(raceColumns, { id, args }, locale);
  const hasTarget = race.target !== null;
  const heads = [
    ...[word("rank"), word("variant"), word("rate")],
    ...(hasTarget ? [word("stepsTo", { target: formatChosen(race.target ?? 0, locale) })] : []),
    ...[word("finalLoss"), word("bestLoss")],
    ...(race.hasValidation ? [word("validationLoss")] : []),
  ];
  const name = ({ name, ended, diverged }: Racer) => {
    const text = escapeMarkdown(name);
    if (diverged === 0) return text;
    const counts = { diverged: String(diverged), ended: String(ended) };
    return `${text} (${word("divergedIn", counts)})`;
  };
  const cells = (racer: Racer) => [
    ...[rankText(racer), name(racer)],
    ...[
      rateText(racer, locale) ?? word("schedule"),
      ...(hasTarget ? [stepsText(racer, locale)] : []),
      ...[estimateText(racer.final, locale), estimateText(racer.best, locale)],
      ...(race.hasValidation ? [estimateText(racer.validation, locale)] : []),
      // A hover's tables keep their columns close together.
    ].map((text) => `&emsp;${text}`),
  ];
  return [
    `| ${heads.join(" | ")} |`,
    `|${heads.map((_, at) => (at === 1 ? ":--" : "--:")).join("|")}|`,
    ...racers.map((racer) => `| ${cells(racer).join(" | ")} |`),
  ].join("\n");
}
