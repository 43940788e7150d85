// What is to be said of paths over a surface: how low they came, and which went astray.

import { fromViewNumber } from "../../shared/json.ts";
import type { Sentence, SurfacePath } from "../../shared/views.ts";
import type { Message } from "../../shared/words/message.ts";
import { count, number, say } from "../parts/say.ts";

/** How much above a minimum still counts as there. */
const reachedWithin = 1e-3;

/** @param minima The heights of known minima. */
export function pathsSentence(surface: string, paths: readonly SurfacePath[], minima: readonly number[]): Sentence {
  if (paths.length === 0) return { tone: "info", messages: [say("surfaceNoPath", { surface })] };
  const named = (end: SurfacePath["end"]) =>
    paths
      .filter((path) => path.end === end)
      .map(({ name }) => name)
      .join(", ");
  const [diverged, left] = [named("diverged"), named("left")];
  const messages = [
    ...lowest(paths, minima),
    ...(diverged === "" ? [] : [say("surfaceDiverged", { names: diverged })]),
    ...(left === "" ? [] : [say("surfaceLeft", { names: left })]),
  ];
  return { tone: diverged === "" ? "info" : "warning", messages };
}

function lowest(paths: readonly SurfacePath[], minima: readonly number[]): readonly Message[] {
  const ended = paths
    .filter(({ end }) => end === "finished")
    .map((path) => ({ path, value: fromViewNumber(path.value.at(-1) ?? null) ?? Number.NaN }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((one, other) => one.value - other.value);
  const [best] = ended;
  const worst = ended.at(-1);
  if (best === undefined || worst === undefined) return [];
  const steps = count(best.path.steps.at(-1) ?? 0);
  const value = number(best.value);
  const reached = ended.filter(({ value: each }) => minima.some((height) => each - height < reachedWithin));
  if (reached.length > 0) {
    const names = reached.map(({ path }) => path.name).join(", ");
    return [
      say("surfaceReached", { steps, names, count: count(reached.length), within: String(reachedWithin) }),
      ...(reached.length === ended.length ? [] : [say("surfaceStillAt", heightOf(worst))]),
    ];
  }
  if (ended.length === 1) return [say("surfaceOnePath", { steps, best: best.path.name, value })];
  if (worst.value - best.value < 1e-9) return [say("surfaceLevel", { steps, value })];
  // A path that left, down a saddle, may have come lower still.
  const words = paths.some(({ end }) => end === "left") ? "surfaceLowestInside" : "surfaceLowest";
  return [say(words, { steps, best: best.path.name, value, ...heightOf(worst) })];
}

function heightOf({ path, value }: { readonly path: SurfacePath; readonly value: number }) {
  return { worst: path.name, worstValue: number(value) };
}
