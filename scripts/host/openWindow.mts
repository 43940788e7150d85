// A whole window in one call: the VS Code server with our packaged extension, and a headless browser showing a folder in it.

import { vsixFile } from "../paths.mts";
import { launchBrowser, openPage, type PageOptions, type WatchedPage } from "./browser.mts";
import { type Server, startServer } from "./server.mts";
import type { Host } from "./setUpHost.mts";
import { Workbench } from "./workbench.mts";

export interface Window extends WatchedPage {
  readonly server: Server;
  readonly workbench: Workbench;
  readonly close: () => Promise<void>;
}

export interface WindowOptions extends PageOptions {
  readonly host: Host;
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Where our extension is installed already, for any number of windows. */
  readonly extensionsFolder?: string | undefined;
  /** Whether the folder is not trusted. */
  readonly isRestricted?: boolean;
}

export async function openWindow(options: WindowOptions): Promise<Window> {
  const { host, settings = {}, env = {}, isRestricted = false, extensionsFolder } = options;
  const vsixFiles = extensionsFolder === undefined ? [vsixFile] : [];
  const server = await startServer({ host, vsixFiles, extensionsFolder, settings, env, isRestricted });
  try {
    const browser = await launchBrowser();
    const close = async () => {
      await browser.close();
      await server.stop();
    };
    try {
      const watched = await openPage(browser, options);
      const workbench = new Workbench(watched.page, server);
      await workbench.openFolder(options.folder);
      return { ...watched, server, workbench, close };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}
