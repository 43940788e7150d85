// What a view is given to live in: its root element, the reader's language, the theme, its width, and the way to the extension.

import type { FromRenderer } from "../src/shared/rendererProtocol.ts";
import type { Argument, Locale, WordTable } from "../src/shared/words/message.ts";
import { plainMessage } from "../src/shared/words/message.ts";
import { element } from "./dom.ts";
import type { LiveControls } from "./liveControls.ts";
import type { LiveRuns } from "./liveRuns.ts";
import type { RemedyAnswers } from "./remedyAnswers.ts";
import { readTheme, type Theme } from "./theme.ts";
import { type RendererWordId, rendererWords } from "./words/rendererWords.ts";
import { unbroken } from "./words/unbroken.ts";

/** One drawn view. `update` takes newer data of the same kind (and run) and changes nodes in place; `dispose` ends it. */
export interface Chart<View> {
  update(view: View): void;
  dispose(): void;
}

export type CreateChart<View> = (host: ViewHost, view: View) => Chart<View>;

/** What all outputs of a notebook share. */
export interface Surroundings {
  readonly locale: Locale;
  /** False in a workspace the reader does not trust: nothing can run, so nothing offers to. */
  readonly trusted: boolean;
  readonly liveRuns: LiveRuns;
  readonly liveControls: LiveControls;
  readonly remedyAnswers: RemedyAnswers;
  /** `null` when no extension listens (a page made from a notebook). */
  readonly post: ((message: FromRenderer) => void) | null;
}

/** What takes the reader out of the output: to a place in the cells, or to a question for a file's name. */
const leadsAway: ReadonlySet<FromRenderer["kind"]> = new Set([
  "revealLayer",
  "revealPlace",
  "revealRemedy",
  "applyRemedy",
  "saveFile",
]);

export class ViewHost {
  /** The `.view` element: a size container that holds everything the view shows. */
  readonly root: HTMLElement;
  readonly #surroundings: Surroundings;
  readonly #themeListeners = new Set<(theme: Theme) => void>();
  readonly #widthListeners = new Set<(widthPx: number) => void>();
  readonly #endings: (() => void)[] = [];
  readonly #resizeObserver: ResizeObserver;
  #theme: Theme;
  /** Whether something was posted that leads away, since the last click began. */
  #ledAway = false;

  constructor(parent: ShadowRoot, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.root = element("div", { class: "view", lang: surroundings.locale });
    parent.append(this.root);
    // VS Code answers a click that it hears of by putting the focus into the output, often after the focus was led away from there.
    this.root.addEventListener("click", () => (this.#ledAway = false), { capture: true });
    this.root.addEventListener("click", (event) => (this.#ledAway || isByKey(event)) && event.stopPropagation());
    this.root.addEventListener(
      "keydown",
      (event) => (pressesControl(event) || scrolls(event) || walksPicture(event)) && event.stopPropagation(),
    );
    this.#theme = readTheme(this.root);
    this.#resizeObserver = new ResizeObserver(() => this.#tellWidth());
    this.#resizeObserver.observe(this.root);
  }

  get locale(): Locale {
    return this.#surroundings.locale;
  }

  get trusted(): boolean {
    return this.#surroundings.trusted;
  }

  get liveRuns(): LiveRuns {
    return this.#surroundings.liveRuns;
  }

  get liveControls(): LiveControls {
    return this.#surroundings.liveControls;
  }

  get remedyAnswers(): RemedyAnswers {
    return this.#surroundings.remedyAnswers;
  }

  get theme(): Theme {
    return this.#theme;
  }

  /** True when an extension listens: buttons that need it are shown only then. */
  get connected(): boolean {
    return this.#surroundings.post !== null;
  }

  /** True when the reader asked for less motion, in the system or in the editor. */
  get reducedMotion(): boolean {
    return (
      document.body.classList.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches
    );
  }

  /** The view's width now; 0 while it is hidden. */
  get widthPx(): number {
    return this.root.clientWidth;
  }

  post(message: FromRenderer): void {
    this.#ledAway ||= leadsAway.has(message.kind);
    this.#surroundings.post?.(message);
  }

  /** A label of the renderer in the reader's language. */
  word(id: RendererWordId, args: Readonly<Record<string, Argument>> = {}): string {
    return this.wordIn(rendererWords, id, args);
  }

  /** The same from a view's own table. */
  wordIn<Id extends string>(table: WordTable<Id>, id: Id, args: Readonly<Record<string, Argument>> = {}): string {
    return unbroken(plainMessage(table, { id, args }, this.locale));
  }

  /** Calls `draw` now and after each change of theme, until the view ends. */
  onTheme(draw: (theme: Theme) => void): void {
    this.#themeListeners.add(draw);
    draw(this.theme);
  }

  /** Calls `layOut` now (if the view can be seen) and whenever the width changes. Never with 0: a hidden view waits. */
  onWidth(layOut: (widthPx: number) => void): void {
    this.#widthListeners.add(layOut);
    if (this.widthPx > 0) layOut(this.widthPx);
  }

  /** Registers what must be undone when the view ends. */
  onEnd(undo: () => void): void {
    this.#endings.push(undo);
  }

  /** The theme changed; told by the renderer. */
  themeChanged(): void {
    this.#theme = readTheme(this.root);
    for (const draw of this.#themeListeners) draw(this.#theme);
  }

  dispose(): void {
    for (const undo of this.#endings.splice(0)) undo();
    this.#themeListeners.clear();
    this.#widthListeners.clear();
    this.#resizeObserver.disconnect();
    this.root.remove();
  }

  #tellWidth(): void {
    const widthPx = this.widthPx;
    if (widthPx > 0) for (const layOut of this.#widthListeners) layOut(widthPx);
  }
}

const controls = "button, summary, select, input";

function isOnControl({ target }: Event): boolean {
  return target instanceof Element && target.closest(controls) !== null;
}

/**
 * Whether a click was made by Enter or Space. VS Code would take the focus from the button into the output, and the next Enter from
 * there into the cell, where further ones are written.
 */
function isByKey(event: MouseEvent): boolean {
  return event.detail === 0 && isOnControl(event);
}

/** Whether a key is the control's own: the notebook would edit the cell by it. */
function pressesControl(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  return (key === "Enter" || key === " ") && !ctrlKey && !metaKey && !altKey && !shiftKey && isOnControl(event);
}

/**
 * Whether a key may be meant for the picture that has the focus: those that go through its points belong to it, also where it has none
 * that way. The notebook would go to another cell by an arrow upwards or downwards.
 */
function walksPicture({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return target instanceof HTMLCanvasElement && key.startsWith("Arrow") && !ctrlKey && !metaKey && !altKey;
}

/** Whether a key scrolls what has the focus, such as a wide table: the notebook would go to another cell by it. */
function scrolls({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(".scroll") || ctrlKey || metaKey || altKey) return false;
  const isWide = target.scrollWidth > target.clientWidth;
  // A browser takes these for up and down.
  if (isWide && (key === "Home" || key === "End")) target.scrollLeft = key === "Home" ? 0 : target.scrollWidth;
  if (isWide && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) return true;
  return target.scrollHeight > target.clientHeight && /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/.test(key);
}
