// Small whole numbers as text, one letter each: pictures and fields in a file are many numbers that need few levels.

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** The number of levels of one letter, and the highest of two. */
const levelCount = 64;
const highestPair = levelCount * levelCount - 1;

/** Shares (0–1; what lies outside is cut) as one letter each. */
export function packShares(shares: ArrayLike<number>): string {
  let text = "";
  for (let index = 0; index < shares.length; index++)
    text += letters.charAt(levelOf(shares[index] ?? 0, levelCount - 1));
  return text;
}

/** The same with two letters each: 4096 levels. */
export function packFineShares(shares: ArrayLike<number>): string {
  let text = "";
  for (let index = 0; index < shares.length; index++) {
    const level = levelOf(shares[index] ?? 0, highestPair);
    text += letters.charAt(level >> 6) + letters.charAt(level & 63);
  }
  return text;
}

/** The inverse of {@link packShares}. */
export function unpackShares(text: string): Float32Array {
  return Float32Array.from(text, (letter) => Math.max(0, letters.indexOf(letter)) / (levelCount - 1));
}

/** The inverse of {@link packFineShares}. */
export function unpackFineShares(text: string): Float32Array {
  const level = (at: number) => Math.max(0, letters.indexOf(text.charAt(at)));
  return Float32Array.from(
    { length: text.length >> 1 },
    (_, at) => (level(2 * at) * 64 + level(2 * at + 1)) / highestPair,
  );
}

function levelOf(share: number, highest: number): number {
  // NaN is nowhere; the lowest level is the least wrong place for it.
  return Number.isNaN(share) ? 0 : Math.round(Math.min(1, Math.max(0, share)) * highest);
}
