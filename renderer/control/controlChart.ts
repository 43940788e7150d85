// A control in the output of its cell: moves at once under the hand, tells the extension, and waits for nothing.

import { type ControlValue, controlValue, withValue } from "../../src/shared/controlValues.ts";
import type { ControlView } from "../../src/shared/views.ts";
import { element, setText } from "../dom.ts";
import { fieldCss } from "../parts/fieldCss.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { controlWords } from "../words/controlWords.ts";
import { createPart } from "./controlParts.ts";

const rules = `
.control { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: center; min-height: 28px; font-size: 13px; line-height: 20px; }
.control .field { max-width: 100%; gap: 4px 8px; font-size: 13px; line-height: 20px; color: var(--nn-text); }
.control .field input { width: 240px; max-width: 100%; }
.control .field select { min-width: 120px; }
.control :is(.check, .press) { display: inline-flex; gap: 8px; align-items: center; min-height: 24px; }
.control .check { cursor: pointer; }
.control .check input { appearance: none; display: grid; place-items: center; width: 18px; height: 18px; margin: 3px; border: 1px solid var(--vscode-checkbox-border, var(--nn-neutral)); border-radius: 3px; background: var(--vscode-checkbox-background, transparent); cursor: inherit; }
.control .check input:checked::before { content: ""; width: 10px; height: 5px; border: solid var(--vscode-checkbox-foreground, var(--nn-text)); border-width: 0 0 2px 2px; transform: translateY(-2px) rotate(-45deg); }
.control .button { font-size: 13px; }
.control :disabled { cursor: default; }
.control.still .field :is(input, select), .control.still .check input, .control.still .button { opacity: 0.6; }
.view[data-theme^="highContrast"] .control.still :is(input, select, .button) { opacity: 1; }
`;

/** A cell that has just shown a control says a moment later that it can be moved: nobody is to be told otherwise meanwhile. */
const noteDelayMs = 1000;

export function createControlChart(host: ViewHost, first: ControlView): Chart<ControlView> {
  addStyles(host.root, fieldCss);
  addStyles(host.root, rules);
  let view = first;
  /** What the reader chose, until the cell's output says the same. */
  let held: ControlValue | null = null;
  let notedLate = false;
  const part = createPart(host, first.control.kind, (value) => {
    held = value;
    draw();
    host.post({ kind: "moveControl", controlId: view.controlId, value });
  });
  // The notebook would take the arrow keys for its own.
  part.input.addEventListener("keydown", (event) => event.stopPropagation());
  const note = element("span", { class: "muted small", id: "note" });
  part.input.setAttribute("aria-describedby", "note");
  const node = element("div", { class: "control" }, part.node, note);
  host.root.append(node);
  const draw = () => {
    const { control, label, controlId } = view;
    const isLive = host.trusted && host.connected && host.liveControls.isLive(controlId);
    if (!isLive) held = null;
    part.draw(label, held === null ? control : withValue(control, held));
    part.input.disabled = !isLive;
    node.classList.toggle("still", !isLive);
    setText(note, noteText(isLive));
  };
  const noteText = (isLive: boolean) => {
    if (isLive || !host.connected) return "";
    if (!host.trusted) return host.wordIn(controlWords, "untrusted");
    return notedLate ? host.wordIn(controlWords, "notLive") : "";
  };
  const timer = setTimeout(() => {
    notedLate = true;
    draw();
  }, noteDelayMs);
  host.onEnd(() => clearTimeout(timer));
  host.onEnd(host.liveControls.watch(draw));
  draw();
  return {
    update(newer) {
      view = newer;
      if (held !== null && held === controlValue(newer.control)) held = null;
      draw();
    },
    dispose: () => node.remove(),
  };
}
