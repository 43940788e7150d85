// What a diagnosis promises in a real browser: its remedies show their change by key and pointer, and hide it again.

import assert from "node:assert/strict";
import type { RemedyAnswer } from "../../src/shared/rendererProtocol.ts";
import { type DiagnosisView, viewMimeTypes } from "../../src/shared/views.ts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const diagnosisChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a remedy shows its change, one at a time, to be read and copied; the layer can be revealed"(harness) {
    const page = await harness.open();
    const view = await sample<DiagnosisView>("diagnosisTwo");
    await page.show(viewMimeTypes.diagnosis, view);
    const changes = page.page.locator(".diff:visible");
    assert.equal(await changes.count(), 0);
    const relu = page.page.getByRole("button", { name: "Use ReLU + He…" });
    await relu.press("Enter");
    assert.equal(await relu.getAttribute("aria-expanded"), "true");
    assert.match((await changes.textContent()) ?? "", /− {3}activation: "sigmoid",\+ {3}activation: "relu",/);
    await page.page.getByRole("button", { name: "Copy the change" }).click();
    assert.deepEqual((await page.posted()).at(-1), {
      kind: "copyText",
      text: 'activation: "relu",\nkernelInitializer: "heNormal",',
    });
    await page.page.getByRole("button", { name: "Apply: Use ReLU + He" }).click();
    const applied = view.findings.flatMap(({ remedies }) => remedies).find(({ kind }) => kind === "useRelu");
    const runId = view.runs[0]?.runId;
    assert.deepEqual((await page.posted()).at(-1), { kind: "applyRemedy", runId, edits: applied?.edits });
    await page.page.getByRole("button", { name: "Add batchNorm…" }).click();
    assert.equal(await relu.getAttribute("aria-expanded"), "false");
    assert.match((await changes.textContent()) ?? "", /\+ {3}layers\.batchNorm\(\),/);
    await page.page.getByRole("button", { name: "Add batchNorm…" }).click();
    assert.equal(await changes.count(), 0);
    await page.page
      .getByRole("button", { name: /^Reveal in cell/ })
      .first()
      .click();
    const [first] = view.findings;
    assert.deepEqual((await page.posted()).at(-1), {
      kind: "revealLayer",
      runId: view.runs[0]?.runId,
      layer: first?.layer,
    });
    await page.page.getByText("29 checks passed").press("Enter");
    assert.equal(await page.page.locator(".passedChecks li:visible").count(), view.passed.length);
    await page.end();
  },

  async "a click that leads out of the output is none into it: VS Code would take the focus back"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.diagnosis, await sample<DiagnosisView>("diagnosisTwo"));
    const heard = await page.page.evaluateHandle(() => {
      const clicks: string[] = [];
      document.body.addEventListener("click", (event) => clicks.push((event.composedPath()[0] as Element).className));
      return clicks;
    });
    await page.page.getByRole("button", { name: "Use ReLU + He…" }).click();
    await page.page.getByRole("button", { name: "Apply: Use ReLU + He" }).click();
    await page.page
      .getByRole("button", { name: /^Reveal in cell/ })
      .first()
      .click();
    await page.page.getByRole("button", { name: "Copy the change" }).click();
    const kinds = (await page.posted()).map(({ kind }) => kind).slice(-4);
    assert.deepEqual(kinds, ["askRemedy", "applyRemedy", "revealLayer", "copyText"]);
    assert.equal((await heard.jsonValue()).length, 2);
    await page.end();
  },

  async "a remedy is applied where it can be, else its place is shown; asked each time it is looked at"(harness) {
    const page = await harness.open();
    const view = await sample<DiagnosisView>("diagnosisTwo");
    await page.show(viewMimeTypes.diagnosis, view);
    const relu = page.page.getByRole("button", { name: "Use ReLU + He…" });
    const answer = async (can: RemedyAnswer) => {
      await relu.click();
      const asked = (await page.posted()).at(-1);
      if (asked?.kind !== "askRemedy") assert.fail(`expected a question, got ${asked?.kind}`);
      await page.send({ kind: "remedyAnswered", question: asked.question, can });
      return { runId: asked.runId, edits: asked.edits };
    };
    const asked = await answer("reveal");
    await page.page.getByRole("button", { name: "Show the place: Use ReLU + He" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "revealRemedy", ...asked });
    await relu.click();
    await answer("apply");
    await page.page.getByRole("button", { name: "Apply: Use ReLU + He" }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: "applyRemedy", ...asked });
    await relu.click();
    await answer("nothing");
    assert.equal(await page.page.getByRole("button", { name: /^(Apply|Show the place)/ }).count(), 0);
    assert.equal(await page.page.getByRole("button", { name: "Copy the change" }).count(), 1);
    await page.end();
  },

  async "nothing is applied in a workspace that is not trusted; the change can be copied"(harness) {
    const page = await harness.open({ trusted: false });
    await page.show(viewMimeTypes.diagnosis, await sample<DiagnosisView>("diagnosisTwo"));
    await page.page.getByRole("button", { name: "Use ReLU + He…" }).click();
    assert.equal(await page.page.getByRole("button", { name: "Copy the change" }).count(), 1);
    assert.equal(await page.page.getByRole("button", { name: /^Apply/ }).count(), 0);
    assert.equal(await page.page.getByText("can be applied once you trust this workspace").first().isVisible(), true);
    await page.end();
  },

  async "a small strip of gradients names all powers of ten or none, and cuts none"(harness) {
    const page = await harness.open({ widthPx: 1600 });
    await page.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-family", "DejaVu Sans"));
    await page.show(viewMimeTypes.diagnosis, await sample("diagnosisTwo"));
    const shown: number[] = [];
    for (const widthPx of [1600, 700, 480, 300]) {
      await page.setWidth(widthPx);
      await page.settled();
      const powers = await page.page
        .locator(".evidence .strip")
        .first()
        .locator(".block span")
        .evaluateAll((spans) =>
          spans.map((span) => [span.getBoundingClientRect().width, span.parentElement?.clientWidth ?? 0] as const),
        );
      for (const [power, block] of powers) assert.ok(power <= block, `${power} px in ${block} px at ${widthPx} px`);
      shown.push(powers.filter(([power]) => power > 0).length / powers.length);
    }
    assert.deepEqual([...new Set(shown)].sort(), [0, 1], "the widths of this test show both");
    await page.end();
  },
};
