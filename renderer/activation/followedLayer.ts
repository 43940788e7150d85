// The layer of an activation view goes along with that of its run's other pictures, and nothing moves when it does.

import { linkLayer } from "../time/linkedLayer.ts";
import type { ViewHost } from "../viewHost.ts";
import { Choices } from "./choices.ts";

export interface FollowedLayer {
  /** Tells the other pictures, where the reader chose another layer than before. */
  tell(): void;
  /** Where the reader changed what is drawn otherwise: room is kept for that. */
  keepRoom(): void;
  dispose(): void;
}

export interface FollowedLayerOptions {
  readonly choices: () => Choices;
  /** The parts whose height depends on the layer. */
  readonly parts: readonly HTMLElement[];
  /** Shows the words of these choices in the parts, and draws no plot. */
  readonly showWords: (choices: Choices) => void;
  /** How long the words of these choices are, about. */
  readonly lengthOf: (choices: Choices) => number;
  /** Another layer was chosen elsewhere. */
  readonly moved: () => void;
}

/** Of so many layers, those with most words, the real height is looked at. */
const measuredLayers = 4;

export function followLayer(host: ViewHost, options: FollowedLayerOptions): FollowedLayer {
  const { choices, parts, showWords, lengthOf, moved } = options;
  const { runId, layers } = choices().view;
  if (runId === undefined || layers.length < 2) return { tell() {}, keepRoom() {}, dispose() {} };
  let told = choices().layer?.name ?? null;
  let roomFor = "";
  const keepRoom = () => {
    const shown = choices();
    // Hidden: nothing has a height.
    if (host.widthPx === 0) return;
    const key = [host.widthPx, shown.layout, shown.layer === null, shown.order].join();
    if (key === roomFor) return;
    roomFor = key;
    for (const part of parts) part.style.minHeight = "";
    if (shown.layer === null) return;
    const others = layers.map((layer) => {
      const other = Object.assign(new Choices(shown.view), shown);
      other.chooseLayer(layer);
      return other;
    });
    const longest = others.sort((left, right) => lengthOf(right) - lengthOf(left)).slice(0, measuredLayers);
    const heights = [...longest, shown].map((each) => {
      showWords(each);
      return parts.map((part) => part.getBoundingClientRect().height);
    });
    parts.forEach((part, at) => {
      part.style.minHeight = `${Math.max(...heights.map((each) => each[at] ?? 0))}px`;
    });
  };
  // A layer that is pointed at elsewhere is shown here; one that is left stays. Who asked for none sees none.
  const show = (name: string | null) => {
    const { layer } = choices();
    const next = layers.find((each) => each.name === name);
    if (layer === null || next === undefined || next === layer) return;
    choices().chooseLayer(next);
    told = next.name;
    moved();
  };
  const link = linkLayer([runId], show);
  show(link.initial);
  keepRoom();
  return {
    keepRoom,
    dispose: () => link.dispose(),
    tell() {
      const name = choices().layer?.name ?? null;
      if (name === told) return;
      told = name;
      link.move(name);
    },
  };
}
