// Pictures that Markdown cells name, taken into the export itself. Only those beside the notebook: a stranger's notebook must not fetch other files.

import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

const types: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};
/** Larger ones would make a page that opens slowly. */
const mostBytes = 10_000_000;

/** Gives an address that holds the picture itself; `null` for one that is elsewhere, missing, or no picture. */
export function pictureAddressIn(folder: string | null): (source: string) => string | null {
  return (source) => {
    if (/^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(source)) return source;
    const type = types[path.extname(source).toLowerCase()];
    if (folder === null || type === undefined || /^[a-z][a-z\d+.-]*:|^[\\/]/i.test(source)) return null;
    try {
      const root = realpathSync(folder);
      const file = realpathSync(path.resolve(root, decodeURIComponent(source)));
      // Neither ".." nor a link may lead out of the folder.
      if (!file.startsWith(root + path.sep) || statSync(file).size > mostBytes) return null;
      return `data:${type};base64,${readFileSync(file).toString("base64")}`;
    } catch {
      // A picture that is not there is shown as a link, as the editor shows it broken.
      return null;
    }
  };
}
