// Stretches of time: zooming, moving, keys.

import { expect, test } from "vitest";
import { zoomed, zoomKey } from "./timeZoom.ts";

const whole = [1, 101] as const;
const press = (key: string, shiftKey = false) => zoomKey({ key, shiftKey });

test("zooming halves what is shown and keeps the epoch it zooms around in its place", () => {
  const once = zoomed(null, whole, { kind: "zoom", factor: 0.5 }, { around: 21 });
  expect(once).toEqual([11, 61]);
  expect(zoomed(once, whole, { kind: "zoom", factor: 0.5 }, { around: 11 })).toEqual([11, 36]);
  expect(zoomed(once, whole, { kind: "zoom", factor: 2 }), "twice the stretch is the whole").toBeNull();
});

test("a stretch stays inside the whole, and is never too short to show a line", () => {
  expect(zoomed([11, 61], whole, { kind: "move", share: -1 })).toEqual([1, 51]);
  expect(zoomed([41, 91], whole, { kind: "move", share: 0.5 })).toEqual([51, 101]);
  expect(zoomed([10, 12], whole, { kind: "zoom", factor: 0.5 })).toEqual([10, 12]);
  expect(zoomed([0, 1], [-6, 6], { kind: "zoom", factor: 0.5 }, { shortest: 0.5 })).toEqual([0.25, 0.75]);
  expect(zoomed(null, [1, 2], { kind: "zoom", factor: 0.5 })).toBeNull();
  expect(zoomed(null, whole, { kind: "move", share: 0.25 }), "the whole cannot be moved").toBeNull();
});

test("keys zoom, move and go back to the whole", () => {
  expect([press("+"), press("-"), press("0"), press("x"), press("ArrowLeft")]).toEqual([
    { kind: "zoom", factor: 0.5 },
    { kind: "zoom", factor: 2 },
    { kind: "whole" },
    null,
    null,
  ]);
  expect(press("ArrowRight", true)).toEqual({ kind: "move", share: 0.25 });
});
