// Buttons that belong together: one tab stop, arrows from one to the next.

import { setAttributes } from "../dom.ts";

/** One tab stop for all; arrows go to the next and the one before that can be seen. */
export function walkByKeys(area: HTMLElement, parts: () => readonly HTMLElement[]): void {
  const all = parts();
  setAttributes(all[0] ?? area, { tabindex: 0 });
  area.addEventListener("keydown", (event) => {
    const visible = all.filter((part) => !part.hidden);
    const at = event.target instanceof HTMLElement ? visible.indexOf(event.target) : -1;
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: visible.length - 1,
    }[event.key];
    if (at === -1 || to === undefined) return;
    const next = visible[Math.max(0, Math.min(visible.length - 1, to))];
    for (const part of all) setAttributes(part, { tabindex: part === next ? 0 : -1 });
    next?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
}
