// The page of a variable that is shown as a grid: the renderer draws it, a bar above chooses the part of a large tensor.

import type { ActivationFunction, RendererApi } from "vscode-notebook-renderer";
import type { FromGrid, ToGrid } from "../../src/shared/gridProtocol.ts";
import type { FromRenderer, ToRenderer } from "../../src/shared/rendererProtocol.ts";
import { nearestLocale, plainMessage } from "../../src/shared/words/message.ts";
import { element, setHidden, setText } from "../dom.ts";
import { gridWords } from "../words/gridWords.ts";
import { createGridBar } from "./gridBar.ts";

/** What VS Code gives a page of an extension. */
declare function acquireVsCodeApi(): { readonly postMessage: (message: FromGrid) => void };

const code = acquireVsCodeApi();
const locale = nearestLocale(document.documentElement.lang);
const post = (message: FromGrid) => code.postMessage(message);

const said = element(
  "p",
  { class: "gridSaid", role: "status" },
  plainMessage(gridWords, { id: "waiting", args: {} }, locale),
);
const bar = createGridBar(locale, (window) => post({ kind: "showWindow", window }));
const picture = element("div", { class: "gridPicture" });
document.body.append(said, bar.node, picture);

/** The renderer is a module beside this one: the page names it. */
const renderer = startRenderer();

addEventListener("message", ({ data }: MessageEvent<ToGrid>) => {
  switch (data.kind) {
    case "gridShown":
      setHidden(said, true);
      bar.show(data.view, data.window);
      picture.classList.remove("old");
      renderer.then((api) => draw(api, data)).then(undefined, tellProblem);
      break;
    case "gridGone":
      setText(said, data.text);
      setHidden(said, false);
      picture.classList.add("old");
      break;
  }
});
addEventListener("keydown", (event) => bar.takeKey(event));
post({ kind: "gridReady" });

function tellProblem(problem: unknown): void {
  const args = { problem: problem instanceof Error ? problem.message : String(problem) };
  setText(said, plainMessage(gridWords, { id: "failed", args }, locale));
  setHidden(said, false);
}

async function startRenderer(): Promise<RendererApi> {
  const { activate } = (await import(document.body.dataset.renderer ?? "")) as { activate: ActivationFunction };
  const environment: ToRenderer = { kind: "environment", locale, trusted: true };
  const started = activate({
    workspace: { isTrusted: true },
    setState: () => {},
    getState: () => undefined,
    getRenderer: async () => undefined,
    postMessage: (message: FromRenderer) => post({ kind: "fromPicture", message }),
    onDidReceiveMessage: (listener: (message: ToRenderer) => void) => {
      listener(environment);
      return { dispose: () => {} };
    },
  } as unknown as Parameters<ActivationFunction>[0]);
  return started as RendererApi;
}

function draw(api: RendererApi, { mime, view }: Extract<ToGrid, { readonly kind: "gridShown" }>): void {
  const text = JSON.stringify(view);
  const item = {
    id: "grid",
    mime,
    metadata: {},
    text: () => text,
    json: () => JSON.parse(text),
    data: () => new TextEncoder().encode(text),
    blob: () => new Blob([text], { type: mime }),
  };
  void api.renderOutputItem(item, picture, new AbortController().signal);
}
