// The engine as `npm run build` left it in dist/engine, run from outside: in a program of Node, in a page of Chromium.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { runProgram } from "../../scripts/run.mts";

export const engineFolder = path.resolve(import.meta.dirname, "..", "..", "dist", "engine");
if (!existsSync(path.join(engineFolder, "index.js")))
  throw new Error("There is no dist/engine: run npm run build first.");

/** The address of one of its files, as JavaScript. */
export function engineUrl(file: string): string {
  return JSON.stringify(pathToFileURL(path.join(engineFolder, file)).href);
}

/** What a program prints as JSON; `before` runs before the engine is imported as `engine`. It must end by itself, and soon. */
export async function runInNode<Report>(node: string, program: string, before = ""): Promise<Report> {
  const text = `${before}\nconst engine = await import(${engineUrl("index.js")});\n${program}`;
  const args = ["--input-type=module", "--eval", text];
  const { exitCode, text: output } = await runProgram(node, args, { timeoutMs: 60_000 });
  expect(exitCode, output).toBe(0);
  return JSON.parse(output) as Report;
}

export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.NNBOOK_CHROMIUM;
  return chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox"] });
}

/** What isolates a page from other origins. */
export const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** An empty page of a secure origin, where every request is answered from dist/engine, with these headers. */
export async function openPage(browser: Browser, headers: Readonly<Record<string, string>>): Promise<Page> {
  const page = await browser.newPage();
  await page.route("**/*", (route) => {
    const file = new URL(route.request().url()).pathname;
    if (file === "/") return route.fulfill({ contentType: "text/html", body: "<!doctype html>", headers });
    const contentType = file.endsWith(".js") ? "text/javascript" : "text/csv";
    return route.fulfill({ contentType, body: readFileSync(path.join(engineFolder, file)), headers });
  });
  await page.goto("https://engine.test/");
  return page;
}
