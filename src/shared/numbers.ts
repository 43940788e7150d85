// Numbers in words, the same in charts, cards, hovers and plain text: three significant digits, true minus, powers of ten.

import { fromViewNumber, type ViewNumber } from "./json.ts";

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `-8` → `⁻⁸`. */
export function superscript(exponent: number): string {
  return String(exponent)
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => superscripts.charAt(Number(digit)));
}

/** Three significant digits: 0.0123, 12.3, 1,230; outside 10⁻³…10⁵ as 1.23×10⁻⁶. Zero is "0", not computed is "–". */
export function formatNumber(
  value: ViewNumber | undefined,
  { digits = 3, locale = "en" }: { digits?: number; locale?: string } = {},
): string {
  const number = value === undefined ? null : fromViewNumber(value);
  if (number === null) return "–";
  if (Number.isNaN(number)) return "NaN";
  if (number === 0) return "0";
  const sign = number < 0 ? "−" : "";
  const size = Math.abs(number);
  if (size === Infinity) return `${sign}∞`;
  let exponent = Math.floor(Math.log10(size));
  if (Number((size / 10 ** exponent).toPrecision(digits)) >= 10) exponent++;
  const decimals = (shown: number, count: number) => decimalFormat(locale, count).format(shown);
  if (exponent < -3 || exponent > 4)
    return `${sign}${decimals(size / 10 ** exponent, digits - 1)}×10${superscript(exponent)}`;
  return sign + decimals(size, Math.max(0, digits - 1 - exponent));
}

/** Made once: a live picture writes hundreds of numbers, and making one takes longer than writing ten. */
const decimalFormats = new Map<string, Intl.NumberFormat>();

function decimalFormat(locale: string, count: number): Intl.NumberFormat {
  const key = `${locale} ${count}`;
  const made = decimalFormats.get(key) ?? decimalsOf(locale, count);
  decimalFormats.set(key, made);
  return made;
}

function decimalsOf(locale: string, count: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: count, maximumFractionDigits: count });
}

/** Single precision holds no more. */
const mostDigits = 9;
const usualDigits = 3;

/**
 * How many digits of `number` reach as far down as three digits of `change` do: with fewer, a sum of the two would look like
 * `number` itself. Nothing where three will do.
 */
export function digitsBeside(number: number, change: number): number | undefined {
  const [own, other] = [Math.abs(number), Math.abs(change)];
  if (!(own > 0 && other > 0 && Number.isFinite(own) && Number.isFinite(other))) return undefined;
  const digits = Math.floor(Math.log10(own)) - Math.floor(Math.log10(other)) + usualDigits;
  return digits > usualDigits ? Math.min(mostDigits, digits) : undefined;
}

/** A number that someone chose, as they would write it: "0.015", "64"; far from 1 as a power of ten. */
export function formatChosen(value: number, locale = "en"): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-5 || size >= 1e7)) return formatNumber(value, { locale });
  return signed(value, size.toLocaleString(locale, { maximumSignificantDigits: 6 }));
}

/** How many significant digits a number among many has: four, or as many as reach down to its units, up to six (12,346 is no 12,350). */
export function shortDigits(value: number): number {
  const size = Math.abs(value);
  return size < 1e4 || size >= 1e6 ? 4 : size < 1e5 ? 5 : 6;
}

/** A number among many, as short as it can be: see {@link shortDigits}, no zeros at the end; "–" where there is none. */
export function formatShort(value: ViewNumber | undefined, locale = "en"): string {
  const number = value === undefined ? null : fromViewNumber(value);
  if (number === null || !Number.isFinite(number)) return formatNumber(value, { locale });
  return formatChosen(Number(number.toPrecision(shortDigits(number))), locale);
}

/** The lowest or highest of many numbers: as they are where all of them are `whole` ("12", not "12.0"), else with three digits. */
export function formatEnd(value: ViewNumber | undefined, { whole = false, locale = "en" } = {}): string {
  return whole ? formatShort(value, locale) : formatNumber(value, { locale });
}

/**
 * A number of which the last digit counts as much as the first: an amount, a key, a time in milliseconds. Where whole numbers
 * are no longer exact, and of what is not whole, as {@link formatShort}.
 */
export function formatWhole(value: ViewNumber | undefined, locale = "en"): string {
  const number = value === undefined ? null : fromViewNumber(value);
  return number !== null && Number.isSafeInteger(number) ? formatCount(number, locale) : formatShort(value, locale);
}

/** A count of things: whole, with the reader's separators ("1,840"). */
export function formatCount(value: number, locale = "en"): string {
  const whole = Math.round(value);
  return signed(whole, Math.abs(whole).toLocaleString(locale));
}

/** A share between 0 and 1 as "42 %"; one that is almost none or all, but not quite, as "< 1 %" and "> 99 %". */
export function formatShare(value: ViewNumber | undefined): string {
  return shareText(value, { least: "< 1 %", most: "> 99 %" });
}

/** The same within a sentence: Korean has words for the signs. */
export function wordShare(value: ViewNumber | undefined, locale: string): string {
  return locale.startsWith("ko") ? shareText(value, { least: "1 % 미만", most: "99 % 이상" }) : formatShare(value);
}

function shareText(
  value: ViewNumber | undefined,
  { least, most }: { readonly least: string; readonly most: string },
): string {
  const number = value === undefined ? null : fromViewNumber(value);
  if (number === null) return "–";
  if (Number.isNaN(number)) return "NaN";
  if (number > 0 && number < 0.01) return least;
  if (number < 1 && number > 0.99) return most;
  const percent = Math.round(number * 100);
  return `${signed(percent, String(Math.abs(percent)))} %`;
}

/** The text of a number's size with a true minus before it where the number is below zero: nothing is minus zero. */
function signed(value: number, size: string): string {
  return value < 0 ? `−${size}` : size;
}

/** The nearest power of ten: "10⁻⁷". */
export function formatPower(value: number): string {
  return `10${superscript(Math.round(Math.log10(value)))}`;
}

/** A ratio in two digits: "4.1×", in Korean "4.1배". */
export function formatTimes(value: ViewNumber, locale = "en"): string {
  const text = formatNumber(value, { digits: 2, locale });
  return value === null ? text : `${text}${locale.startsWith("ko") ? "배" : "×"}`;
}
