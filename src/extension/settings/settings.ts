// The reader's settings, each asked for when it is needed: a change holds from the next time on.

import * as vscode from "vscode";
import type { TraceDetail } from "../../shared/kernelProtocol.ts";
import { type Locale, nearestLocale } from "../../shared/words/message.ts";
import { settings } from "../ids.ts";

/** How many threads of a kernel may compute; 0: the kernel decides. */
export function threadSetting(): number {
  return read<number>(settings.threads) ?? 0;
}

/** What `fit` records of the layers where it does not say. A value that is none of those offered is as good as none. */
export function traceDetailSetting(): TraceDetail {
  const value = read<unknown>(settings.traceDetail);
  return value === "off" || value === "full" ? value : "summary";
}

/** Whether outputs go into the files of notebooks that do not say it themselves. */
export function savesOutputsSetting(): boolean {
  return read<unknown>(settings.saveOutputs) !== false;
}

/** The language of pictures and sentences; VS Code's own messages, ours among them, are in its display language. */
export function languageSetting(): Locale {
  const value = read<unknown>(settings.language);
  return value === "en" || value === "ko" ? value : nearestLocale(vscode.env.language);
}

/** The settings that somebody changed, by name. */
export function changedSettings(): Readonly<Record<string, unknown>> {
  const changed = Object.values(settings).flatMap((name) => {
    const about = vscode.workspace.getConfiguration().inspect(name);
    const isChanged = [about?.globalValue, about?.workspaceValue, about?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
    return isChanged ? [[name, read(name)] as const] : [];
  });
  return Object.fromEntries(changed);
}

function read<Value>(name: string): Value | undefined {
  return vscode.workspace.getConfiguration().get<Value>(name);
}
