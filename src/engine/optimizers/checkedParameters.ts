// What optimizers check of what they are to update, before they touch any of it.

import { checkedNumber, counted, describeValue, ShapeError, ValueError } from "../errors.ts";
import { checkedList } from "../shape.ts";
import { Parameter } from "../tensor.ts";

/** @throws ValueError for what is no list of parameters. */
export function checkParameters(op: string, parameters: readonly Parameter[]): void {
  checkedList(op, "parameters", parameters);
  for (let index = 0; index < parameters.length; index++)
    if (!(parameters[index] instanceof Parameter))
      throw new ValueError({
        op,
        expected: `parameters[${index}] as a parameter`,
        got: describeValue(parameters[index]),
        hint: 'A layer has them, layer.weights, and parameter("slope", [0.25]) makes one.',
      });
}

/** One list of numbers for each parameter. @throws ValueError or ShapeError */
export function checkGradients(
  op: string,
  parameters: readonly Parameter[],
  gradients: readonly (readonly number[])[],
): void {
  checkParameters(op, parameters);
  if (checkedList(op, "gradients", gradients).length !== parameters.length)
    throw new ValueError({
      op,
      expected: `gradients for ${counted(parameters.length, "parameter")}`,
      got: String(gradients.length),
    });
  parameters.forEach(({ size }, at) => {
    const gradient: unknown = gradients[at];
    const numbers = ArrayBuffer.isView(gradient) ? Array.from(gradient as Float32Array) : gradient;
    const list = checkedList(op, `gradients[${at}]`, numbers as readonly number[]);
    if (list.length !== size)
      throw new ShapeError({
        ...{ op, what: `gradients[${at}] of`, expected: counted(size, "number"), got: String(list.length) },
      });
    // A name for each of many numbers would cost more than all the rest: only one that is wrong needs it.
    for (let place = 0; place < list.length; place++)
      if (!Number.isFinite(list[place])) checkedNumber(op, `gradients[${at}][${place}]`, list[place]);
  });
}
