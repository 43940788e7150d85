// The headline of a training: its state in words, the bar, and at the right Stop (while it runs) or the tools (after it).

import { formatCount, formatNumber } from "../../src/shared/numbers.ts";
import type { TrainingView } from "../../src/shared/views.ts";
import type { Argument } from "../../src/shared/words/message.ts";
import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { type IconName, icon, setIcon } from "../icons.ts";
import { createRunAgainButton, createStopButton } from "../parts/runButtons.ts";
import type { ViewHost } from "../viewHost.ts";
import { currentEpoch, progressShare } from "./trainingScales.ts";
import { type TrainingWordId, trainingWords } from "./trainingWords.ts";

/** What is known beyond the view itself. */
export interface Standing {
  readonly stepsPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** The view says "running", but nobody runs it. */
  readonly interrupted: boolean;
  /** The cell changed since. */
  readonly outdated: boolean;
}

export interface Headline {
  readonly node: HTMLElement;
  update(view: TrainingView, standing: Standing): void;
}

/** A screen reader hears a running training at most this often. */
const speakEveryMs = 5_000;

export interface HeadlineActions {
  readonly stop: () => void;
  readonly runAgain: () => void;
}

export function createHeadline(host: ViewHost, tools: HTMLElement, actions: HeadlineActions): Headline {
  const word = (id: TrainingWordId, args = {}) => host.wordIn(trainingWords, id, args);
  const mark = icon("running");
  const state = element("b");
  const details = element("span", { class: "muted" });
  const stop = createStopButton(host, word("stopLabel"), actions.stop);
  const again = createRunAgainButton(host, word("runAgainLabel"), actions.runAgain);
  const fill = element("i");
  const bar = element(
    "div",
    { class: "bar", role: "progressbar", "aria-label": word("progress"), "aria-valuemin": 0 },
    fill,
  );
  const spoken = element("span", { class: "visuallyHidden", role: "status" });
  const node = element(
    "div",
    { class: "head" },
    mark,
    element("div", { class: "words" }, state, details),
    element("div", { class: "action" }, stop.node, again, tools),
    bar,
    spoken,
  );
  const speak = createSpeaker(spoken);
  return {
    node,
    update(view, standing) {
      const running = isRunning(view, standing);
      const said = headlineWords(host, view, standing);
      setIcon(mark, headlineIcon(view, standing));
      setText(state, said.state);
      setText(details, said.details.join(" · "));
      const canRun = host.connected && host.trusted;
      const hadFocus = stop.node.matches(":focus");
      stop.update(running && canRun);
      setHidden(again, running || !canRun || !(standing.outdated || standing.interrupted));
      setHidden(tools, running);
      // The reader who stopped a training by keyboard goes on with what took the button's place.
      if (hadFocus && stop.node.hidden) tools.querySelector("button")?.focus();
      setAttributes(bar, {
        class: barClass(view, standing),
        "aria-valuemax": view.epochs.planned,
        "aria-valuenow": view.epochs.done,
        "aria-valuetext": word("progressValue", epochArguments(host, view)),
      });
      fill.style.width = `${(progressShare(view) * 100).toFixed(2)}%`;
      speak(`${said.state}. ${said.details.join(", ")}`, { moment: `${view.state} ${view.epochs.done}`, running });
    },
  };
}

export function isRunning(view: TrainingView, standing: Standing): boolean {
  return view.state === "running" && !standing.interrupted;
}

/** Speaks at epoch ends, not sooner than {@link speakEveryMs} after the last time, and always at the end of the training. */
function createSpeaker(region: HTMLElement) {
  let spokenMoment: string | null = null;
  let spokenAtMs = -Infinity;
  return (text: string, { moment, running }: { readonly moment: string; readonly running: boolean }) => {
    const nowMs = performance.now();
    // What stands there when the output first appears is read by whoever goes there.
    if (spokenMoment === null) spokenMoment = moment;
    if (moment === spokenMoment || (running && nowMs - spokenAtMs < speakEveryMs)) return;
    spokenMoment = moment;
    spokenAtMs = nowMs;
    setText(region, text);
  };
}

function epochArguments(host: ViewHost, view: TrainingView): { epoch: string; planned: string } {
  return {
    epoch: formatCount(currentEpoch(view), host.locale),
    planned: formatCount(view.epochs.planned, host.locale),
  };
}

function headlineWords(
  host: ViewHost,
  view: TrainingView,
  standing: Standing,
): { state: string; details: readonly string[] } {
  const word = (id: TrainingWordId, args = {}) => host.wordIn(trainingWords, id, args);
  const epochs = epochArguments(host, view);
  const trust = host.trusted ? [] : [word("untrusted")];
  if (standing.outdated && view.state !== "running")
    return { state: word("outdated"), details: [word("outdatedDetail")] };
  if (view.state === "running" && standing.interrupted) {
    const id = view.steps.done === 0 ? "interruptedUnknown" : "interrupted";
    return { state: word(id, epochs), details: [word("interruptedDetail"), ...trust] };
  }
  switch (view.state) {
    case "running":
      return { state: word("running", epochs), details: pace(host, standing) };
    case "finished":
      return {
        state: word("finished"),
        details: [
          word(view.epochs.done < view.epochs.planned ? "finishedEarly" : "finishedDetail", {
            ...{ epochs: count(view.epochs.done), steps: count(view.steps.done), planned: epochs.planned },
          }),
          ...(view.endedBy === undefined ? [] : [word(view.endedBy)]),
          ...trust,
        ],
      };
    case "stopped":
      return { state: word("stopped", epochs), details: [word("stoppedDetail", epochs), ...trust] };
    case "diverged": {
      const step = formatCount(view.divergence?.step ?? view.steps.done, host.locale);
      return { state: word("diverged", epochs), details: [word("divergedDetail", { ...epochs, step }), ...trust] };
    }
    case "failed": {
      const step = formatCount(view.steps.done + 1, host.locale);
      return { state: word("failed", epochs), details: [word("divergedDetail", { ...epochs, step }), ...trust] };
    }
  }
}

function count(value: number): Argument {
  return { kind: "count", value };
}

function pace(host: ViewHost, { stepsPerSecond, secondsLeft }: Standing): readonly string[] {
  const said: string[] = [];
  if (stepsPerSecond !== null && stepsPerSecond > 0) {
    const rate =
      stepsPerSecond >= 10
        ? formatCount(stepsPerSecond, host.locale)
        : formatNumber(stepsPerSecond, { digits: 2, locale: host.locale });
    said.push(host.wordIn(trainingWords, "stepsPerSecond", { rate }));
  }
  if (secondsLeft !== null && Number.isFinite(secondsLeft)) said.push(timeLeft(host, secondsLeft));
  return said;
}

/** Whole seconds up to two minutes, then minutes, then hours. */
function timeLeft(host: ViewHost, seconds: number): string {
  if (seconds < 120)
    return host.wordIn(trainingWords, "secondsLeft", { seconds: { kind: "count", value: Math.ceil(seconds) } });
  if (seconds < 7_200)
    return host.wordIn(trainingWords, "minutesLeft", { minutes: { kind: "count", value: Math.ceil(seconds / 60) } });
  return host.wordIn(trainingWords, "hoursLeft", { hours: { kind: "count", value: Math.ceil(seconds / 3_600) } });
}

function headlineIcon(view: TrainingView, standing: Standing): IconName {
  if (isRunning(view, standing)) return "running";
  if (standing.outdated || view.state === "running" || view.state === "stopped") return "info";
  return view.state === "finished" ? "good" : "error";
}

function barClass(view: TrainingView, standing: Standing): string {
  if (isRunning(view, standing)) return "bar";
  if (view.state === "finished") return "bar over";
  return view.state === "diverged" || view.state === "failed" ? "bar failed" : "bar still";
}
