// What a view that is saved as a drawing promises: it shows what the page shows, and nothing else.

import assert from "node:assert/strict";
import { type NetworkView, type OptimizersView, viewMimeTypes } from "../../src/shared/views.ts";
import type { RendererHarness, RendererPage } from "./harness.mts";
import { finished, sample } from "./sampleViews.mts";

const training = viewMimeTypes.training;

export const savedChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "a saved drawing hatches what is not finite, as the page does"(harness) {
    const page = await harness.open();
    const layers = finished.layers.map((layer) => ({ ...layer, gradient: "NaN" as const }));
    await page.show(training, { ...finished, layers });
    const hatches = (await savedDrawing(page)).match(
      /<path d="M[^"]*" fill="none" stroke="rgb[^"]*" stroke-width="2"/g,
    );
    assert.equal(hatches?.length, layers.length);
    await page.end();
  },

  async "a saved drawing says what its menus say, and keeps colours without blue"(harness) {
    const page = await harness.open({ theme: "lightModern" });
    await page.show(viewMimeTypes.gradients, await sample("gradientsTwo"));
    await page.page.getByRole("combobox", { name: "Measure" }).selectOption("l2");
    const content = await savedDrawing(page);
    assert.ok(content.includes(">L2 norm of g</text>"));
    assert.match(content, /<path [^>]*fill="rgb\(138, 97, 0\)"/, "the warning has no icon");
    await page.end();
  },

  async "a saved drawing leaves out what is folded away, and links that lead nowhere from it"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.diagnosis, await sample("diagnosisTwo"));
    const passed = page.page.locator(".diagnosis details");
    const folded = await savedDrawing(page);
    assert.ok(folded.includes(">checks</text>"), "the summary is missing");
    assert.ok(!folded.includes(">overfitting</text>"), "what is folded away is drawn");
    assert.ok(!folded.includes(">Reveal</text>"));
    await passed.evaluate((details) => Object.assign(details, { open: true }));
    assert.ok((await savedDrawing(page)).includes(">overfitting</text>"));
    await page.end();
  },

  async "points that are sharp on the page are sharp in a saved drawing"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.images, await sample("imagesDigits"));
    const pictures = (await savedDrawing(page)).match(/<image [^>]*>/g) ?? [];
    assert.equal(pictures.length, await page.page.locator(".smallPicture").count());
    assert.ok(pictures.every((picture) => picture.includes("image-rendering: pixelated")));
    await page.end();
  },

  async "borders are dashed and as wide in a saved drawing as on the page, and long names of layers stand whole"(
    harness,
  ) {
    const page = await harness.open();
    const network = await sample<NetworkView>("networkRun");
    const name = "an_encoder_block_with_a_long_name_1_dense_2";
    const nodes = network.nodes.map((node, at) => (at === 2 ? { ...node, name } : node));
    const run = network.run && {
      ...network.run,
      layers: network.run.layers.map((layer, at) => (at === 1 ? { ...layer, name } : layer)),
    };
    await page.show(viewMimeTypes.network, { ...network, nodes, run });
    for (const widthPx of [300, 700, 980]) {
      await page.page.setViewportSize({ width: widthPx + 32, height: 900 });
      await page.settled();
      const block = page.page.locator(".netBlock").nth(2);
      assert.ok(await block.evaluate((node) => node.scrollHeight <= node.clientHeight), `cut at ${widthPx} px`);
    }
    const drawing = await savedDrawing(page);
    // The input and the loss.
    assert.equal(drawing.match(/<rect [^>]*stroke-width="1" stroke-dasharray="3 2"/g)?.length, 2);
    await page.show(viewMimeTypes.graph, await sample("graphNeuron"));
    const graph = await savedDrawing(page);
    assert.equal(graph.match(/<rect [^>]*stroke-width="1" stroke-dasharray="3 2"/g)?.length, 2, "constants");
    assert.equal(graph.match(/<rect [^>]*stroke-width="3"/g)?.length, 1, "what the step computes");
    await page.end();
  },

  async "exponents of formulas are raised digits of the usual form, on the page and in a saved drawing"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.graph, await sample("graphNeuron"));
    await page.page.locator(".graphNode").last().click();
    const texts = await page.page.locator("math").allTextContents();
    assert.ok(texts.every((text) => !/[⁰¹²³⁴-⁹]/.test(text)));
    const [base, exponent] = await page.page
      .locator(".graphNode .operation msup")
      .first()
      .evaluate((node) => [...node.children].map((child) => child.getBoundingClientRect().bottom));
    assert.ok((exponent ?? 0) < (base ?? 0));
    assert.match(await savedDrawing(page), />2<\/text>/);
    await page.end();
  },

  async "pictures that were taken for something else are ringed in a saved drawing, too"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.images, await sample("imagesDigits"));
    const wrong = page.page.locator(".wrong .smallPicture");
    const colour = await wrong.first().evaluate((picture) => getComputedStyle(picture).outlineColor);
    const lines = (await savedDrawing(page)).match(/<path d="M[^>]*>/g) ?? [];
    const rings = lines.filter((line) => line.includes(`stroke="${colour}" stroke-width="2"`));
    assert.equal(rings.length, await wrong.count());
    assert.ok(rings.length > 0);
    await page.end();
  },

  async "a name that is too long for its place ends with … in a saved drawing, too"(harness) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.images, await sample("imagesDigits"));
    const caption = page.page.locator(".tile figcaption").first();
    await caption.evaluate((node) => node.replaceChildren("a_name_that_is_too_long and_more"));
    const words = (await savedDrawing(page)).match(/>(a_name[^<]*|and_more|…)<\/text>/g) ?? [];
    assert.equal(words.length, 1, words.join(" "));
    assert.match(words[0] ?? "", /^>a_n.*…<\/text>$/);
    await page.end();
  },

  async "what scrolls sideways stands whole in a saved drawing, and stays on the page where it was scrolled to"(
    harness,
  ) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.tensor, await sample("tensorFilters"));
    const grid = page.page.locator(".scroll").first();
    const scrolled = () => grid.evaluate(({ scrollLeft, style }) => ({ scrollLeft, overflow: style.overflow }));
    await grid.evaluate((node) => node.scrollBy({ left: 5 }));
    const before = await scrolled();
    assert.equal(before.scrollLeft, 5);
    const needed = await grid.evaluate((node) => node.scrollWidth);
    const content = await savedDrawing(page);
    assert.ok(Number(/ width="(\d+)"/.exec(content)?.[1]) >= needed);
    const heads = await grid.locator("thead th").allInnerTexts();
    for (const head of heads.filter((text) => text !== "")) assert.ok(content.includes(`>${head}</text>`), head);
    assert.ok(!content.includes("<clipPath"), "something is cut");
    assert.deepEqual(await scrolled(), before);
    await page.end();
  },

  async "what a reader would have to scroll to stands over nothing else in a saved drawing"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.weights, await sample("weightsRun"));
    const height = async () => Number(/ height="(\d+)"/.exec(await savedDrawing(page))?.[1]);
    const before = await height();
    await page.page.locator(".weightList").evaluate((list) => {
      for (let copies = 0; copies < 40; copies++) list.append(list.firstElementChild?.cloneNode(true) ?? "");
    });
    await page.settled();
    assert.equal(
      await page.page.locator(".weightList").evaluate((list) => list.scrollHeight > list.clientHeight),
      true,
    );
    const content = await savedDrawing(page);
    assert.match(content, /<svg x="[\d.]+" y="[\d.]+" width="[\d.]+" height="[\d.]+" viewBox=/);
    assert.ok((await height()) < before + 200, `${before} px before, ${await height()} px after`);
    await page.end();
  },

  async "what a table of numbers does not hold is saved as a table of its own: lines, rows, all places of a tensor"(
    harness,
  ) {
    const page = await harness.open();
    const saved = async (name: string, item: string) => {
      const view = await sample(name);
      await page.show(viewMimeTypes[view.kind], view);
      return (await savedAs(page, item)).split("\r\n").slice(0, -1);
    };
    const race = await sample<OptimizersView>("optimizersFive");
    const lines = await saved("optimizersFive", "Lines (CSV)");
    assert.equal(lines[0], 'variant,step,seconds,training loss,"training loss, from","training loss, to"');
    assert.equal(lines.length, 1 + race.racers.reduce((sum, { steps }) => sum + steps.length, 0));
    const first = race.racers.find(({ name }) => name === lines[1]?.split(",")[0]);
    assert.equal(Number(lines[1]?.split(",")[3]), first?.mean[0]);
    assert.match((await saved("tableWine", "Rows (CSV)"))[1] ?? "", /^0,14\.23,1\.71,2\.43,/);
    const places = await saved("tensorFilters", "All places (CSV)");
    assert.equal(places[0], "axis 0,axis 1,row,0,1,2,3");
    assert.equal(places.length, 1 + 3 * 3 * 2);
    await page.end();
  },

  async "shares are numbers in a saved table, and what has no class has no column for it"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.boundary, await sample("boundaryBlobs"));
    assert.match((await savedAs(page, "Numbers (CSV)")).split("\r\n")[1] ?? "", /^0,0,(,0\.\d+){4}$/);
    await page.show(viewMimeTypes.images, await sample("imagesFilters"));
    assert.match(await savedAs(page, "Numbers (CSV)"), /^picture\r\nconv2d_1 0\r\n/);
    await page.end();
  },
};

/** The view of the page, saved as SVG by its menu. */
const savedDrawing = (page: RendererPage) => savedAs(page, "Drawing (SVG)");

async function savedAs(page: RendererPage, item: string): Promise<string> {
  await page.page.getByRole("button", { name: "Save as…" }).click();
  await page.page.getByRole("menuitem", { name: item }).click();
  const saved = (await page.posted()).at(-1);
  return saved?.kind === "saveFile" ? saved.content : "";
}
