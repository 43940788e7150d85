// One output element: its shadow root, what it shows now, and the choice between updating that in place and drawing anew.

import type { View } from "../src/shared/views.ts";
import { chartFor, identityOf } from "./dispatch.ts";
import { element as newElement } from "./dom.ts";
import { errorBlock } from "./error/errorBlock.ts";
import { icon } from "./icons.ts";
import { type ReadView, readView } from "./read/readView.ts";
import { type Chart, type Surroundings, ViewHost } from "./viewHost.ts";
import { adoptStyles } from "./viewStyles.ts";

interface Shown {
  readonly host: ViewHost;
  readonly chart: Chart<View> | null;
  readonly identity: string | null;
}

// VS Code gives the same element again when an output is replaced; an element can have one shadow root only.
const mounted = new WeakMap<HTMLElement, MountedOutput>();

export class MountedOutput {
  readonly element: HTMLElement;
  readonly #shadow: ShadowRoot;
  #surroundings: Surroundings;
  #shown: Shown | null = null;
  #read: ReadView | null = null;

  /** The output of an element: the one it has, or a new one. */
  static in(element: HTMLElement, surroundings: Surroundings): MountedOutput {
    const output = mounted.get(element) ?? new MountedOutput(element, surroundings);
    mounted.set(element, output);
    output.#surroundings = surroundings;
    return output;
  }

  private constructor(element: HTMLElement, surroundings: Surroundings) {
    this.element = element;
    this.#surroundings = surroundings;
    // An earlier renderer instance (the window was reloaded in place) may have left its root.
    this.#shadow = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    this.#shadow.replaceChildren();
    adoptStyles(this.#shadow);
  }

  /** Shows the data of `mime`; updates in place when it is the same view of the same run. */
  show(mime: string, json: () => unknown): void {
    this.#read = readView(mime, parsed(json));
    const identity = this.#read.kind === "view" ? identityOf(this.#read.view) : null;
    if (this.#read.kind === "view" && this.#shown?.chart && this.#shown.identity === identity) {
      this.#shown.chart.update(this.#read.view);
    } else this.#draw();
  }

  /** Language or trust changed: the words change, so everything is drawn again. */
  moveTo(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
    if (this.#read !== null) this.#draw();
  }

  themeChanged(): void {
    this.#shown?.host.themeChanged();
  }

  dispose(): void {
    this.#shown?.chart?.dispose();
    this.#shown?.host.dispose();
    this.#shown = null;
    this.#read = null;
  }

  #draw(): void {
    const read = this.#read;
    this.#shown?.chart?.dispose();
    this.#shown?.host.dispose();
    this.#shown = null;
    if (read === null) return;
    const host = new ViewHost(this.#shadow, this.#surroundings);
    if (read.kind === "unreadable") {
      host.root.append(unreadableLine(host, read));
      this.#shown = { host, chart: null, identity: null };
    } else if (read.kind === "error") {
      host.root.append(errorBlock(host, read.error));
      this.#shown = { host, chart: null, identity: null };
    } else this.#shown = { host, chart: chartFor(host, read.view), identity: identityOf(read.view) };
  }
}

/** Broken JSON is read as `undefined`, which no view accepts: the reader is told what was expected. */
function parsed(json: () => unknown): unknown {
  try {
    return json();
  } catch {
    return undefined;
  }
}

function unreadableLine(host: ViewHost, { expected, found, newer }: Extract<ReadView, { kind: "unreadable" }>): Node {
  const said = host.word("unreadable", { expected, found });
  const advice = host.word(newer ? "unreadableNewer" : "unreadableBroken");
  return newElement(
    "p",
    { class: "unreadable", role: "alert" },
    icon("warning", host.word("warning")),
    newElement("span", {}, `${said} ${advice}`),
  );
}
