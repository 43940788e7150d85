// Reads bytes as their difference to others, and to those that came before: both builds of the routines are shipped so, at a third of their size.

/**
 * The `length` bytes that `difference` makes of `base`. It is a list of: a count of new bytes, these bytes, a count of bytes to copy
 * from `base` and, behind it, what is made already, and how far they stand behind the end of the copy before (twice that; before
 * it, twice the distance less 1). Counts have seven bits in each byte, the lowest first. The last item may end after its new bytes.
 */
export function applyDifference(base: Uint8Array, difference: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(base.length + length);
  bytes.set(base);
  let read = 0;
  let written = base.length;
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
    bytes.set(difference.subarray(read, read + fresh), written);
    read += fresh;
    written += fresh;
    if (read === difference.length) break;
    const copied = count();
    const skip = count();
    place += skip % 2 === 0 ? skip / 2 : -(skip + 1) / 2;
    const end = place + copied;
    // One by one where it goes on into what it makes itself.
    if (end > written) for (let at = written; place < end; ) bytes[at++] = bytes[place++] ?? 0;
    else bytes.copyWithin(written, place, end);
    written += copied;
    place = end;
  }
  return bytes.slice(base.length);
}
