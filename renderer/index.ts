// The renderer's entry: VS Code calls `activate` once a notebook window and `renderOutputItem` for each output of ours.

import type { ActivationFunction, OutputItem, RendererApi } from "vscode-notebook-renderer";
import type { FromRenderer, ToRenderer } from "../src/shared/rendererProtocol.ts";
import { type Locale, nearestLocale } from "../src/shared/words/message.ts";
import { restfulPace } from "./drawPace.ts";
import { LiveControls } from "./liveControls.ts";
import { LiveRuns } from "./liveRuns.ts";
import { MountedOutput } from "./mountedOutput.ts";
import { RemedyAnswers } from "./remedyAnswers.ts";
import { watchTheme } from "./theme.ts";
import { shareLinks } from "./time/sharedLinks.ts";
import type { Surroundings } from "./viewHost.ts";

export const activate: ActivationFunction = (context): RendererApi => {
  const { postMessage } = context;
  const post = postMessage === undefined ? null : (message: FromRenderer) => postMessage(message);
  const liveRuns = new LiveRuns(post, restfulPace());
  const liveControls = new LiveControls();
  const remedyAnswers = new RemedyAnswers(post);
  const linkMoved = post === null ? null : shareLinks(post);
  const outputs = new Map<string, MountedOutput>();
  let surroundings: Surroundings = {
    locale: nearestLocale(navigator.language),
    trusted: context.workspace.isTrusted,
    liveRuns,
    liveControls,
    remedyAnswers,
    post,
  };

  const changeEnvironment = (locale: Locale, trusted: boolean) => {
    if (locale === surroundings.locale && trusted === surroundings.trusted) return;
    surroundings = { ...surroundings, locale, trusted };
    for (const output of outputs.values()) output.moveTo(surroundings);
  };

  // Only our own extension can post to this renderer, so the messages are typed and not checked again.
  context.onDidReceiveMessage?.((message: ToRenderer) => {
    if (message.kind === "environment") changeEnvironment(message.locale, message.trusted);
    else if (message.kind === "controlsLive") liveControls.receive(message.controlIds);
    else if (message.kind === "linkMoved") linkMoved?.(message);
    else if (message.kind === "remedyAnswered") remedyAnswers.receive(message.question, message.can);
    else liveRuns.receive(message);
  });
  watchTheme(() => {
    for (const output of outputs.values()) output.themeChanged();
  });
  post?.({ kind: "ready" });

  return {
    renderOutputItem(item: OutputItem, element: HTMLElement, signal: AbortSignal): void {
      if (signal.aborted) return;
      const before = outputs.get(item.id);
      const output = before?.element === element ? before : MountedOutput.in(element, surroundings);
      if (before !== undefined && before !== output) before.dispose();
      // An element that is reused under a new id keeps its output; the old id must not dispose it later.
      for (const [id, other] of outputs) if (other === output && id !== item.id) outputs.delete(id);
      outputs.set(item.id, output);
      output.show(item.mime, () => item.json());
    },
    disposeOutputItem(id?: string): void {
      const ending = id === undefined ? [...outputs.keys()] : [id];
      for (const one of ending) {
        outputs.get(one)?.dispose();
        outputs.delete(one);
      }
    },
  };
};
