// What a catalogue makes, checked where it is asked directly: the same functions, but what they give looks at what it is given.

/** The same functions; what they make goes through `checked`. */
export function makingChecked<Made, Makers extends Readonly<Record<string, (...given: never[]) => Made>>>(
  makers: Makers,
  checked: (made: Made) => Made,
): Makers {
  const checking = Object.entries(makers).map(([name, make]) => [
    name,
    (...given: Parameters<typeof make>) => checked(make(...given)),
  ]);
  // Same names, and functions that take and give the same.
  return Object.fromEntries(checking);
}
