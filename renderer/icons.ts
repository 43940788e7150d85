// The icons of the views, 16 px, in the colour of the text around them.

import { svgElement } from "./dom.ts";

/** Their outlines, in a square of 16 by 16. */
export const iconPaths = {
  warning: "M8 1.6 15.2 14H.8L8 1.6Zm0 2L2.5 13h11L8 3.6Zm-.6 3h1.2v3.5H7.4V6.6Zm0 4.4h1.2v1.2H7.4V11Z",
  error:
    "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm2.2 2.6.7.7L8.7 8l2.2 2.2-.7.7L8 8.7l-2.2 2.2-.7-.7L7.3 8 5.1 5.8l.7-.7L8 7.3l2.2-2.2Z",
  good: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm2.9 3.2.8.7-4.5 4.9-2.6-2.5.7-.7 1.8 1.8 3.8-4.2Z",
  info: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM7.4 7h1.2v4.4H7.4V7Zm0-2.4h1.2v1.3H7.4V4.6Z",
  play: "M4 2.5 13 8l-9 5.5v-11Zm1 1.8v7.4L11.1 8 5 4.3Z",
  pause: "M4.5 3H6v10H4.5V3ZM10 3h1.5v10H10V3Z",
  previous: "M3 3h1.2v10H3V3Zm10 0v10L5.5 8 13 3Z",
  next: "M11.8 3H13v10h-1.2V3ZM3 3l7.5 5L3 13V3Z",
  stop: "M3.5 3.5h9v9h-9v-9Z",
  table: "M2 3h12v10H2V3Zm1 1v2h10V4H3Zm0 3v2h4V7H3Zm5 0v2h5V7H8Zm-5 3v2h4v-2H3Zm5 0v2h5v-2H8Z",
  copy: "M5 2h8v9h-2v-1h1V3H6v1H5V2ZM3 5h7v9H3V5Zm1 1v7h5V6H4Z",
  save: "M8 1.5v7.3l2.4-2.4.7.7-3.6 3.6-3.6-3.6.7-.7L7 8.8V1.5h1ZM2.5 11h1v2.5h9V11h1v3.5h-11V11Z",
  reveal: "M9 2h5v5h-1V3.7L7.4 9.4l-.8-.8L12.3 3H9V2ZM3 4h4v1H4v7h7V9h1v4H3V4Z",
  running: "M8 2.2a5.8 5.8 0 1 1-5.8 5.8h1.9A3.9 3.9 0 1 0 8 4.1V2.2Z",
} as const;

export type IconName = keyof typeof iconPaths;

/** An icon. With a `label` it is an image that is read aloud; without, it is decoration. */
export function icon(name: IconName, label?: string): SVGSVGElement {
  const node = svgElement("svg", { viewBox: "0 0 16 16", fill: "currentColor" }, svgElement("path", {}));
  setIcon(node, name, label);
  return node;
}

/** Changes an icon in place. */
export function setIcon(node: SVGSVGElement, name: IconName, label?: string): void {
  node.setAttribute("class", `icon ${name}`);
  node.querySelector("path")?.setAttribute("d", iconPaths[name]);
  if (label === undefined) {
    node.setAttribute("aria-hidden", "true");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
  } else {
    node.removeAttribute("aria-hidden");
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", label);
  }
}
