// Play, step and drag through frames. It knows places, not what stands there.

import { element, setAttributes, setText } from "../dom.ts";
import { setIcon } from "../icons.ts";
import { iconButton } from "../parts/viewTools.ts";
import type { ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { scrubKey } from "./scrubKeys.ts";
import { timeWords } from "./timeWords.ts";

const playedFrameMs = 60;
/** With less motion, frames stand as pictures of their own. */
const calmFrameMs = 600;

const scrubberCss = `
.scrub { display: grid; grid-template-columns: auto minmax(80px, 1fr) auto; gap: 8px; align-items: center; margin-top: 8px; }
.scrub output { min-width: 15ch; font-size: 12px; line-height: 18px; text-align: right; color: var(--nn-muted); white-space: nowrap; }
.scrub input { appearance: none; width: 100%; height: 24px; margin: 0; background: none; cursor: pointer; }
.scrub input::-webkit-slider-runnable-track { height: 3px; border-radius: 2px; background: var(--nn-neutral-soft); }
.view[data-theme^="highContrast"] .scrub input::-webkit-slider-runnable-track { height: 1px; background: var(--nn-text); }
.scrub input::-webkit-slider-thumb { appearance: none; width: 12px; height: 12px; margin-top: -4.5px; border: 2px solid var(--nn-page); border-radius: 6px; background: var(--nn-text); box-shadow: 0 0 0 1px var(--nn-text); }
.view[data-theme^="highContrast"] .scrub input::-webkit-slider-thumb { margin-top: -5.5px; }
@container view (max-width: 520px) {
  .scrub { grid-template-columns: auto minmax(0, 1fr); gap: 2px 8px; }
  .scrub output { grid-column: 1 / -1; text-align: left; }
}
`;

export interface Scrubber {
  readonly node: HTMLElement;
  /** Shows place `at` of `count` in `words`; tells nobody. */
  show(at: number, count: number, words: string): void;
  /** Does what a key means here; false when it means nothing. */
  press(key: string): boolean;
}

export interface ScrubberOptions {
  /** What it moves through, for who cannot see it; the steps of a training by default. */
  readonly label?: string;
  /** How long a frame stands while it plays. */
  readonly frameMs?: number;
}

export function createScrubber(
  host: ViewHost,
  moved: (at: number) => void,
  { label = host.wordIn(timeWords, "scrub"), frameMs = playedFrameMs }: ScrubberOptions = {},
): Scrubber {
  addStyles(host.root, scrubberCss);
  const play = iconButton("play", host.wordIn(timeWords, "play"));
  const range = element("input", { type: "range", min: 0, step: 1, "aria-label": label });
  const said = element("output", { "aria-live": "off" });
  const node = element("div", { class: "scrub" }, play, range, said);
  let at = 0;
  let count = 1;
  let timer: ReturnType<typeof setInterval> | null = null;

  const pause = () => {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    name("play");
  };
  const start = () => {
    if (at >= count - 1) moved(0);
    name("pause");
    timer = setInterval(
      () => {
        if (at >= count - 1) pause();
        else moved(at + 1);
      },
      Math.max(frameMs, host.reducedMotion ? calmFrameMs : 0),
    );
  };
  const name = (state: "play" | "pause") => {
    const label = host.wordIn(timeWords, state);
    const mark = play.querySelector("svg");
    if (mark !== null) setIcon(mark, state);
    setAttributes(play, { "aria-label": label, title: label });
  };
  const toggle = () => (timer === null ? start() : pause());
  const press = (key: string): boolean => {
    const to = scrubKey(key, at, count);
    if (to === null) return false;
    if (to === "toggle") toggle();
    else {
      pause();
      moved(to);
    }
    return true;
  };

  play.addEventListener("click", toggle);
  range.addEventListener("input", () => {
    pause();
    moved(Number(range.value));
  });
  node.addEventListener("keydown", (event) => {
    // Space and Enter on the button are its own press.
    if (event.target === play && event.key === " ") return;
    if (!press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  host.onEnd(pause);
  return {
    node,
    press,
    show(nextAt, nextCount, words) {
      at = nextAt;
      count = nextCount;
      setAttributes(range, { max: Math.max(0, count - 1), "aria-valuetext": words });
      range.value = String(at);
      setText(said, words);
    },
  };
}
