// Pictures of data: tables and tensors.

import type { Run, Tensor } from "../../engine/index.ts";
import { asTensor, type TensorLike } from "../../engine/tensor.ts";
import { Model } from "../../engine/training/model/model.ts";
import {
  type BoundaryOptions,
  boundaryView,
  type ConfusionOptions,
  confusionView,
  filtersView,
  type ImagesOptions,
  imagesView,
  type JudgedData,
  type TableOptions,
  type TableSource,
  tableView,
  tensorView,
} from "../../insights/index.ts";
import { checkedModel, checkedModelOrRun } from "./arguments.ts";
import type { Displayable } from "./display.ts";
import { picture } from "./picture.ts";
import { showHost } from "./showHost.ts";

export const dataPictures = {
  /**
   * What is in each column of a data set or of rows: range, mean and spread, a histogram, the classes, what is missing,
   * and the first rows themselves. In words: features on very different scales, rare classes, gaps.
   *
   * Of a split data set the training part is shown. A data set as a cell's last expression is shown this way, too.
   *
   * @throws ValueError for what has no rows.
   * @example show.table(datasets.iris())
   * @example show.table([{ name: "adam", loss: 0.02 }, { name: "sgd", loss: 0.31 }], { rows: 2 })
   */
  table(data: TableSource, options: TableOptions = {}): Displayable {
    return picture(tableView(data, options));
  },

  /**
   * Where a model of two features decides for which class, with the examples, through the training (as `run.snapshots` kept
   * its weights), and what each hidden unit sees. Validation points are hollow.
   *
   * @throws ShapeError for examples of other than two features; ValueError for data without classes.
   * @example show.boundary(run, data)
   */
  boundary<Prediction>(
    modelOrRun: Model<Prediction> | Run,
    data: JudgedData,
    options: BoundaryOptions = {},
  ): Displayable {
    const { model, run } = checkedModelOrRun("show.boundary", modelOrRun);
    return picture(boundaryView({ model, run, runId: run === null ? null : showHost().runId(run) }, data, options));
  },

  /**
   * Which classes the model takes for which: a row for each true class, a column for each prediction, recall and precision,
   * and on click the examples that went wrong, the surest mistakes first; pictures are drawn.
   *
   * Of a split data set the validation part is judged, where there is one.
   *
   * @throws ValueError for data without classes, or with more than 60.
   * @example show.confusion(model, data)
   * @example show.confusion(model, { x, y }, { picture: [28, 28] })
   */
  confusion<Prediction>(model: Model<Prediction>, data: JudgedData, options: ConfusionOptions = {}): Displayable {
    return picture(confusionView(checkedModel("show.confusion", model), data, options));
  },

  /**
   * The examples of a data set as pictures with their classes; with `model`, what it takes each for; with `example` too, what the
   * model's layers make of that one: its feature maps. Of a model, the filters of its `conv2d` layers, or what each unit of a
   * first dense layer looks for.
   *
   * @throws ValueError for data that are no pictures, or a model without such layers.
   * @example show.images(datasets.digits())
   * @example show.images(data, { model, count: 80 })
   * @example show.images(data, { model, example: 3 })
   * @example show.images(model)
   */
  images<Prediction>(dataOrModel: JudgedData | Model<Prediction>, options: ImagesOptions = {}): Displayable {
    return picture(dataOrModel instanceof Model ? filtersView(dataOrModel, options) : imagesView(dataOrModel, options));
  },

  /**
   * The numbers of a tensor as a grid: its shape, range and mean, small ones number by number, large ones as a heat map
   * of some rows and columns. A tensor as a cell's last expression is shown this way, too.
   *
   * @example show.tensor(model.layers[0].weights[0])
   */
  tensor(values: Tensor | TensorLike): Displayable {
    return picture(tensorView(asTensor(values)));
  },
};
