// Names that are longer than their room: cut in their middle, since names of one picture often differ at their ends. Pure.

/** The whole name where it fits, else as many of its first and last letters as do. */
export function fittedName(name: string, widthPx: number, widthOf: (text: string) => number): string {
  if (widthOf(name) <= widthPx) return name;
  const letters = [...name];
  for (let kept = letters.length - 1; kept > 1; kept--) {
    const head = letters.slice(0, Math.ceil(kept / 2)).join("");
    const tail = letters.slice(letters.length - Math.floor(kept / 2)).join("");
    const text = `${head.trimEnd()}…${tail.trimStart()}`;
    if (widthOf(text) <= widthPx) return text;
  }
  return "…";
}
