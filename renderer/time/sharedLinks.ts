// The step and the layer that outputs of a run share, between the editors that show the notebook: each has a webview of its own.

import type { FromRenderer, LinkMoved } from "../../src/shared/rendererProtocol.ts";
import { linkLayer } from "./linkedLayer.ts";
import { linkStep } from "./linkedStep.ts";

/** Other editors follow at most ten times a second, however fast a scrubber is dragged. */
const tellEveryMs = 100;

/** Tells the extension what is chosen here; the answer takes what was chosen in another editor. */
export function shareLinks(post: (message: FromRenderer) => void): (message: LinkMoved) => void {
  /** What was not told yet: the newest of each of its kind. */
  const untold = new Map<string, LinkMoved>();
  const tell = () => {
    for (const each of untold.values()) post(each);
    untold.clear();
  };
  const tellSoon = (message: LinkMoved) => {
    if (untold.size === 0) setTimeout(tell, tellEveryMs);
    untold.set(`${message.to.kind} ${message.runIds.join()}`, message);
  };
  linkStep.tellElsewhere((runIds, step) => tellSoon({ kind: "linkMoved", runIds, to: { kind: "step", step } }));
  linkLayer.tellElsewhere((runIds, layer) => tellSoon({ kind: "linkMoved", runIds, to: { kind: "layer", layer } }));
  return ({ runIds, to }) => {
    if (to.kind === "step") linkStep.receive(runIds, to.step);
    else linkLayer.receive(runIds, to.layer);
  };
}
