// What the newest run says of a model, its loss and optimizer, or of the run itself, in a hover over the code.

import * as vscode from "vscode";
import { fromViewNumber } from "../../shared/json.ts";
import type { CellPlace, LayerReport, RunReport } from "../../shared/layerReport.ts";
import type { CodeSubject, LayerInCode } from "../../shared/modelsInCode.ts";
import { formatCount, formatNumber } from "../../shared/numbers.ts";
import type { Locale } from "../../shared/words/message.ts";
import { runStatus } from "../runs/runStatus.ts";
import type { KnownRun } from "../runs/runStore.ts";
import { healthText } from "./layerHints.ts";
import { escapeMarkdown, layerHover, layerInCodeText, shapeText } from "./layerHover.ts";
import { findPlacedLayers, isSameCallPlace, isSamePlace, type PlaceQuestion, worstLayer } from "./placedLayers.ts";
import { drawSparkline } from "./sparkline.ts";

/** What trainings know of; a race is told by {@link raceHover}. */
export type SubjectOfRuns = Exclude<CodeSubject, { kind: "race" }>;

export interface SubjectQuestion extends Omit<PlaceQuestion, "place"> {
  readonly subject: SubjectOfRuns;
  /** What the code says of all layers. */
  readonly layers: readonly LayerInCode[];
  readonly locale: Locale;
  readonly showRunLink: (runId: string) => string;
}

/** A hover is small. */
const mostRows = 8;
const mostRuns = 4;

/** Markdown; `null` where neither the code nor a run has anything to say. */
export function subjectHover(question: SubjectQuestion): string | null {
  const { subject } = question;
  const { textOf } = question;
  const runs =
    subject.kind === "layer"
      ? []
      : ofThisModel(
          question.runs.filter((run) => isOf(run, subject, textOf)),
          subject,
          textOf,
        );
  const [newest] = runs;
  switch (subject.kind) {
    case "layer":
      return layerHover({ ...question, place: subject.place }) ?? layerBefore(subject.place, question);
    case "model":
      return modelHover(subject.layers, newest, question);
    case "run":
      return runsHover(runs, question);
    case "loss":
      return newest ? lossHover(newest, question) : null;
    case "optimizer":
      return newest ? optimizerHover(newest, question) : null;
  }
}

function layerBefore(place: CellPlace, { layers, locale }: SubjectQuestion): string | null {
  const layer = layers.find((each) => isSameCallPlace(each.place, place));
  return layer ? layerInCodeText(layer, locale) : null;
}

type OfRun = Exclude<SubjectOfRuns, { kind: "layer" }>;

function isOf(run: KnownRun, subject: OfRun, textOf: PlaceQuestion["textOf"]): boolean {
  const { report } = run;
  if (!report) return false;
  if (subject.kind === "run") {
    if (subject.cellId !== null && run.cellId !== subject.cellId) return false;
    if (subject.name !== null && report.name !== subject.name && subject.layers.length === 0) return false;
  }
  const made = report.layers.flatMap(({ place }) => place ?? []);
  const isMade = (place: CellPlace) => made.some((each) => isSamePlace(each, run, { place, textOf }));
  return subject.layers.length === 0 ? subject.kind === "run" : subject.layers.some(isMade);
}

/** A function's layers are in the models of all its calls: those with all layers of this model are its runs, where there are any. */
function ofThisModel(
  runs: readonly KnownRun[],
  { layers }: OfRun,
  textOf: PlaceQuestion["textOf"],
): readonly KnownRun[] {
  const whole = runs.filter((run) =>
    layers.every((place) => findPlacedLayers({ runs: [run], place, textOf }).length > 0),
  );
  return whole.length > 0 ? whole : runs;
}

function modelHover(places: readonly CellPlace[], run: KnownRun | undefined, question: SubjectQuestion): string | null {
  const { locale, layers, textOf } = question;
  const rows = countedPlaces(places).flatMap(({ place, times }): readonly Row[] => {
    const code = layers.find((layer) => isSameCallPlace(layer.place, place));
    const made = run ? (findPlacedLayers({ runs: [run], place, textOf })[0]?.layers ?? []) : [];
    const known = code?.outputShape ? { shape: [null, ...code.outputShape], parameters: code.parameters } : null;
    // The run tells them apart.
    if (made.length === times)
      return made.map(({ layer }, index) => ({
        ...{ name: layer.name, times: 1, made: made[index] },
        shape: known?.shape ?? layer.outputShape,
        parameters: known?.parameters ?? layer.parameters,
      }));
    const name = made[0]?.layer.name ?? code?.name ?? "";
    return [{ name, times, shape: known?.shape, parameters: known?.parameters ?? null, made: worstLayer(made) }];
  });
  if (rows.every(({ shape }) => shape === undefined)) return null;
  const counts = rows.flatMap(({ parameters, times }) => (parameters === null ? [] : [parameters * times]));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const heading = [
    `**${places.length === 1 ? vscode.l10n.t("1 layer") : vscode.l10n.t("{0} layers", places.length)}**`,
    ...(counts.length === rows.length ? [vscode.l10n.t("{0} parameters", formatCount(total, locale))] : []),
  ].join(" · ");
  return [heading, ...(run ? [statusLine(run, question)] : []), table(rows, locale)].join("\n\n");
}

/** What one call makes several times is named as often. */
function countedPlaces(places: readonly CellPlace[]): readonly { readonly place: CellPlace; readonly times: number }[] {
  const counted: { place: CellPlace; times: number }[] = [];
  for (const place of places) {
    const known = counted.find((each) => isSameCallPlace(each.place, place));
    if (known) known.times++;
    else counted.push({ place, times: 1 });
  }
  return counted;
}

function runsHover(runs: readonly KnownRun[], question: SubjectQuestion): string | null {
  const [newest, ...more] = runs;
  if (!newest) return null;
  if (more.length > 0)
    return runs
      .slice(0, mostRuns)
      .map((run) => `**${escapeMarkdown(run.report?.name ?? "")}** · ${statusLine(run, question)}`)
      .join("\n\n");
  const rows = (newest.report?.layers ?? []).map(
    (made): Row => ({
      ...{ name: made.layer.name, times: 1 },
      shape: made.layer.outputShape,
      parameters: made.layer.parameters,
      made,
    }),
  );
  return [statusLine(newest, question), table(rows, question.locale)].join("\n\n");
}

function lossHover(run: KnownRun, question: SubjectQuestion): string {
  const { locale } = question;
  const [loss] = run.view?.metrics ?? [];
  const number = (value: number) => formatNumber(value, { locale });
  const train = (loss?.train ?? []).flatMap((value) => fromViewNumber(value) ?? []);
  const validation = (loss?.validation ?? []).flatMap((value) => fromViewNumber(value) ?? []);
  const [first] = train;
  const last = train.at(-1);
  const change =
    first === undefined || last === undefined
      ? []
      : [vscode.l10n.t("loss {0} after the first epoch, {1} after the last", number(first), number(last))];
  const best = validation.length === 0 ? Number.NaN : Math.min(...validation);
  const kept = Number.isFinite(best)
    ? [vscode.l10n.t("best validation {0} at epoch {1}", number(best), validation.indexOf(best) + 1)]
    : [];
  return [statusLine(run, question), [...change, ...kept].join(" · "), ...lossPicture(run)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function lossPicture({ view }: KnownRun): readonly string[] {
  const drawn = drawSparkline(view?.metrics[0]?.train ?? []);
  return drawn ? [`![${escapeMarkdown(vscode.l10n.t("loss by epoch"))}](${drawn.uri})`] : [];
}

function optimizerHover(run: KnownRun, question: SubjectQuestion): string {
  const moves = (run.report?.layers ?? []).flatMap(({ rows }) =>
    rows.filter(({ measure }) => measure === "updateRatio"),
  );
  const first = median(moves.flatMap((row) => fromViewNumber(row.first) ?? []));
  const last = median(moves.flatMap((row) => fromViewNumber(row.last) ?? []));
  const number = (value: number) => formatNumber(value, { digits: 2, locale: question.locale });
  const line =
    first === null || last === null
      ? []
      : [
          vscode.l10n.t(
            "A step moved the weights by {0} of their size at first, by {1} at last (the median of the layers).",
            number(first),
            number(last),
          ),
        ];
  return [statusLine(run, question), ...line, ...lossPicture(run)].join("\n\n");
}

/** "epoch 40/40 · loss 0.693 · ⚠ gradients vanish · old. Show gradients" */
function statusLine(run: KnownRun, { isOld, locale, showRunLink }: SubjectQuestion): string {
  const old = isOld(run) ? ` · ${vscode.l10n.t("old")}` : "";
  return `${runStatus(run, locale)}${old}. [${vscode.l10n.t("Show gradients")}](${showRunLink(run.runId)})`;
}

interface Row {
  readonly name: string;
  readonly times: number;
  readonly shape: LayerReport["layer"]["outputShape"] | undefined;
  readonly parameters: number | null;
  readonly made: RunReport["layers"][number] | undefined;
}

function table(rows: readonly Row[], locale: Locale): string {
  const hasRun = rows.some(({ made }) => made !== undefined);
  const cells = (row: Row) => [
    `${escapeMarkdown(row.name)}${row.times > 1 ? ` × ${row.times}` : ""}`,
    row.shape === undefined ? "–" : `\`${shapeText(row.shape)}\``,
    row.parameters === null ? "–" : formatCount(row.parameters, locale),
    ...(hasRun ? [(row.made && healthText(row.made, locale)) ?? ""] : []),
  ];
  const heads = [
    vscode.l10n.t("layer"),
    vscode.l10n.t("output"),
    vscode.l10n.t("parameters"),
    ...(hasRun ? [vscode.l10n.t("gradient")] : []),
  ];
  const lines = [
    `| ${heads.join(" | ")} |`,
    `|:--|:--|--:|${hasRun ? ":--|" : ""}`,
    ...rows.slice(0, mostRows).map((row) => `| ${cells(row).join(" | ")} |`),
  ];
  const more = rows.length - mostRows;
  return [lines.join("\n"), ...(more > 0 ? [vscode.l10n.t("and {0} more", more)] : [])].join("\n\n");
}

function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
