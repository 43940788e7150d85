// What a training noticed about its model, as sentences: one for all layers that have the same trouble.

import type { RunNote } from "../../engine/index.ts";
import type { Message } from "../../shared/words/message.ts";
import { count, list, say } from "./say.ts";

/** More names than this would be a list, not a sentence. */
const mostNames = 6;

/** Layers that start alike are named together: a whole net often does. Other notes have a sentence for each. */
export function noteMessages(notes: readonly RunNote[]): readonly Message[] {
  const alike = notes.flatMap(({ kind, layer }) => (kind === "symmetricStart" && layer !== null ? [layer] : []));
  const one = ({ kind, layer }: RunNote) => say(kind, layer === null ? {} : { layer });
  if (alike.length < 2) return notes.map(one);
  const first = notes.findIndex(({ kind }) => kind === "symmetricStart");
  const names = list(alike, mostNames);
  const together = say("symmetricStartOfSeveral", { names, layers: count(alike.length) });
  return notes.flatMap((note, index) =>
    note.kind !== "symmetricStart" ? [one(note)] : index === first ? [together] : [],
  );
}
