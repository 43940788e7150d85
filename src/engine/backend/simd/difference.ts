// Reads a file as its difference to another one: the two builds of the routines are nearly the same, and only one is shipped whole.

/**
 * The bytes that `difference` makes of `base`. It is a list of: a count of new bytes, these bytes, a count of bytes to copy from
 * `base`, and how far they stand behind the end of the copy before (twice that; before it, twice the distance less 1). Counts
 * have seven bits in each byte, the lowest first. The last item may end after its new bytes.
 */
export function applyDifference(base: Uint8Array, difference: Uint8Array, length: number): Uint8Array {
  const made = new Uint8Array(length);
  let read = 0;
  let written = 0;
  let place = 0;
  const count = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = difference[read++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (read < difference.length) {
    const fresh = count();
    made.set(difference.subarray(read, read + fresh), written);
    read += fresh;
    written += fresh;
    if (read === difference.length) break;
    const copied = count();
    const skip = count();
    place += skip % 2 === 0 ? skip / 2 : -(skip + 1) / 2;
    made.set(base.subarray(place, place + copied), written);
    place += copied;
    written += copied;
  }
  return made;
}
