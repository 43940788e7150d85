// A page that stands for the notebook window: real theme values, the bundled renderer, a context that records what it posts. For tests and screenshots in Chromium.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import type { FromRenderer, ToRenderer } from "../../src/shared/rendererProtocol.ts";

const here = new URL(".", import.meta.url);

export const themes = {
  lightModern: "vscode-light",
  darkModern: "vscode-dark",
  highContrastDark: "vscode-high-contrast",
  highContrastLight: "vscode-high-contrast-light",
} as const;

export type ThemeName = keyof typeof themes;

/** Of the page's body, left and right. */
const marginsPx = 32;

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** What the browser says; the "environment" message may change it later. */
  readonly language?: string;
  readonly trusted?: boolean;
  readonly reducedMotion?: boolean;
}

/**
 * One Chromium and one bundle for as many pages as wanted. A page that was closed is opened again with a new document, which
 * costs a third of what a new page does.
 */
export class RendererHarness {
  readonly #browser: Browser;
  readonly #bundle: string;
  /** Closed pages, by the language of their readers. */
  readonly #free = new Map<string, Page[]>();

  private constructor(browser: Browser, bundle: string) {
    this.#browser = browser;
    this.#bundle = bundle;
  }

  static async start(): Promise<RendererHarness> {
    const built = await build({
      entryPoints: [fileURLToPath(new URL("../../renderer/index.ts", here))],
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "chrome120",
      write: false,
    });
    const executablePath = process.env.NNBOOK_CHROMIUM ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--force-device-scale-factor=1"] });
    return new RendererHarness(browser, built.outputFiles[0]?.text ?? "");
  }

  async open({
    theme = "lightModern",
    widthPx = 980,
    heightPx = 900,
    language = "en-US",
    trusted = true,
    reducedMotion = false,
  }: PageOptions = {}): Promise<RendererPage> {
    const page = this.#free.get(language)?.pop() ?? (await this.#newPage(language));
    await page.setViewportSize({ width: widthPx + marginsPx, height: heightPx });
    await page.emulateMedia({ reducedMotion: reducedMotion ? "reduce" : "no-preference" });
    const harnessPage = new RendererPage(page, () => this.#putBack(page, language));
    await page.goto(`https://notebook.test/?trusted=${trusted}`, { waitUntil: "commit" });
    await page.waitForFunction("window.nnbook !== undefined");
    await harnessPage.setTheme(theme);
    return harnessPage;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }

  async #newPage(language: string): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: language,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    // The clipboard needs a secure origin; nothing leaves the browser, every request is answered here.
    await page.route("**/*", (route) => {
      const { pathname, searchParams } = new URL(route.request().url());
      if (pathname === "/renderer.js") return route.fulfill({ contentType: "text/javascript", body: this.#bundle });
      if (pathname !== "/") return route.fulfill({ status: 404 });
      return route.fulfill({ contentType: "text/html", body: pageHtml(searchParams.get("trusted") === "true") });
    });
    return page;
  }

  /** What it showed goes, so that nothing of it draws or speaks any more. */
  async #putBack(page: Page, language: string): Promise<void> {
    page.removeAllListeners();
    await page.goto("about:blank");
    await page.mouse.move(0, 0);
    this.#free.set(language, [...(this.#free.get(language) ?? []), page]);
  }
}

export class RendererPage {
  readonly page: Page;
  /** Uncaught errors and console errors so far. */
  readonly problems: readonly string[];
  readonly #putBack: () => Promise<void>;

  constructor(page: Page, putBack: () => Promise<void>) {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") problems.push(line.text());
    });
    this.page = page;
    this.problems = problems;
    this.#putBack = putBack;
  }

  async setTheme(theme: ThemeName): Promise<void> {
    const css = await readFile(new URL(`themes/${theme}.css`, here), "utf8");
    const variables = [...css.matchAll(/(--[\w-]+): ([^;]+);/g)].map(
      ([, name, value]) => [name ?? "", value ?? ""] as const,
    );
    await this.page.evaluate(
      ({ kind, values }) => {
        const root = document.documentElement;
        root.style.cssText = "";
        for (const [name, value] of values) root.style.setProperty(name, value);
        root.style.setProperty(
          "--vscode-font-family",
          '"Segoe WPC", "Liberation Sans", "NanumGothic", system-ui, sans-serif',
        );
        root.style.setProperty("--vscode-editor-font-family", '"Liberation Mono", "DejaVu Sans Mono", monospace');
        document.body.className = kind;
        document.body.dataset.vscodeThemeKind = kind;
      },
      { kind: themes[theme], values: variables },
    );
  }

  /**
   * Renders an output item, as VS Code does: the same `id` in the same element when it is an update. `widthPx`: of the element,
   * where it is not to be as wide as the page.
   */
  async show(mime: string, data: unknown, id = "output-1", widthPx: number | null = null): Promise<void> {
    await this.page.evaluate(
      ({ mime, text, id, widthPx }) => {
        const holder = document.getElementById(id) ?? document.createElement("div");
        if (!holder.isConnected) {
          holder.id = id;
          holder.className = "output";
          if (widthPx !== null) holder.style.width = `${widthPx}px`;
          document.body.append(holder);
        }
        (window as unknown as HarnessWindow).nnbook.render(mime, text, id, holder);
      },
      { mime, text: typeof data === "string" ? data : JSON.stringify(data), id, widthPx },
    );
  }

  async dispose(id: string): Promise<void> {
    await this.page.evaluate((id) => (window as unknown as HarnessWindow).nnbook.dispose(id), id);
  }

  async send(message: ToRenderer): Promise<void> {
    await this.page.evaluate((message) => (window as unknown as HarnessWindow).nnbook.send(message), message);
  }

  /** Makes the outputs so wide. */
  async setWidth(widthPx: number): Promise<void> {
    const height = this.page.viewportSize()?.height ?? 900;
    await this.page.setViewportSize({ width: widthPx + marginsPx, height });
  }

  /** Resolves when what is to be drawn with the next frame stands. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  }

  /** Everything the renderer posted so far, but where the reader points: that is told a moment later, between whatever comes then. */
  posted(): Promise<readonly FromRenderer[]> {
    return this.page.evaluate(() =>
      (window as unknown as HarnessWindow).nnbook.posted.filter(({ kind }) => kind !== "linkMoved"),
    );
  }

  screenshot(path: string): Promise<Buffer> {
    return this.page.screenshot({ path, fullPage: true });
  }

  /** Ends a check: the page reported no errors. */
  async end(): Promise<void> {
    assert.deepEqual(this.problems, [], "the page reported errors");
    await this.close();
  }

  async close(): Promise<void> {
    await this.#putBack();
  }
}

interface HarnessWindow {
  readonly nnbook: {
    readonly posted: FromRenderer[];
    render(mime: string, text: string, id: string, element: HTMLElement): void;
    dispose(id: string): void;
    send(message: ToRenderer): void;
  };
}

function pageHtml(trusted: boolean): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook window</title>
<style>body { margin: 16px; background: var(--vscode-editor-background); color: var(--vscode-foreground); font-family: var(--vscode-font-family); } .output { margin-bottom: 32px; }</style>
</head><body><script type="module">
import { activate } from "/renderer.js";
const listeners = [], posted = [];
const api = await activate({
  workspace: { isTrusted: ${trusted} },
  postMessage: (message) => { posted.push(JSON.parse(JSON.stringify(message))); },
  onDidReceiveMessage: (listener) => { listeners.push(listener); return { dispose() {} }; },
  setState() {}, getState: () => undefined, getRenderer: async () => undefined,
});
window.nnbook = {
  posted,
  render: (mime, text, id, element) => api.renderOutputItem({ id, mime, text: () => text, json: () => JSON.parse(text), data: () => new TextEncoder().encode(text), blob: () => new Blob([text]), metadata: undefined }, element, new AbortController().signal),
  dispose: (id) => api.disposeOutputItem(id),
  send: (message) => { for (const listener of listeners) listener(message); },
};
</script></body></html>`;
}
