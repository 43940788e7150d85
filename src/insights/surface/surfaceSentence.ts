// What is to be said of paths over a surface: how low they came, and which went astray.

import { fromViewNumber } from "../../shared/json.ts";
import type { Sentence, SurfacePath, SurfaceView } from "../../shared/views.ts";
import type { Argument, Message } from "../../shared/words/message.ts";
import { count, list, number, say, share } from "../parts/say.ts";

/** How much above a minimum still counts as there. */
const reachedWithin = 1e-3;

/**
 * Heights nearer than this share of the lowest count as level. No picture shows less, and another start, rate or seed
 * moves an end by more: whoever is called lowest by less would be a winner by chance.
 */
const levelWithin = 0.01;
/** The most names a sentence lists. */
const listedNames = 4;
/** Heights that differ by less are roundings of one. */
const sameWithin = 1e-9;

/** What is known of the ground under the paths. */
interface Grounds {
  /** The heights of known minima. */
  readonly minima: readonly number[];
  /** What the picture shows of it; paths may leave it. */
  readonly x: SurfaceView["x"];
  readonly y: SurfaceView["y"];
}

export function pathsSentence(surface: string, paths: readonly SurfacePath[], ground: Grounds): Sentence {
  if (paths.length === 0) return { tone: "info", messages: [say("surfaceNoPath", { surface })] };
  // Where the surface has no height no path begins, whatever the rate.
  if (paths.every(({ end, steps }) => end === "diverged" && (steps.at(-1) ?? 0) === 0))
    return { tone: "warning", messages: [say("surfaceNoStart")] };
  const diverged = paths.filter(({ end }) => end === "diverged");
  const inside = paths.filter((path) => path.end === "finished" && endsInside(path, ground));
  const outside = paths.filter((path) => !diverged.includes(path) && !inside.includes(path));
  const messages = [
    ...lowest(inside, ground.minima, outside.length > 0),
    ...(diverged.length === 0 ? [] : [say("surfaceDiverged", { names: named(diverged) })]),
    ...(outside.length === 0 ? [] : [say("surfaceLeft", { names: named(outside) })]),
  ];
  return { tone: diverged.length === 0 ? "info" : "warning", messages };
}

function named(paths: readonly SurfacePath[]): Argument {
  return list(
    paths.map(({ name }) => name),
    listedNames,
  );
}

/** Whether the picture shows its last place. */
function endsInside({ x, y }: SurfacePath, ground: Grounds): boolean {
  const isWithin = (at: number, { from, to }: SurfaceView["x"]) => at >= from && at <= to;
  return isWithin(x.at(-1) ?? Number.NaN, ground.x) && isWithin(y.at(-1) ?? Number.NaN, ground.y);
}

/** @param someLeft Whether paths left the picture: down a saddle, they may have come lower still. */
function lowest(paths: readonly SurfacePath[], minima: readonly number[], someLeft: boolean): readonly Message[] {
  const ended = paths
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
    const names = named(reached.map(({ path }) => path));
    return [
      say("surfaceReached", { steps, names, count: count(reached.length), within: String(reachedWithin) }),
      ...(reached.length === ended.length ? [] : [say("surfaceStillAt", heightOf(worst))]),
    ];
  }
  if (ended.length === 1) return [say("surfaceOnePath", { steps, best: best.path.name, value })];
  if (!someLeft && worst.value - best.value < sameWithin) return [say("surfaceLevel", { steps, value })];
  const near = levelWithin * Math.abs(best.value);
  const level = ended.filter((each) => each.value - best.value < Math.max(sameWithin, near));
  const names = named(level.map(({ path }) => path));
  // Near zero, a hundredth of next to nothing says little.
  const within = near < sameWithin ? number(sameWithin) : share(levelWithin);
  if (level.length === ended.length) return [say("surfaceAlike", { steps, names, value, within })];
  if (level.length > 1) {
    const words = someLeft ? "surfaceLowestAlikeInside" : "surfaceLowestAlike";
    return [say(words, { steps, names, value, within, ...heightOf(worst) })];
  }
  const words = someLeft ? "surfaceLowestInside" : "surfaceLowest";
  return [say(words, { steps, best: best.path.name, value, ...heightOf(worst) })];
}

function heightOf({ path, value }: { readonly path: SurfacePath; readonly value: number }) {
  return { worst: path.name, worstValue: number(value) };
}
