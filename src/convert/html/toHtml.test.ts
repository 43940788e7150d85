// The exported page: what stands in it, and what must not get into it.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NotebookFile, NotebookFileCell } from "../../notebook/notebookFile.ts";
import type { JsonValue } from "../../shared/json.ts";
import { pictureAddressIn } from "../pictureFiles.ts";
import { pageScript, toHtml } from "./toHtml.ts";

const scripts = {
  renderer: "const a = '</script><!--';export{a as activate};\n//# sourceMappingURL=renderer.js.map\n",
  page: "nnbookActivate();\n//# sourceMappingURL=page.js.map\n",
};

function html(
  cells: readonly NotebookFileCell[],
  pictureAddress: (source: string) => string | null = () => null,
): string {
  return toHtml({ nnbook: 1, cells } as NotebookFile, { name: "book", locale: "en", scripts, pictureAddress });
}

const markdown = (text: string): NotebookFileCell => ({ kind: "markdown", source: text.split("\n") });
const output = (items: Readonly<Record<string, JsonValue>>): NotebookFileCell => ({
  kind: "code",
  source: [],
  outputs: [{ items }],
});
/** What stands between the tags of `main`. */
const body = (page: string) => /<main>\n([\s\S]*)\n<\/main>/.exec(page)?.[1] ?? "";

describe("the page", () => {
  test("runs one script, known by its hash, and loads nothing", () => {
    const page = html([markdown("words")]);
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(script).digest("base64");
    expect(page).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
    expect(script).toContain("const nnbookActivate = a;");
    expect(script).not.toContain("sourceMappingURL");
  });

  test("its script cannot end before its end", () => {
    expect(pageScript(scripts)).toContain("'\\x3c/script>\\x3c!--'");
  });

  test("says what is wrong with a renderer of another shape", () => {
    expect(() => pageScript({ renderer: "activate()", page: "" })).toThrow(/does not end with its export/);
  });

  test("is called after its first heading, else after its file", () => {
    expect(html([markdown("# *One* <two>")])).toContain("<title>One &lt;two&gt;</title>");
    expect(html([markdown("words")])).toContain("<title>book</title>");
  });
});

describe("Markdown", () => {
  test("has maths as MathML, tables, code in colour, and anchors as the editor makes them", () => {
    const page = body(
      html([markdown("## Why it learns\n\n$x^2$\n\n$$\\frac14$$\n\n|a|\n|-|\n|1|\n\n```ts\nconst a = 1\n```")]),
    );
    expect(page).toContain('<h2 id="why-it-learns">');
    expect(page.match(/<math/g)).toHaveLength(2);
    expect(page).not.toContain("katex-html");
    expect(page).toContain("<table>");
    expect(page).toContain('<span class="hljs-keyword">const</span>');
  });

  test("a wrong formula is shown as it was written", () => {
    expect(body(html([markdown("$\\nosuch{$")]))).toContain("\\nosuch{");
  });

  test("hints stay folded; what could act becomes text or nothing", () => {
    const page = body(
      html([
        markdown("<details open onclick='x()'><summary>Hint</summary>\n\n**bold**\n\n</details>\n\n</main><div>"),
        markdown(
          '<script>alert(1)</script><img src=x onerror=alert(1)>\n\n<iframe src="a"></iframe> <a href="javascript:x()">a</a>',
        ),
        markdown("next"),
      ]),
    );
    expect(page).toContain('<details open=""><summary>Hint</summary>');
    expect(page).toContain("<strong>bold</strong>");
    expect(page).toContain("&lt;/main&gt;<div>");
    expect(page).toContain("&lt;iframe");
    expect(page).not.toMatch(/<(script|iframe)|<[^>]*\son\w+=|javascript:/);
    // What a cell left open ends with it.
    expect(page).toMatch(/<div>\s*<\/div><\/section>/);
  });

  test("links and pictures of dangerous addresses are not made", () => {
    const page = body(html([markdown("[a](javascript:alert(1)) ![b](https://example.org/b.png)")]));
    expect(page).not.toContain("<img");
    expect(page).not.toMatch(/href="javascript/);
    expect(page).toContain('<a href="https://example.org/b.png">b</a>');
  });
});

describe("outputs", () => {
  test("a view is data in a script element that nothing in it can end, with its text beside", () => {
    const mime = "application/vnd.nnbook.summary.v1+json";
    const page = body(html([output({ [mime]: { name: "</script><b>" }, "text/plain": "<i>" })]));
    expect(page).toContain(
      `data-mime="${mime}"><script type="application/json">{"name":"\\u003c/script>\\u003cb>"}</script>`,
    );
    expect(page).toContain("&lt;i&gt;");
  });

  test("a view that can be drawn has a picture that stands still, for those without scripts", () => {
    const summary = JSON.parse(
      readFileSync(new URL("../../../test/renderer/samples/summary.json", import.meta.url), "utf8"),
    );
    const page = body(html([output({ "application/vnd.nnbook.summary.v1+json": summary, "text/plain": "in words" })]));
    const [, address = "", label] =
      /<noscript><img class="picture" src="([^"]+)" alt="([^"]+)"><\/noscript>/.exec(page) ?? [];
    expect(label).toMatch(/^Model summary: sigmoid \+ leaky ReLU/);
    expect(Buffer.from(address.split(",")[1] ?? "", "base64").toString()).toMatch(
      /^<svg [^>]+ aria-label="Model summary/,
    );
    expect(page).toMatch(/in words/);
  });

  test("markup is text, pictures are pictures, and errors are without the colours of terminals", () => {
    const page = body(
      html([
        output({ "text/html": "<b>no</b>" }),
        output({ "image/svg+xml": "<svg onload='x'/>" }),
        output({ "image/png": "AAAA" }),
        output({ "image/png": "no <base64>" }),
        output({
          "application/vnd.code.notebook.error": { name: "E", message: "m", stack: "\u001b[31mE: m\u001b[0m" },
        }),
        output({ "application/json": { a: 1 } }),
        output({}),
      ]),
    );
    expect(page).toContain("&lt;b&gt;no&lt;/b&gt;");
    expect(page).toContain('src="data:image/svg+xml;base64,');
    expect(page).toContain('src="data:image/png;base64,AAAA"');
    expect(page).toContain("An output of type image/png cannot be shown here.");
    expect(page).toMatch(/<pre class="error"[^>]*>E: m<\/pre>/);
    expect(page).toContain("&quot;a&quot;: 1");
    expect(page).not.toContain("onload");
  });
});

describe("pictures that Markdown names", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "nnbook-pictures-"));
    mkdirSync(path.join(folder, "book"));
    writeFileSync(path.join(folder, "secret.png"), "secret");
    writeFileSync(path.join(folder, "book", "a b.png"), "picture");
    symlinkSync(path.join(folder, "secret.png"), path.join(folder, "book", "link.png"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("come along when they stand beside the notebook, and from nowhere else", () => {
    const address = pictureAddressIn(path.join(folder, "book"));
    expect(address("a%20b.png")).toBe(`data:image/png;base64,${Buffer.from("picture").toString("base64")}`);
    for (const elsewhere of [
      "../secret.png",
      "link.png",
      path.join(folder, "secret.png"),
      "file:///secret.png",
      "no.png",
      "a",
    ])
      expect(address(elsewhere), elsewhere).toBeNull();
    expect(address("data:image/png;base64,AA")).toBe("data:image/png;base64,AA");
    expect(pictureAddressIn(null)("a%20b.png")).toBeNull();
  });
});
