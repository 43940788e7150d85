// What a still picture is drawn on: a light or a dark page of its own, and the reader's language. There is no browser to ask.

import type { Locale } from "../../src/shared/words/message.ts";
import { type ColourRole, gradientColour, mixed, palettes, type Theme } from "../theme.ts";

export interface Paper {
  readonly theme: Theme;
  readonly locale: Locale;
}

/** Text and page of each kind, as GitHub and Jupyter have them. */
const surfaces = {
  light: { page: "#ffffff", text: "#1f2328", muted: "#59636e" },
  dark: { page: "#0d1117", text: "#e6edf3", muted: "#9198a1" },
} as const;

export function stillTheme(kind: keyof typeof surfaces): Theme {
  const palette = palettes[kind];
  const { page, text, muted } = surfaces[kind];
  const numbered = (group: "run" | "class", number: number) => {
    const role = `${group}-${number}` as ColourRole;
    return palette[role] ?? palette["run-other"];
  };
  return {
    kind,
    highContrast: false,
    fontFamily: "system-ui",
    ...{ page, text, muted },
    colour: (role) => solid(palette[role], page),
    runColour: (index) => numbered("run", index + 1),
    gradientColour: (value) => gradientColour(value, kind),
    classColour: (index) => numbered("class", index),
    signedColour: (share) => mixed(page, palette[share < 0 ? "class-0" : "class-1"], Math.min(1, Math.abs(share))),
  };
}

/** What lets the page through, as it then looks: not every program that shows SVG knows `rgba`. */
function solid(colour: string, page: string): string {
  const alpha = /^rgba\(.*,\s*([\d.]+)\)$/.exec(colour)?.[1];
  return alpha === undefined ? colour : mixed(page, colour, Number(alpha));
}
