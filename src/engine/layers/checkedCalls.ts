// What layers of the catalogue check before they are asked for shapes or numbers directly. Their classes only say how these are
// found: the checks are put in front of their methods here, once for each class.

import { describeValue, ValueError } from "../errors.ts";
import { checkedList, checkShape, type Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { CallContext } from "./callContext.ts";
import { Layer } from "./layer.ts";

type Make = (...given: never[]) => Layer;

const checkedClasses = new WeakSet<Layer>([Layer.prototype]);

/** The same functions; the layers that they make refuse wrong arguments. */
export function makingChecked<Makers extends Readonly<Record<string, Make>>>(makers: Makers): Makers {
  const checking = Object.entries(makers).map(([name, make]) => [
    name,
    (...given: Parameters<typeof make>) => {
      const layer = make(...given);
      checkClass(Object.getPrototypeOf(layer));
      return layer;
    },
  ]);
  // Same names, and functions that take and give the same.
  return Object.fromEntries(checking);
}

/** A class and those it extends. `Layer` itself checks on its own, and classes written in a cell are left as they are. */
function checkClass(prototype: Layer): void {
  if (checkedClasses.has(prototype)) return;
  checkedClasses.add(prototype);
  checkClass(Object.getPrototypeOf(prototype));
  const { outputShapeFor, outputShapeForAll, call, callAll } = prototype;
  const checked: Pick<Layer, "outputShapeFor" | "outputShapeForAll" | "call" | "callAll"> = {
    outputShapeFor(this: Layer, inputShape) {
      checkShape(inputShape, labelOf(this));
      return outputShapeFor.call(this, inputShape);
    },
    outputShapeForAll(this: Layer, inputShapes) {
      return outputShapeForAll.call(this, checkedShapes(labelOf(this), inputShapes));
    },
    call(this: Layer, x, context) {
      checkCall(labelOf(this), [x], context);
      return call.call(this, x, context);
    },
    callAll(this: Layer, inputs, context) {
      checkCall(labelOf(this), checkedList(labelOf(this), "its inputs", inputs), context);
      return callAll.call(this, inputs, context);
    },
  };
  for (const [name, value] of Object.entries(checked))
    if (Object.hasOwn(prototype, name))
      Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

/** Shapes of the inputs of a layer. @throws ValueError or ShapeError for what is none */
function checkedShapes(op: string, shapes: readonly Shape[]): readonly Shape[] {
  for (const shape of checkedList(op, "the shapes of its inputs", shapes)) checkShape(shape, op);
  return shapes;
}

/** @throws ValueError for what is no tensor, and for what is no context. */
function checkCall(op: string, inputs: readonly Tensor[], context: CallContext): void {
  const hint = "In a graph it is applied: layer.apply(x), with const x = input(4).";
  const wrong = inputs.findIndex((x) => !(x instanceof Tensor));
  if (wrong !== -1) throw new ValueError({ op, expected: "a tensor", got: describeValue(inputs[wrong]), hint });
  // Randomness is only looked for: steps that are laid out have none to give before they run.
  if (typeof context === "object" && context !== null && "training" in context && "random" in context) return;
  throw new ValueError({
    op,
    expected: "what it is told of the pass, { training: false, random: new Random(1) }",
    got: describeValue(context),
    hint,
  });
}

function labelOf({ name, type }: Layer): string {
  return name || type;
}
