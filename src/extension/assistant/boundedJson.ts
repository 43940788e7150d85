// JSON for a language model: whatever it holds, it stays small enough to be read.

/** About six thousand tokens. */
const mostCharacters = 24_000;
const [longTexts, shortTexts] = [2000, 200];

/** The value as JSON; where that is too long its texts are cut, then its lists, and it says so. */
export function boundedJson(value: object): string {
  const whole = JSON.stringify(value);
  if (whole.length <= mostCharacters) return whole;
  for (const [text, items] of [
    [longTexts, 200],
    [shortTexts, 100],
    [shortTexts, 30],
    [80, 12],
    [40, 5],
  ] as const) {
    const cut = JSON.stringify({ ...(shortened(value, text, items) as object), isCut: true });
    if (cut.length <= mostCharacters) return cut;
  }
  return JSON.stringify({ isCut: true, problem: "Too much to tell. Ask about one cell or one run." });
}

function shortened(value: unknown, mostText: number, mostItems: number): unknown {
  if (typeof value === "string") return value.length <= mostText ? value : `${value.slice(0, mostText)}…`;
  if (Array.isArray(value)) {
    const kept = value.slice(0, mostItems).map((item) => shortened(item, mostText, mostItems));
    return value.length <= mostItems ? kept : [...kept, `… ${value.length - mostItems} more`];
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, shortened(inner, mostText, mostItems)]),
  );
}
