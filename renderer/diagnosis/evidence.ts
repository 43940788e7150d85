// The small picture beside a finding: a strip of gradients, a line of losses, a number on its axis, units, a share, classes.

import type { ViewNumber } from "../../src/shared/json.ts";
import { formatCount, formatNumber, formatPower, formatShare } from "../../src/shared/numbers.ts";
import type { FindingEvidence, StripLayer } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import { inkOn } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { diagnosisWords } from "../words/diagnosisWords.ts";
import { classesShown, rangePowers, shownUnits } from "./evidenceParts.ts";
import { createLossLine } from "./lossLine.ts";

type EvidenceOf<Kind extends FindingEvidence["kind"]> = Extract<FindingEvidence, { kind: Kind }>;

/** `null` where words say it all. */
export function createEvidence(host: ViewHost, evidence: FindingEvidence): HTMLElement | null {
  switch (evidence.kind) {
    case "none":
      return null;
    case "strip":
      return createStrip(host, evidence);
    case "loss":
      return createLoss(host, evidence);
    case "range":
      return createRange(host, evidence);
    case "units":
      return createUnits(host, evidence);
    case "share":
      return createShare(host, evidence);
    case "classes":
      return createClasses(host, evidence);
  }
}

/** Blocks to look at: the gradients view has those that open a card. */
function createStrip(host: ViewHost, { layers }: EvidenceOf<"strip">): HTMLElement {
  const blocks = layers.map((layer) => createBlock(host, layer));
  const sizes = [layers[0], layers.at(-1)].map((layer) => numberText(host, layer?.gradient ?? null));
  const caption = host.wordIn(diagnosisWords, "strip");
  const label = `${caption}: ${layers.map(({ name, gradient }) => `${name} ${numberText(host, gradient)}`).join(", ")}`;
  const strip = element("div", { class: "strip", role: "img", "aria-label": label }, ...blocks);
  // All powers or none: the ends stand below in any case.
  host.onWidth(() => {
    strip.classList.remove("tight");
    const isCut = blocks.some((block) => (block.querySelector("span")?.offsetWidth ?? 0) > block.clientWidth - 2);
    strip.classList.toggle("tight", isCut);
  });
  return element(
    "div",
    {},
    caption,
    strip,
    element("div", { class: "ends" }, ...sizes.map((size) => element("span", { class: "number" }, size))),
  );
}

function createBlock(host: ViewHost, { gradient }: StripLayer): HTMLElement {
  const isNumber = typeof gradient === "number";
  const block = element("div", { class: `block ${isNumber ? "" : gradient === null ? "none" : "bad"}` });
  if (!isNumber) return block;
  block.append(element("span", {}, gradient === 0 ? "0" : formatPower(gradient)));
  host.onTheme((theme) => {
    block.style.backgroundColor = theme.gradientColour(gradient);
    block.style.color = inkOn(theme.gradientColour(gradient));
  });
  return block;
}

function createLoss(host: ViewHost, evidence: EvidenceOf<"loss">): HTMLElement {
  const { by, train, validation, guess } = evidence;
  const word = by === "step" ? "lossByStep" : validation === null ? "lossByEpoch" : "lossOfBoth";
  const caption = host.wordIn(diagnosisWords, word);
  const ends = { first: numberText(host, train[0] ?? null), last: numberText(host, train.at(-1) ?? null) };
  const label = host.wordIn(diagnosisWords, "lossLabel", { caption, ...ends });
  const guessing = guess === null ? "" : host.wordIn(diagnosisWords, "guessing", { loss: numberText(host, guess) });
  return element(
    "div",
    {},
    caption,
    createLossLine(host, evidence, [label, guessing].filter((each) => each !== "").join("; ")),
    element(
      "div",
      { class: "ends" },
      element("span", { class: "number" }, `${ends.first} → ${ends.last}`),
      element("span", {}, guessing === "" ? "" : `┄ ${guessing}`),
    ),
  );
}

function createRange(host: ViewHost, { measure, value, usual }: EvidenceOf<"range">): HTMLElement {
  const caption = host.wordIn(diagnosisWords, measure);
  const words = { value: numberText(host, value), from: formatPower(usual[0]), to: formatPower(usual[1]) };
  const label = host.wordIn(diagnosisWords, "rangeLabel", { caption, ...words });
  const [low, high] = rangePowers(value, usual);
  const at = (size: number) => `${((Math.log10(size) - low) / (high - low)) * 100}%`;
  const place = (node: HTMLElement, size: number) => {
    node.style.left = at(size);
    return node;
  };
  const band = place(element("span", { class: "usual" }), usual[0]);
  band.style.width = `${(Math.log10(usual[1] / usual[0]) / (high - low)) * 100}%`;
  const tick = (size: number, kind = "") => place(element("span", { class: `tick ${kind}` }, formatPower(size)), size);
  const usualWord = element("span", { class: "usualWord" }, host.wordIn(diagnosisWords, "usual"));
  return element(
    "div",
    {},
    `${caption}: `,
    element("b", { class: "number" }, words.value),
    element(
      "div",
      { class: "track", role: "img", "aria-label": label },
      element("span", { class: "trackLine" }),
      band,
      place(usualWord, Math.sqrt(usual[0] * usual[1])),
      typeof value === "number" && value > 0 ? place(element("span", { class: "dot" }), value) : null,
      ...[tick(usual[0]), tick(usual[1])],
    ),
    element("div", { class: "ticks" }),
  );
}

function createUnits(host: ViewHost, { marked, total }: EvidenceOf<"units">): HTMLElement {
  const counts = { marked: formatCount(marked, host.locale), total: formatCount(total, host.locale) };
  const label = host.wordIn(diagnosisWords, "unitsLabel", counts);
  const squares = Array.from({ length: Math.min(total, shownUnits) }, (_, index) =>
    element("span", { class: index < marked ? "unit marked" : "unit" }),
  );
  return element(
    "div",
    {},
    `${host.wordIn(diagnosisWords, "units")}: `,
    element("b", { class: "number" }, label),
    total > shownUnits
      ? createBar(marked / total, label, true)
      : element("div", { class: "units", role: "img", "aria-label": label }, ...squares),
  );
}

function createShare(host: ViewHost, { share }: EvidenceOf<"share">): HTMLElement {
  const label = host.wordIn(diagnosisWords, "share");
  const text = formatShare(share);
  return element(
    "div",
    {},
    `${label}: `,
    element("b", { class: "number" }, text),
    createBar(typeof share === "number" ? share : 0, `${label}: ${text}`, true),
  );
}

function createBar(share: number, label: string, isFlat: boolean): HTMLElement {
  const fill = element("i");
  fill.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return element("div", { class: isFlat ? "bar flat" : "bar", role: "img", "aria-label": label }, fill);
}

function createClasses(host: ViewHost, { counts }: EvidenceOf<"classes">): HTMLElement {
  const shown = classesShown(counts);
  const largest = Math.max(1, ...counts);
  const text = (count: number) => formatCount(count, host.locale);
  const rows = shown.map(({ count, label }) =>
    element(
      "div",
      { class: "classRow" },
      element("span", { class: "number" }, String(label)),
      createBar(count / largest, `${label}: ${text(count)}`, false),
      element("span", { class: "number" }, text(count)),
    ),
  );
  return element("div", {}, host.wordIn(diagnosisWords, "classes"), ...rows);
}

function numberText(host: ViewHost, value: ViewNumber): string {
  return formatNumber(value, { locale: host.locale });
}
