// An exported page: draws its outputs with the renderer it holds, changes its theme, and makes it ready for paper.

import type { ActivationFunction, RendererApi } from "vscode-notebook-renderer";
import type { ToRenderer } from "../../src/shared/rendererProtocol.ts";
import { nearestLocale } from "../../src/shared/words/message.ts";

/** The renderer's `activate`, in the same script before this. */
declare const nnbookActivate: ActivationFunction;

const kinds = {
  light: "vscode-light",
  dark: "vscode-dark",
  highContrast: "vscode-high-contrast",
  highContrastLight: "vscode-high-contrast-light",
} as const;
type Theme = keyof typeof kinds;

/** What fits on a sheet of A4 between its margins. */
const paperWidthPx = 688;

const waiting = [...document.querySelectorAll<HTMLElement>(".view[data-mime]")];
const themes = document.querySelector<HTMLSelectElement>("#nnbook-theme");
const printer = document.querySelector<HTMLButtonElement>("#nnbook-print");
const main = document.querySelector("main");
const isDark = matchMedia("(prefers-color-scheme: dark)");
const isHighContrast = matchMedia("(prefers-contrast: more)");

showTheme();
const renderer = startRenderer();
drawNext();

for (const query of [isDark, isHighContrast]) query.addEventListener("change", showTheme);
if (themes !== null) {
  themes.hidden = false;
  themes.addEventListener("change", showTheme);
}
if (printer !== null) {
  printer.hidden = false;
  printer.addEventListener("click", () => print());
}
addEventListener("beforeprint", prepareForPaper);
addEventListener("afterprint", returnToScreen);

function startRenderer(): RendererApi | undefined {
  const environment: ToRenderer = {
    kind: "environment",
    locale: nearestLocale(document.documentElement.lang),
    // Nothing runs in a page, and nothing in it speaks of a workspace.
    trusted: true,
  };
  const started = nnbookActivate({
    workspace: { isTrusted: true },
    setState: () => {},
    getState: () => undefined,
    getRenderer: async () => undefined,
    onDidReceiveMessage: (listener: (message: ToRenderer) => void) => {
      listener(environment);
      return { dispose: () => {} };
    },
  } as unknown as Parameters<ActivationFunction>[0]);
  return started as RendererApi;
}

/** One picture at a time, so that a long page can be read at once. */
function drawNext(): void {
  if (draw(waiting.shift())) setTimeout(drawNext);
}

function draw(place: HTMLElement | undefined): boolean {
  if (place === undefined) return false;
  const data = place.querySelector("script")?.textContent ?? "null";
  const mime = place.dataset.mime ?? "";
  const item = {
    id: `output-${waiting.length}`,
    mime,
    metadata: {},
    text: () => data,
    json: () => JSON.parse(data),
    data: () => new TextEncoder().encode(data),
    blob: () => new Blob([data], { type: mime }),
  };
  void renderer?.renderOutputItem(item, place, new AbortController().signal);
  return true;
}

function showTheme(): void {
  const chosen = themes?.value ?? "system";
  const own: Theme = isHighContrast.matches
    ? isDark.matches
      ? "highContrast"
      : "highContrastLight"
    : isDark.matches
      ? "dark"
      : "light";
  const theme = chosen in kinds ? (chosen as Theme) : own;
  document.body.dataset.vscodeThemeKind = kinds[theme];
}

/** Light, all pictures drawn, and as wide as the sheet: pictures keep their proportions. */
function prepareForPaper(): void {
  while (draw(waiting.shift()));
  document.body.dataset.vscodeThemeKind = kinds.light;
  if (main === null) return;
  const widthPx = main.clientWidth;
  main.style.width = `${widthPx}px`;
  main.style.zoom = String(Math.min(1, paperWidthPx / widthPx));
}

function returnToScreen(): void {
  main?.style.removeProperty("width");
  main?.style.removeProperty("zoom");
  showTheme();
}
