// Play, step and drag through frames. It knows places, not what stands there.

import { element, setAttributes, setText } from "../dom.ts";
import { setIcon } from "../icons.ts";
import { iconButton } from "../parts/viewTools.ts";
import type { ViewHost } from "../viewHost.ts";
import { gradientWords } from "../words/gradientWords.ts";
import { scrubKey } from "./scrubKeys.ts";

const frameMs = 60;

export interface Scrubber {
  readonly node: HTMLElement;
  /** Shows place `at` of `count` in `words`; tells nobody. */
  show(at: number, count: number, words: string): void;
  /** Does what a key means here; false when it means nothing. */
  press(key: string): boolean;
}

export function createScrubber(host: ViewHost, moved: (at: number) => void): Scrubber {
  const play = iconButton("play", host.wordIn(gradientWords, "play"));
  const range = element("input", { type: "range", min: 0, step: 1, "aria-label": host.wordIn(gradientWords, "scrub") });
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
    timer = setInterval(() => {
      if (at >= count - 1) pause();
      else moved(at + 1);
    }, frameMs);
  };
  const name = (state: "play" | "pause") => {
    const label = host.wordIn(gradientWords, state);
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
