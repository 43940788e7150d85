// An exported page in a browser: its pictures are drawn under its own policy, nothing is loaded, nothing of the notebook runs.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue } from "../src/shared/json.ts";
import { viewMimeTypes } from "../src/shared/views.ts";
import { launchChromium } from "./support/engineAlone.ts";
import { skipsChromium } from "./support/inChromium.ts";
import { type BuiltBundles, buildKernelBundles } from "./support/kernelBundles.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const sample = (name: string): JsonValue =>
  JSON.parse(readFileSync(new URL(`renderer/samples/${name}.json`, import.meta.url), "utf8"));

/** A notebook of a stranger: each cell tries to run something. */
const notebook = {
  nnbook: 1,
  metadata: {},
  cells: [
    {
      kind: "markdown",
      source: [
        "# Page",
        "",
        "<img src=x onerror=pwned=1><script>pwned=1</script>",
        "",
        "[a](javascript:pwned=1) $x^2$",
      ],
    },
    {
      kind: "code",
      source: ["</script><script>pwned=1</script>"],
      outputs: [
        { items: { "text/html": "<script>pwned=1</script>" } },
        { items: { "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='pwned=1'/>" } },
        {
          items: {
            [viewMimeTypes.training]: sample("trainingFinished"),
            "text/plain": "</pre><script>pwned=1</script>",
          },
        },
        { items: { [viewMimeTypes.gradients]: sample("gradientsTwo"), "text/plain": "in words" } },
        {
          items: {
            [viewMimeTypes.summary]: { kind: "summary", version: 1, name: "</script><script>pwned=1</script>" },
          },
        },
      ],
    },
  ],
};

describe.skipIf(skipsChromium)("an exported page", () => {
  let bundles: BuiltBundles;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    bundles = await buildKernelBundles(["convert", "renderer", "page"]);
    const { exportNotebook } = createRequire(import.meta.url)(path.join(bundles.distFolder, "convert.cjs"));
    const file = path.join(bundles.workFolder, "page.html");
    writeFileSync(file, exportNotebook({ notebook, form: "html", name: "page", locale: "ko", folder: null }).text);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1000, height: 800 }, colorScheme: "light" });
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) requests.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".view[data-mime]")].every((view) => view.shadowRoot?.querySelector(".view")),
    );
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await bundles?.remove();
  });

  test("draws its views in its own language, without a complaint or a request", async () => {
    const drawn = await page.evaluate(() =>
      [...document.querySelectorAll(".view[data-mime]")].map((view) => view.shadowRoot?.textContent ?? ""),
    );
    expect(drawn).toHaveLength(3);
    expect(drawn[0]).toContain("완료");
    // A view that is broken says so in its place.
    expect(drawn[2]).toMatch(/layers/);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  test("runs nothing that the notebook holds", async () => {
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(await page.locator("script:not([type])").count()).toBe(0);
  });

  test.each(["light", "dark", "highContrast", "highContrastLight"])(
    "has no accessibility problem that axe finds: %s",
    async (theme) => {
      await page.selectOption("#nnbook-theme", theme);
      await page.evaluate(axeSource);
      const problems = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof import("axe-core") }).axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
      expect(problems).toEqual([]);
      await page.selectOption("#nnbook-theme", "system");
    },
  );

  test("changes its theme, and is light on paper", async () => {
    const kind = () => page.evaluate(() => document.body.dataset.vscodeThemeKind);
    expect(await kind()).toBe("vscode-light");
    await page.selectOption("#nnbook-theme", "highContrast");
    expect(await kind()).toBe("vscode-high-contrast");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await kind()).toBe("vscode-light");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await kind()).toBe("vscode-high-contrast");
  });
});
