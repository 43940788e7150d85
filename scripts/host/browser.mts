// A headless Chromium, and a page that remembers what went wrong in it.

import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { setUpChromium } from "./setUpChromium.mts";

/** What the bare host prints on its own; none of it is ours. */
const hostNoise = [
  /favicon|manifest\.json|vsda|serviceWorker\.js|\[Service Worker\] registration/,
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /An iframe which has both allow-scripts and allow-same-origin|Allow attribute will take precedence/,
  /ERR_CONNECTION_REFUSED.*(marketplace|update)|No extension gallery service configured/,
  /No search provider|ripgrep\/bin\/rg ENOENT|Timed out (getting tasks from|waiting for authentication provider)/,
  /No bundle location found for extension vscode\.|VSCODE_NLS_CONFIG|reading NLS/i,
  // Its own settings are saved while a busy machine keeps the extension host waiting; we listen to no such event.
  /Aborted onWillSaveTextDocument-event/,
  /\[AgentHost|Canceled$|ERR color.*(file not found|ENOENT).*\/User\//,
];

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page's console and exceptions nobody caught, the host's own noise left out. */
  readonly problems: readonly string[];
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  /** Points of the picture for each of the page. */
  readonly scale?: number;
  /** The language of the workbench, as a language pack would set it: "ko". */
  readonly locale?: string;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await setUpChromium(), headless: true, args: ["--disable-dev-shm-usage"] });
}

export async function openPage(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
  const { width = 1280, height = 960, scale: deviceScaleFactor = 1, locale } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor,
    ...(locale ? { locale } : {}),
  });
  if (locale) {
    await context.addInitScript((language) => {
      Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => language, set() {}, configurable: true });
    }, locale);
  }
  const problems: string[] = [];
  const keep = (text: string) => {
    if (!hostNoise.some((noise) => noise.test(text))) problems.push(text);
  };
  context.on("console", (message) => {
    if (message.type() === "error") keep(`${message.text()} (${path.posix.basename(message.location().url)})`);
  });
  // A machine that does much else needs longer than the half minute which is usual.
  context.setDefaultNavigationTimeout(120_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => keep(String(error.stack ?? error)));
  page.on("dialog", (dialog) => {
    // "Leave the page?" comes at the end, when the window is closed with unsaved changes.
    void (dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss());
  });
  return { page, context, problems };
}
