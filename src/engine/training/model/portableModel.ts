// What a model can be carried away by: the forms it is saved in.

import {
  type ExportedOnnx,
  type ExportedScript,
  exportToKeras,
  exportToOnnx,
  exportToTorch,
  type TorchOptions,
} from "../../exports/exported.ts";
import { writeModelFiles } from "../../saving/modelFiles.ts";
import { type SerializedModel, serializeModel } from "../../saving/savedModel.ts";
import type { Parameter } from "../../tensor.ts";
import type { Compiled } from "../compile.ts";
import type { Arrange, Graph } from "./graph.ts";

/** The part of a model that writes it down. */
export abstract class PortableModel {
  /** How charts call the model's runs. */
  abstract readonly name: string;
  /** @internal How its layers are connected. */
  abstract readonly graph: Graph;
  /** @internal */
  abstract readonly seed: number | null;
  /** @internal */
  abstract readonly arrange: Arrange;
  /** The loss, optimizer and metrics; `null` before `compile`. */
  abstract get compiled(): Compiled | null;
  /** Every weight and bias, in the order of the layers. */
  abstract get weights(): readonly Parameter[];
  /** @internal How many batches `trainOnBatch` has trained on. */
  abstract trainedBatches: number;

  /**
   * Keeps the model in two files: `PATH.json` (layers, how they are connected, how the model is compiled) and `PATH.safetensors`
   * (the weights, and what the optimizer remembers). `load(path)` gives it back: it predicts the same, and training goes on as it would
   * have, to the bit. Layers, losses and other functions of your own are kept as names: give them to `load` as `customObjects`.
   *
   * @param path Where, from the notebook's folder: `"models/digits"`. Folders are made; what stood there is replaced once all is written.
   * @throws ValueError where it cannot be written, and for functions without a name.
   * @example model.save("models/digits"); const again = load("models/digits");
   */
  save(path: string): void {
    writeModelFiles(path, serializeModel("save", this));
  }

  /**
   * The contents of the two files that `save` writes, for where there is no file system, such as a web page. `load` takes them.
   *
   * @throws ValueError for functions without a name.
   * @example const again = load(model.serialize());
   */
  serialize(): SerializedModel {
    return serializeModel("serialize", this);
  }

  /**
   * The model for PyTorch: a script, and weights that it reads. Predictions, loss and gradients there equal those here up to rounding;
   * the script trains on by itself, with `torchrun: true` on many machines. `save(path)` of the result writes both, and `save(path, data)` the
   * data to train on from.
   *
   * @throws ValueError naming the layer, loss or optimizer that PyTorch has no counterpart of, and before the model has weights.
   * @example model.toPyTorch({ torchrun: true }).save("torch/digits", data); // torchrun --nproc-per-node 4 torch/digits.py torch/digits.data.safetensors
   */
  toPyTorch(options: TorchOptions = {}): ExportedScript {
    return exportToTorch(this, options);
  }

  /**
   * The model for Keras 3: a script that builds it from Keras' own layers, and its weights. Conventions are Keras' here already, so that
   * predictions, loss and gradients are the same up to rounding. `save(path)` of the result writes both, and `save(path, data)` the data to
   * train on from.
   *
   * @throws ValueError naming the layer, loss or optimizer that Keras has no counterpart of, before the model has weights, and when it is
   * given anything: `save` takes the path.
   * @example model.toKeras().save("keras/digits", data); // python keras/digits.py keras/digits.data.safetensors --epochs 10
   */
  toKeras(): ExportedScript;
  toKeras(...given: readonly unknown[]): ExportedScript {
    return exportToKeras(this, given);
  }

  /**
   * What the model predicts by, as an ONNX file (operators of version 17), for runtimes in browsers, phones and servers. Inputs and outputs
   * have their names and shapes here, the batch first and of any size; dropout and noise are left out, as by `predict`.
   *
   * @throws ValueError naming the layer that ONNX cannot say, before the model has weights, and when it is given anything: `save` takes the
   * path.
   * @example model.toOnnx().save("models/digits"); // models/digits.onnx
   */
  toOnnx(): ExportedOnnx;
  toOnnx(...given: readonly unknown[]): ExportedOnnx {
    return exportToOnnx(this, given);
  }
}
