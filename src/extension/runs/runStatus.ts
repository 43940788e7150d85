// A training in one line: "epoch 12/50 · loss 0.31 · ⚠ gradients vanish".

import * as vscode from "vscode";
import { formatCount, formatNumber } from "../../shared/numbers.ts";
import type { GradientVerdict } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import type { KnownRun } from "./runStore.ts";

export function runStatus({ view, report }: Pick<KnownRun, "view" | "report">, locale: Locale): string {
  const epochs = view?.epochs ?? report?.epochs ?? { done: 0, planned: 0 };
  const loss = view?.metrics[0]?.train.at(-1) ?? report?.loss ?? null;
  const state = view?.state ?? report?.state ?? "running";
  return [
    vscode.l10n.t("epoch {0}/{1}", formatCount(epochs.done, locale), formatCount(epochs.planned, locale)),
    ...(loss === null ? [] : [vscode.l10n.t("loss {0}", formatNumber(loss, { locale }))]),
    ...(state === "stopped" ? [vscode.l10n.t("stopped")] : []),
    ...(state === "failed" ? [vscode.l10n.t("ended early")] : []),
    ...verdictWords(state === "diverged" ? "notFinite" : report?.verdict.kind),
  ].join(" · ");
}

function verdictWords(kind: GradientVerdict["kind"] | undefined): readonly string[] {
  switch (kind) {
    case "vanishing":
      return [`⚠ ${vscode.l10n.t("gradients vanish")}`];
    case "exploding":
      return [`⚠ ${vscode.l10n.t("gradients explode")}`];
    case "notFinite":
      return [`✕ ${vscode.l10n.t("diverged")}`];
    case "healthy":
    case "unknown":
    case undefined:
      return [];
  }
}
