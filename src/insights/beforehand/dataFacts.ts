// What is known of the data sets without reading them. The tests compare it with the data.

import type { CodeValue, DataFacts } from "../../shared/modelRules.ts";

/** A set of classes: one-hot rows, or for two of them a column. */
function classes(features: number, count: number, isUnscaled = false): DataFacts {
  return { x: [features], y: [count === 2 ? 1 : count], targets: "classes", classes: count, isUnscaled };
}

function values(features: number, isUnscaled = false): DataFacts {
  return { x: [features], y: [1], targets: "values", classes: 0, isUnscaled };
}

/** With their default options. */
const known: Readonly<Record<string, DataFacts>> = {
  iris: classes(4, 3),
  penguins: classes(4, 3, true),
  wine: classes(13, 3, true),
  digits: classes(64, 10, true),
  breastCancer: classes(30, 2, true),
  autoMpg: values(9, true),
  moons: classes(2, 2),
  circles: classes(2, 2),
  spirals: classes(2, 2),
  blobs: classes(2, 3),
  xor: classes(2, 2),
  sine: values(1),
};

/** Options that change neither shape nor scale. */
const harmless: readonly string[] = ["samples", "noise", "seed", "factor", "turns"];

/** `null` where an option might change what is known. */
export function dataFacts(name: string, given: readonly CodeValue[]): DataFacts | null {
  const facts = Object.hasOwn(known, name) ? known[name] : undefined;
  const [options, ...more] = given;
  if (facts === undefined || more.length > 0) return null;
  if (options === undefined) return facts;
  if (typeof options !== "object" || options === null || Array.isArray(options)) return null;
  const {
    classes: count = facts.classes,
    features = facts.x[0],
    ...others
  } = options as Readonly<Record<string, CodeValue>>;
  if (!Object.keys(others).every((key) => harmless.includes(key))) return null;
  if (typeof count !== "number" || typeof features !== "number") return null;
  return facts.targets === "values" ? facts : { ...classes(features, count), isUnscaled: facts.isUnscaled };
}
