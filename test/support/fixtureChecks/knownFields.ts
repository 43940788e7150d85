// What a fixture file says of a layer and no check reads would be passed over: such a case fails, and says what is known.

/** @throws Error that names the fields which are not known, with those that are. */
export function refuseUnknownFields(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((field) => !known.includes(field));
  if (unknown.length === 0) return;
  throw new Error(`There is no check for ${unknown.join(", ")} of ${what}. Known: ${known.join(", ")}.`);
}
