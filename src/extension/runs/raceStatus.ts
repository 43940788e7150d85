// A race in a few words: "3/20 runs of the race".

import * as vscode from "vscode";
import { formatCount } from "../../shared/numbers.ts";
import { endedRuns } from "../../shared/racesCutShort.ts";
import type { OptimizersView } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";

export function raceStatus(view: OptimizersView, locale: Locale): string {
  const { ended, all } = endedRuns(view);
  return [
    vscode.l10n.t("race: {0}/{1} runs", formatCount(ended, locale), formatCount(all, locale)),
    ...(view.state === "stopped" ? [vscode.l10n.t("stopped")] : []),
    ...(view.state === "failed" ? [vscode.l10n.t("ended early")] : []),
  ].join(" · ");
}
