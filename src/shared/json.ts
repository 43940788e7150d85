// JSON values, and numbers as JSON can hold them: what may cross a boundary or stand in a file.

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A number in a view. JSON has no NaN and no infinity, so they are words; `null` means "not recorded" or "not computed". */
export type ViewNumber = number | "NaN" | "Infinity" | "-Infinity" | null;

/** Rounds to `digits` significant digits, so that files stay small and their diffs quiet. */
export function toViewNumber(value: number | null | undefined, digits = 5): ViewNumber {
  if (value === null || value === undefined) return null;
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "Infinity";
  if (value === -Infinity) return "-Infinity";
  return value === 0 ? 0 : Number(value.toPrecision(digits));
}

/** The inverse of {@link toViewNumber}; `null` stays `null`. */
export function fromViewNumber(value: ViewNumber): number | null {
  return typeof value === "string" ? Number(value) : value;
}
