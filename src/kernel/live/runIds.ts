// Names for runs and controls under which their pictures, live frames and reports find each other: the same cell gives the same names.

/** The id of the `ordinal`th fit (from 1) of one run of a cell. */
export function runIdOf(source: string, ordinal: number): string {
  return `fit-${fnv1a(source)}-${ordinal}`;
}

/** The id of the `ordinal`th control (from 1) of one run of a cell. */
export function controlIdOf(source: string, ordinal: number): string {
  return `control-${fnv1a(source)}-${ordinal}`;
}

/** FNV-1a over the UTF-16 units of a text, 32 bits, as eight hex digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
