// What the views of a net's inside promise in a real browser: weights, boundaries, graphs.

import assert from "node:assert/strict";
import { layers, sequential } from "../../src/engine/index.ts";
import { backpropView } from "../../src/insights/index.ts";
import {
  type BackpropView,
  type BoundaryView,
  type GradientsView,
  type GraphView,
  type NetworkView,
  viewMimeTypes,
  type WeightsView,
} from "../../src/shared/views.ts";
import type { RendererHarness } from "./harness.mts";
import { sample } from "./sampleViews.mts";

export const netChecks: Readonly<Record<string, (harness: RendererHarness) => Promise<void>>> = {
  async "weights stand at the step of their run, show the layer that is marked elsewhere, and are read by keys"(
    harness,
  ) {
    const page = await harness.open();
    const view = await sample<WeightsView>("weightsRun");
    const { runs } = await sample<GradientsView>("gradientsOne");
    const run = { ...runs[0], runId: view.runId, stepsPerEpoch: view.stepsPerEpoch };
    await page.show(viewMimeTypes.weights, view, "weights");
    await page.show(viewMimeTypes.gradients, { ...(await sample("gradientsOne")), runs: [run] }, "gradients");
    const title = () => page.page.locator("#weights .figure figcaption b").textContent();
    assert.equal(await title(), "dense_1 kernel");
    await page.page.locator("#gradients .names button").nth(1).focus();
    assert.equal(await title(), "dense_2 kernel");
    const row = page.page.locator("#weights .weightRow[aria-pressed=true]");
    await row.press("Home");
    assert.match((await page.page.locator("#weights .scrub output").textContent()) ?? "", /^step 64/);
    await row.press("PageDown");
    const [earlier, linked] = ["#weights", "#gradients"].map((id) => page.page.locator(`${id} .scrub output`));
    assert.match((await earlier?.textContent()) ?? "", /^step 44/);
    assert.match((await linked?.textContent()) ?? "", /^step 4\d /);
    const said = page.page.locator("#weights .weightSaid [role=status]");
    const canvas = page.page.locator("#weights .weightPlot canvas");
    // Lines have no bins and show no distribution.
    const caption = page.page.locator("#weights .figure figcaption");
    assert.match((await caption.textContent()) ?? "", /^dense_1 kernel *8 numbers by step/);
    assert.doesNotMatch((await page.page.locator("#weights .note").textContent()) ?? "", /bins/);
    await page.page.getByRole("button", { name: "ridge lines" }).click();
    assert.match((await caption.textContent()) ?? "", /distribution of 8 numbers by step/);
    await canvas.press("ArrowRight");
    assert.match((await said.textContent()) ?? "", /^from .* to .*: .*% of them$/);
    assert.deepEqual(page.problems, []);
    await page.close();
  },

  async "the steps of weights zoom and move by keys and wheel, follow the chosen one, and dragging scrubs among them"(
    harness,
  ) {
    const page = await harness.open();
    await page.show(viewMimeTypes.weights, await sample<WeightsView>("weightsRun"));
    const canvas = page.page.locator(".weightPlot canvas");
    const words = async () => (await page.page.locator(".weightStretch").textContent()) ?? "";
    const top = () => canvas.evaluate((node) => node.getBoundingClientRect().top);
    const step = async () =>
      Number(/^step (\d+)/.exec((await page.page.locator(".scrub output").textContent()) ?? "")?.[1] ?? 0);
    const stretch = async () => (/steps (\d+) to (\d+)/.exec(await words()) ?? []).slice(1).map(Number);
    const seen = async () => {
      await page.settled();
      return (await canvas.screenshot()).toString("base64");
    };
    await page.page.locator(".weightRow").first().click();
    for (const style of ["ridge lines", "lines"]) {
      await page.page.getByRole("button", { name: style, exact: true }).click();
      await page.page.locator(".scrub input").press("End");
      await canvas.focus();
      const last = await step();
      const whole = await seen();
      const topOfWhole = await top();
      assert.deepEqual(await stretch(), []);
      await page.page.keyboard.press("+");
      await page.page.keyboard.press("+");
      const [from = 0, to] = await stretch();
      assert.ok(from > 0 && to === last, `${style}: ${from} to ${to} of ${last}`);
      assert.notEqual(await seen(), whole);
      assert.equal(await top(), topOfWhole, "the zoom moved the picture");
      await page.page.keyboard.press("Shift+ArrowLeft");
      const moved = await stretch();
      assert.ok((moved[0] ?? 0) < from && (moved[1] ?? 0) < last, `${style}: moved to ${moved}`);
      assert.equal(await step(), last, "moving the stretch moved the step");
      await page.page.keyboard.press("Home");
      assert.equal((await stretch())[0], await step(), "the stretch did not follow the step");
      await page.page.keyboard.press("End");
      await page.page.keyboard.press("0");
      assert.equal(await seen(), whole);
    }
    await canvas.hover();
    await page.page.keyboard.down("Control");
    await page.page.mouse.wheel(0, -400);
    await page.page.mouse.wheel(0, -400);
    await page.page.keyboard.up("Control");
    const [from = 0, to = 0] = await stretch();
    assert.ok(to > from);
    await page.page.mouse.down();
    await page.page.mouse.move(0, 0, { steps: 4 });
    await page.page.mouse.up();
    assert.deepEqual(await stretch(), [from, to], "dragging moved the stretch");
    assert.equal(await step(), from, "dragging to the left end is its first step");
    await page.end();
  },

  async "the units of a boundary are marked with their layer, and mark it elsewhere"(harness) {
    const page = await harness.open();
    const view = await sample<BoundaryView>("boundaryMoons");
    const weights = await sample<WeightsView>("weightsRun");
    await page.show(viewMimeTypes.boundary, view, "boundary");
    // A step's loss is that of its batch, unlike the epoch's beside it.
    assert.ok(
      (await page.page
        .locator("#boundary")
        .getByText(/batch loss [\d.]+/)
        .count()) > 0,
    );
    await page.show(viewMimeTypes.weights, { ...weights, runId: view.runId }, "weights");
    await page.page.locator("#boundary .unitLayer").nth(1).locator(".unitTile").first().focus();
    assert.equal(await page.page.locator("#weights .figure figcaption b").textContent(), "dense_2 kernel");
    await page.page.locator("#weights .weightRow").first().focus();
    assert.match((await page.page.locator("#boundary .unitLayer.marked").textContent()) ?? "", /^dense_1/);
    assert.deepEqual(page.problems, []);
    await page.close();
  },

  async "the number under a unit of a boundary goes through the training with its field"(harness) {
    const page = await harness.open();
    const view = await sample<BoundaryView>("boundaryMoons");
    const outgoingByFrame = view.frames.map((_, frame) => frame + 1.5);
    const layers = view.layers.map((layer) => ({
      ...layer,
      units: layer.units.map((unit) => ({ ...unit, outgoingByFrame })),
    }));
    await page.show(viewMimeTypes.boundary, { ...view, layers }, "boundary");
    const size = page.page.locator("#boundary .unitTile .size").first();
    assert.equal(await size.textContent(), (view.frames.length + 0.5).toPrecision(2));
    await page.page.locator("#boundary .scrub input").focus();
    await page.page.keyboard.press("Home");
    assert.equal(await size.textContent(), "1.5");
    assert.match((await page.page.locator("#boundary .unitTile").first().getAttribute("title")) ?? "", /weights 1\.5$/);
    assert.deepEqual(page.problems, []);
    await page.close();
  },

  async "an expression is gone through step by step; a value tells its gradient as a product once that is computed"(
    harness,
  ) {
    const page = await harness.open();
    await page.show(viewMimeTypes.graph, await sample<GraphView>("graphNeuron"));
    const weight = page.page.locator(".graphNode").first();
    assert.match((await weight.getAttribute("title")) ?? "", /^w₁ .*: 0.500, gradient −0.270$/);
    await weight.press("Enter");
    const details = page.page.locator(".backWeight");
    assert.match((await details.textContent()) ?? "", /finite difference: −0.270/);
    assert.equal(await details.locator(".graphWay").count(), 2, "tanh is used twice");
    await page.page.getByRole("button", { name: "Save as…" }).click();
    await page.page.getByRole("menuitem", { name: "SVG" }).click();
    const svg = (await page.posted()).at(-1);
    const lines =
      svg?.kind === "saveFile" ? svg.content.match(/fill="none" stroke="rgb[^"]*" stroke-width="[\d.]+" d="M/g) : null;
    assert.equal(lines?.length, 12, "the lines are missing in the saved drawing");
    await page.page.locator(".scrub input").press("Home");
    assert.match((await details.textContent()) ?? "", /not computed yet$/);
    assert.equal(await page.page.locator(".graphEdge:visible").count(), 0);
    // Before the first step stands none, and the button that leads there keeps the focus: the notebook would take the next key.
    const previous = page.page.getByRole("button", { name: "Previous step" });
    await page.page.getByRole("button", { name: "Next step" }).press("Enter");
    assert.equal(await previous.getAttribute("aria-disabled"), null);
    for (const key of ["Enter", "Enter"]) await previous.press(key);
    assert.equal(await previous.getAttribute("aria-disabled"), "true");
    assert.equal(await previous.evaluate((node) => (node.getRootNode() as ShadowRoot).activeElement === node), true);
    await weight.press("ArrowRight");
    assert.equal(
      await page.page.evaluate("document.activeElement.shadowRoot.activeElement.className"),
      "graphNode constant set",
    );
    await page.show(viewMimeTypes.graph, await sample<GraphView>("graphForward"), "before");
    const before = page.page.locator("#before .graphNode").first();
    await before.click();
    assert.match((await page.page.locator("#before .backWeight").textContent()) ?? "", /call backward\(\) first/);
    assert.deepEqual(page.problems, []);
    await page.close();
  },

  async "a layer that is pointed at in one output of a run is marked in its network, its units and its boundary, and back"(
    harness,
  ) {
    const page = await harness.open();
    const network = await sample<NetworkView>("networkUnits");
    const runId = network.run?.runId ?? "";
    const { runs } = await sample<GradientsView>("gradientsOne");
    const boundary = await sample<BoundaryView>("boundaryMoons");
    await page.show(viewMimeTypes.network, network, "network");
    await page.show(viewMimeTypes.boundary, { ...boundary, runId }, "boundary");
    const gradients = { ...(await sample("gradientsOne")), runs: [{ ...runs[0], runId }] };
    await page.show(viewMimeTypes.gradients, gradients, "gradients");
    const marked = (id: string, part: string) => page.page.locator(`#${id} ${part}.marked`).count();
    await page.page.locator("#gradients .names button").nth(1).focus();
    assert.match((await page.page.locator("#network .netBlock.marked").textContent()) ?? "", /^dense_2/);
    assert.equal(await marked("network", ".unitDot"), network.units?.[2]?.units);
    assert.equal(
      await marked("boundary", ".unitLayer"),
      boundary.layers.filter(({ name }) => name === "dense_2").length,
    );
    const dots = () => page.page.locator("#gradients .dots").screenshot();
    await page.page.locator("#gradients .scrub input").focus();
    assert.equal(await marked("network", ".netBlock"), 0);
    const unmarked = await dots();
    for (const there of ["#network .netBlock", "#network .unitDot", "#boundary .unitTile"]) {
      await page.page.locator(there).nth(2).focus();
      assert.notDeepEqual(await dots(), unmarked, `${there} marks no layer among the dots`);
    }
    const drawing = () => page.page.locator("#network .unitNet").screenshot();
    const atEnd = await drawing();
    await page.page.locator("#network .scrub input").press("Home");
    assert.notDeepEqual(await drawing(), atEnd, "the weights of the units stay as they are now");
    assert.match((await page.page.locator("#network .unitFigure figcaption").textContent()) ?? "", /after step \d$/);
    assert.match((await page.page.locator("#gradients .scrub output").textContent()) ?? "", /^step 1 /);
    assert.deepEqual(page.problems, []);
    await page.close();
  },

  async "in the narrowest notebook a layer's card opens below its block, and what is read of it follows the steps"(
    harness,
  ) {
    const page = await harness.open({ widthPx: 300 });
    await page.show(viewMimeTypes.network, await sample<NetworkView>("networkUnits"));
    const block = page.page.locator(".netBlock").nth(2);
    await block.press("Enter");
    const [card, own] = [await page.page.locator(".card").boundingBox(), await block.boundingBox()];
    assert.ok(card && own && card.y >= own.y + own.height && card.y < own.y + own.height + 12, "not below its block");
    const readout = page.page.locator(".netReadout").first();
    const before = await readout.textContent();
    await page.page.keyboard.press("Home");
    await block.focus();
    for (let step = 0; step < 20; step++) await page.page.keyboard.press("ArrowLeft");
    assert.notEqual(await readout.textContent(), before);
    await page.end();
  },

  async "the weights of a small net are one tab stop that arrows walk, and no step moves what lies below it"(harness) {
    const page = await harness.open({ widthPx: 300 });
    const view = await sample<BackpropView>("backpropBatch");
    await page.show(viewMimeTypes.backprop, view);
    const buttons = page.page.locator(".weightButton");
    assert.equal(await page.page.locator(".weightButton[tabindex='0']").count(), 1);
    await buttons.first().press("ArrowRight");
    await page.page.keyboard.press("Enter");
    assert.equal(await buttons.nth(1).getAttribute("aria-pressed"), "true");
    await page.page.keyboard.press("Enter");
    await page.page.locator(".scrub input").press("Home");
    const tops = new Set<number>();
    for (const _ of view.steps) {
      tops.add(await page.page.locator(".backWeights").evaluate((list) => list.getBoundingClientRect().top + scrollY));
      await page.page.keyboard.press("ArrowRight");
    }
    assert.equal(tops.size, 1, `the list stands at ${[...tops].join(", ")} px`);
    await page.end();
  },

  async "the updates of many weights stand side by side, and the room kept for them is no taller than they are"(
    harness,
  ) {
    const net = sequential([layers.dense(8, { inputShape: 2, activation: "tanh" }), layers.dense(4), layers.dense(1)], {
      seed: 1,
    });
    net.compile({ loss: "mse", optimizer: "sgd" });
    const view = backpropView(net, { x: [1, 2], y: 1 });
    const page = await harness.open({ widthPx: 700 });
    await page.show(viewMimeTypes.backprop, view);
    const slider = page.page.locator("#output-1 .scrub input");
    await slider.press("ArrowLeft");
    const lines = page.page.locator("#output-1 .backLine");
    assert.equal(await lines.count(), 36);
    const boxes = await Promise.all([0, 1].map((at) => lines.nth(at).boundingBox()));
    assert.equal(boxes[0]?.y, boxes[1]?.y);
    const [room, used] = await page.page.locator("#output-1 .backSum").evaluate((sum) => {
      const last = sum.querySelector(".backLine:last-child")?.getBoundingClientRect().bottom ?? 0;
      return [sum.getBoundingClientRect().bottom, last];
    });
    assert.ok(Math.abs((room ?? 0) - (used ?? 0)) < 8, `${room} px for ${used}`);
    await page.end();
  },

  async "a weight of a small net is chosen by its edge, and by the number that stands on it"(harness) {
    const page = await harness.open();
    await page.show(viewMimeTypes.backprop, await sample("backpropTiny"));
    const chosen = () => page.page.locator(".weightButton[aria-pressed=true]").count();
    assert.equal(await chosen(), 0);
    const box = await page.page.locator(".backText.over:not(.grad)").first().boundingBox();
    assert.ok(box);
    await page.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal(await chosen(), 1);
    assert.deepEqual(page.problems, []);
    await page.close();
  },
};
