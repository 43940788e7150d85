// dist/thirdPartyNotices.txt: the licence of every package whose code is in a bundle, as that package words it.

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Metafile } from "esbuild";

/** The package that an input of a bundle comes from; `null` for a file of ours. */
export function packageOf(input: string): string | null {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1] ?? null;
}

export async function writeThirdPartyNotices(
  metafiles: readonly Metafile[],
  folders: { readonly root: string; readonly distFolder: string },
): Promise<void> {
  const packageFolders = new Map<string, string>();
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const name = packageOf(input);
    if (name === null) continue;
    const end = input.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}`.length;
    packageFolders.set(name, path.join(folders.root, input.slice(0, end)));
  }
  const names = [...packageFolders.keys()].sort();
  const parts = await Promise.all(names.map((name) => noticeOf(packageFolders.get(name) ?? name)));
  const head = "nnbook contains code of the packages below, each under its own licence.\n";
  await writeFile(
    path.join(folders.distFolder, "thirdPartyNotices.txt"),
    [head, ...parts].join(`\n${"=".repeat(80)}\n\n`),
  );
}

/** Name, version, licence, and the texts that the licence asks to pass on. */
async function noticeOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license: string;
  };
  const files = (await readdir(folder))
    .filter((name) => /^(licen[cs]e|notice|copying|thirdpartynotice)/i.test(name))
    .sort();
  if (files.length === 0) throw new Error(`${manifest.name} comes without the text of its licence.`);
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), "utf8")));
  return [`${manifest.name} ${manifest.version} (${manifest.license})`, ...texts.map(plainLines)]
    .join("\n\n")
    .concat("\n");
}

function plainLines(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
