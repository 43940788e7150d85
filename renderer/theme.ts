// The colours of every view by role and theme kind, and the watch over theme changes. Views name roles; only this file knows colours.

export type ThemeKind = "light" | "dark" | "highContrastDark" | "highContrastLight";

/** A role, as its custom property is called: `--nn-train`, `--nn-run-1`, `--nn-g-9`. */
export type ColourRole = keyof typeof light;

const light = {
  train: "#0b67b2",
  validation: "#b85000",
  gradient: "#0a5a4e",
  "run-1": "#241770",
  "run-2": "#c0287a",
  "run-3": "#807010",
  "run-4": "#5e1a10",
  "run-5": "#7366cc",
  "run-other": "#737373",
  "class-0": "#6a5acd",
  "class-1": "#a8840b",
  "class-2": "#85244c",
  "class-3": "#e66891",
  "class-4": "#3f4096",
  "class-5": "#786000",
  "class-6": "#ba4379",
  "class-7": "#867eff",
  "class-0-soft": "#e3dff7",
  "class-1-soft": "#f6edc9",
  "g-9": "#f3f6f5",
  "g-7": "#d3e6e1",
  "g-5": "#93c8bd",
  "g-3": "#429a8b",
  "g-1": "#0c6a5d",
  g1: "#05393a",
  g3: "#6d0740",
  warning: "#8a6100",
  error: "#b3150a",
  good: "#2a7227",
  neutral: "#6b6b6b",
  "neutral-soft": "#d5d7da",
  grid: "rgba(0, 0, 0, 0.09)",
  axis: "rgba(0, 0, 0, 0.36)",
  hairline: "rgba(0, 0, 0, 0.1)",
  shade: "rgba(0, 0, 0, 0.045)",
};

const dark: Record<ColourRole, string> = {
  train: "#62b0f0",
  validation: "#f0a04b",
  gradient: "#3f9a8b",
  "run-1": "#8a80f5",
  "run-2": "#f58ac8",
  "run-3": "#e6e07a",
  "run-4": "#d36b4f",
  "run-5": "#a9f0ee",
  "run-other": "#8c8c8c",
  "class-0": "#a99cf7",
  "class-1": "#d9b84a",
  "class-2": "#00e6ce",
  "class-3": "#ab533a",
  "class-4": "#3d7098",
  "class-5": "#b28f00",
  "class-6": "#2ea09a",
  "class-7": "#974bff",
  "class-0-soft": "#35304f",
  "class-1-soft": "#3d371f",
  "g-9": "#262b2b",
  "g-7": "#1f3f3c",
  "g-5": "#1f5f58",
  "g-3": "#2f8f82",
  "g-1": "#6ccdbb",
  g1: "#d2fff1",
  g3: "#ff9fd0",
  warning: "#d9b300",
  error: "#ff7369",
  good: "#89d185",
  neutral: "#a0a0a0",
  "neutral-soft": "#45484b",
  grid: "rgba(255, 255, 255, 0.085)",
  axis: "rgba(255, 255, 255, 0.36)",
  hairline: "rgba(255, 255, 255, 0.1)",
  shade: "rgba(255, 255, 255, 0.05)",
};

export const palettes: Readonly<Record<ThemeKind, Readonly<Record<ColourRole, string>>>> = {
  light,
  dark,
  highContrastDark: {
    ...dark,
    grid: "rgba(255, 255, 255, 0.25)",
    hairline: "rgba(255, 255, 255, 0.4)",
    axis: "#ffffff",
    "g-9": "#000000",
    "neutral-soft": "#5a5a5a",
    warning: "#ffd700",
    error: "#ff8f87",
  },
  highContrastLight: {
    ...light,
    grid: "rgba(0, 0, 0, 0.2)",
    hairline: "rgba(0, 0, 0, 0.35)",
    axis: "#292929",
    "g-9": "#ffffff",
    "neutral-soft": "#bdbdbd",
    warning: "#6b4a00",
    error: "#9c0d03",
  },
};

/** The theme kind that VS Code writes on `body`; light when it is absent (a saved page) or unknown. */
export function themeKindOf(attribute: string | undefined): ThemeKind {
  switch (attribute) {
    case "vscode-dark":
      return "dark";
    case "vscode-high-contrast":
      return "highContrastDark";
    case "vscode-high-contrast-light":
      return "highContrastLight";
    default:
      return "light";
  }
}

function isHighContrast(kind: ThemeKind): boolean {
  return kind === "highContrastDark" || kind === "highContrastLight";
}

/** The tables as rules for `.view[data-theme=…]`; surfaces and text stay the editor's, each with a fallback. */
export function themeRules(): string {
  const kinds = Object.entries(palettes).map(([kind, palette]) => {
    const declarations = Object.entries(palette).map(([role, colour]) => `--nn-${role}: ${colour};`);
    return `.view[data-theme="${kind}"] { ${declarations.join(" ")} }`;
  });
  return `${kinds.join("\n")}
.view {
  --nn-text: var(--vscode-foreground, CanvasText);
  --nn-muted: var(--vscode-descriptionForeground, var(--nn-text));
  --nn-page: var(--vscode-notebook-editorBackground, var(--vscode-editor-background, Canvas));
  --nn-edge: var(--vscode-contrastBorder, var(--vscode-notebook-cellBorderColor, var(--nn-neutral-soft)));
  --nn-active-edge: var(--vscode-contrastActiveBorder, var(--vscode-focusBorder, var(--nn-text)));
  --nn-focus: var(--vscode-focusBorder, var(--nn-text));
  --nn-hover: var(--vscode-list-hoverBackground, var(--nn-shade));
  --nn-font: var(--vscode-font-family, system-ui, sans-serif);
  --nn-code-font: var(--vscode-editor-font-family, ui-monospace, monospace);
}`;
}

/** What a chart needs to draw in the theme of the moment. Asked again after every change. */
export interface Theme {
  readonly kind: ThemeKind;
  readonly highContrast: boolean;
  readonly fontFamily: string;
  readonly text: string;
  readonly muted: string;
  readonly page: string;
  colour(role: ColourRole): string;
  /** The colour of run `index` (from 0); beyond the fifth all runs share one. */
  runColour(index: number): string;
  /** The fixed scale from 10⁻⁹ to 10³. */
  gradientColour(value: number): string;
  /** The colour of class `index` (from 0); beyond the eighth all classes share one. */
  classColour(index: number): string;
  /** The colour of a number by sign and size: `share` from −1 (towards class 0) over 0 (the page) to 1 (towards class 1). */
  signedColour(share: number): string;
}

/** Reads the theme from the computed style of a `.view` element. */
export function readTheme(view: HTMLElement): Theme {
  const kind = themeKindOf(document.body.dataset.vscodeThemeKind);
  view.dataset.theme = kind;
  const style = getComputedStyle(view);
  const read = (property: string, fallback: string) => resolved(style.getPropertyValue(property)) || fallback;
  const palette = palettes[kind];
  const page = read("--nn-page", kind === "light" || kind === "highContrastLight" ? "#ffffff" : "#1f1f1f");
  return {
    kind,
    highContrast: isHighContrast(kind),
    fontFamily: style.fontFamily || "sans-serif",
    text: style.color || palette.axis,
    muted: read("--nn-muted", palette.neutral),
    page,
    colour: (role) => palette[role],
    runColour: (index) => palette[runRoles[index] ?? "run-other"],
    gradientColour: (value) => gradientColour(value, kind),
    classColour: (index) => palette[classRoles[index] ?? "run-other"],
    signedColour: (share) => mixed(page, palette[share < 0 ? "class-0" : "class-1"], Math.min(1, Math.abs(share))),
  };
}

const classRoles: readonly ColourRole[] = [
  "class-0",
  "class-1",
  "class-2",
  "class-3",
  "class-4",
  "class-5",
  "class-6",
  "class-7",
];

const runRoles: readonly ColourRole[] = ["run-1", "run-2", "run-3", "run-4", "run-5"];

// A canvas does not understand `Canvas` and friends inside var(); they come back unresolved and are left out.
function resolved(value: string): string {
  return /^(#|rgb|hsl|color)/.test(value.trim()) ? value.trim() : "";
}

const gradientStops: readonly (readonly [exponent: number, role: ColourRole])[] = [
  [-9, "g-9"],
  [-7, "g-7"],
  [-5, "g-5"],
  [-3, "g-3"],
  [-1, "g-1"],
  [1, "g1"],
  [3, "g3"],
];

/**
 * The colour of a mean |g| on the fixed scale; what lies outside takes the colour of its end.
 * High contrast quantises to powers of ten, so that neighbouring blocks stay apart. Not for NaN or infinity: they are hatched.
 */
export function gradientColour(value: number, kind: ThemeKind): string {
  const palette = palettes[kind];
  const exact = value > 0 ? Math.log10(value) : -9;
  const exponent = Math.min(3, Math.max(-9, isHighContrast(kind) ? Math.round(exact) : exact));
  for (let index = 1; index < gradientStops.length; index++) {
    const [low, lowRole] = gradientStops[index - 1] ?? [-9, "g-9"];
    const [high, highRole] = gradientStops[index] ?? [3, "g3"];
    if (exponent > high) continue;
    const share = (exponent - low) / (high - low);
    return mixed(palette[lowRole], palette[highRole], share);
  }
  return palette.g3;
}

/** A colour between two: `share` 0 is `from`, 1 is `to`. */
export function mixed(from: string, to: string, share: number): string {
  const [start, end] = [parseColour(from), parseColour(to)];
  return `rgb(${start.map((channel, at) => Math.round(channel + ((end[at] ?? channel) - channel) * share)).join(", ")})`;
}

/** Black or white, whichever has more contrast on `colour`: at least 4.5:1 on any, since they cross at a luminance of 0.179. */
export function inkOn(colour: string): "#000000" | "#ffffff" {
  return relativeLuminance(colour) > 0.179 ? "#000000" : "#ffffff";
}

/**
 * The colour at `share` of the way from `from` to `to`, for a cell with a number in {@link inkOn}. In high contrast the number has
 * 7:1 (WCAG 2, level AAA): shades on which neither black nor white has that give way to the next paler one.
 */
export function cellShade(from: string, to: string, share: number, highContrast: boolean): string {
  for (let strength = share; ; strength = Math.max(0, strength - 0.01)) {
    const colour = mixed(from, to, strength);
    if (!highContrast || strength === 0 || contrast(inkOn(colour), colour) >= 7) return colour;
  }
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [relativeLuminance(one), relativeLuminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** WCAG 2 relative luminance, 0 (black) to 1 (white). */
export function relativeLuminance(colour: string): number {
  const [red, green, blue] = parseColour(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** `colour` at `alpha` (0–1), for bands and hatches. */
export function fade(colour: string, alpha: number): string {
  return `rgba(${parseColour(colour).join(", ")}, ${alpha})`;
}

/** Red, green and blue (0–255) of `#rgb`, `#rrggbb` or `rgb(…)`. */
export function parseColour(colour: string): readonly number[] {
  if (colour.startsWith("#")) {
    const digits = colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour;
    return [1, 3, 5].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  }
  return (colour.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
}

/** A pattern of thin diagonal lines for a canvas: the error hatch, the saturated bar, the unrecorded block. */
export function hatchPattern(context: CanvasRenderingContext2D, colour: string, gapPx = 6): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = gapPx;
  tile.height = gapPx;
  const pen = tile.getContext("2d");
  if (pen === null) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-gapPx, 0, gapPx]) {
    pen.moveTo(shift - 1, gapPx + 1);
    pen.lineTo(shift + gapPx + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? colour;
}

/** Calls `listener` after each change of theme. One observer per watcher; the renderer has one watcher. */
export function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-kind"] });
  // Custom colours change the variables on the root element and nothing on the body.
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
