// Pictures of every sample view, to look at: `node test/renderer/screenshots.mts [folder] [sample,…] [theme,…] [width,…] [language]`.

import { mkdir, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type View, viewMimeTypes } from "../../src/shared/views.ts";
import { RendererHarness, type ThemeName, themes } from "./harness.mts";

const [
  folder = join(tmpdir(), "nnbook-renderer"),
  samples,
  themeNames,
  widths = "300,480,980,1600",
  language = "en-US",
] = process.argv.slice(2);
const samplesFolder = new URL("samples/", import.meta.url);
const names = (samples ?? (await readdir(samplesFolder)).join(",")).split(",").map((name) => name.replace(".json", ""));
const chosen = (themeNames ?? Object.keys(themes).join(",")).split(",") as ThemeName[];

await mkdir(folder, { recursive: true });
const harness = await RendererHarness.start();
let failed = false;
for (const theme of chosen) {
  for (const width of widths.split(",").map(Number)) {
    for (const name of names) {
      const view = JSON.parse(await readFile(new URL(`${name}.json`, samplesFolder), "utf8")) as View;
      const page = await harness.open({ theme, widthPx: width, heightPx: 400, language });
      await page.show(viewMimeTypes[view.kind], view);
      if (view.kind === "training" && view.state === "running") {
        await page.send({ kind: "trainingSnapshot", view, sequence: 1, stepsPerSecond: 62, secondsLeft: 5 });
      }
      if (view.kind === "control") await page.send({ kind: "controlsLive", controlIds: [view.controlId] });
      await page.page.waitForTimeout(120);
      await page.screenshot(join(folder, `${name}-${theme}-${width}.png`));
      for (const problem of page.problems) {
        failed = true;
        console.error(`${name}, ${theme}, ${width}: ${problem}`);
      }
      await page.close();
    }
  }
}
await harness.stop();
console.log(`Pictures of ${names.join(", ")} are in ${folder}.`);
process.exitCode = failed ? 1 : 0;
