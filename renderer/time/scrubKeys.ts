// What the keys do to a scrubber. No DOM: a key and a place in, a place out.

/** Where a key leads from frame `at` of `count`; "toggle" plays or pauses; `null` is not a key of ours. */
export function scrubKey(key: string, at: number, count: number): number | "toggle" | null {
  const to = target(key, at, count);
  return typeof to === "number" ? Math.min(count - 1, Math.max(0, to)) : to;
}

function target(key: string, at: number, count: number): number | "toggle" | null {
  switch (key) {
    case "ArrowLeft":
      return at - 1;
    case "ArrowRight":
      return at + 1;
    case "PageDown":
      return at - 10;
    case "PageUp":
      return at + 10;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case " ":
      return "toggle";
    default:
      return null;
  }
}
