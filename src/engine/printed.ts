// How `console.log` asks an object to show itself: what parts with settings behind checks answer.

/** How Node asks. */
export const inspected: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

/** How deep it may go, how, and by what. */
export type Asked = readonly [depth: number, options: object, inspect: (value: object, options: object) => string];

/** The name of what it is and its settings, as Node shows an object of a class. */
export function printed(what: object, settings: object, [depth, options, inspect]: Asked): string {
  const { name } = what.constructor;
  return depth < 0 ? `[${name}]` : `${name} ${inspect(settings, options)}`;
}
