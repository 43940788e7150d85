// The buttons of what runs, or ran: Stop, and Run again.

import { element, setAttributes, setHidden, setIdle, setText } from "../dom.ts";
import { icon } from "../icons.ts";
import type { ViewHost } from "../viewHost.ts";

export interface StopButton {
  readonly node: HTMLButtonElement;
  /** Once it is hidden, it counts as not pressed. */
  update(shown: boolean): void;
}

/** Says at once that it was pressed: a slow step may take its time to end. `title`: what it stops. */
export function createStopButton(host: ViewHost, title: string, stop: () => void): StopButton {
  const label = element("span", {}, host.word("stop"));
  const node = element("button", { class: "button", type: "button", title, "aria-label": title }, icon("stop"), label);
  const press = (pressed: boolean) => {
    const said = pressed ? host.word("stopping") : title;
    setText(label, host.word(pressed ? "stopping" : "stop"));
    setIdle(node, pressed);
    setAttributes(node, { title: said, "aria-label": said });
  };
  node.addEventListener("click", () => {
    if (node.hasAttribute("aria-disabled")) return;
    press(true);
    stop();
  });
  return {
    node,
    update(shown) {
      setHidden(node, !shown);
      if (!shown) press(false);
    },
  };
}

/** Hidden at first. `title`: which cell it runs. */
export function createRunAgainButton(host: ViewHost, title: string, runAgain: () => void): HTMLButtonElement {
  const attributes = { class: "button", type: "button", title, "aria-label": title, hidden: true };
  const node = element("button", attributes, icon("play"), host.word("runAgain"));
  node.addEventListener("click", runAgain);
  return node;
}
