// Wrong calls of pictures and checks: each is refused by a typed error that says what was expected and got, before anything is drawn.

import { datasets, layers, sequential, tensor } from "../../engine/index.ts";
import { isRefused, untyped } from "../../engine/mistakes/refused.testing.ts";
import { input } from "../inputs/input.ts";
import { check } from "./check.ts";
import { show } from "./show.ts";

const moons = datasets.moons({ samples: 6 });
const net = sequential([layers.dense(2, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
net.compile({ loss: "binaryCrossentropy" });
net.build(2);
const ofPixels = sequential([layers.dense(2, { activation: "softmax" })]);
ofPixels.build(4);
const pixels = { x: [[0, 1, 1, 0]], y: [1] };
const w = tensor(1, { requiresGrad: true });

isRefused([
  ["a slider's min: null", () => input.slider("rate", untyped({ min: null })), "min as a finite number, got null"],
  [
    "a slider's value: null",
    () => input.slider("rate", untyped({ value: null })),
    "value as a finite number, got null",
  ],
  ["a box's value: null", () => input.checkbox("on", untyped({ value: null })), "value as true or false, got null"],
  [
    "units by a text",
    () => show.boundary(net, moons, untyped({ units: "no" })),
    "show.boundary: expected units as true or",
  ],
  [
    "classes like quantities",
    () => show.confusion(ofPixels, { ...pixels, y: [1e9] }),
    "got a target of 1000000000, where",
  ],
  [
    "fewer classes than examples",
    () => show.confusion(ofPixels, { x: [...pixels.x, ...pixels.x], y: [1] }),
    "show.confusion: expected y with a class for each of 2 examples, got [1]",
  ],
  [
    "images by no model",
    () => show.images(pixels, untyped({ model: {}, picture: [2, 2] })),
    "model as a model, got an obj",
  ],
  ["a picture of -2 by -2", () => show.images(pixels, { picture: [-2, -2] }), "that make 4 numbers, got [-2, -2]"],
  ["filters as pictures of 4", () => show.images(ofPixels, untyped({ picture: 4 })), "that make 4 numbers, got 4"],
  [
    "an example of null",
    () => show.backprop(net, untyped({ x: [1, 2], y: 1, example: null })),
    "example from 0 to 0, got n",
  ],
  [
    "names as a map",
    () => show.graph(w.square(), untyped({ names: new Map() })),
    "names as an object of tensors, got a Map",
  ],
  [
    "steps: null",
    () => show.surface("beale", untyped({ steps: null })),
    "show.surface: expected steps as a whole number",
  ],
  [
    "a check against a function",
    () => check("a", 1, untyped(Math.sin)),
    "check: expected numbers, texts, yes or no, or",
  ],
  ["a check against a promise", () => check("a", 1, untyped(Promise.resolve(1))), "got a Promise. Wait for it: await."],
  ["a check against nothing", () => check("a", 1, untyped({})), "to compare with, got an object."],
  ["a check with a text for bound", () => check("a", 1, untyped({ atLeast: "0.9" })), 'to compare with, got "0.9".'],
  ["a check of a part against null", () => check("a", [1], untyped([1, null])), "to compare with, got null."],
]);
