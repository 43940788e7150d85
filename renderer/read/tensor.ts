// Reads a tensor view: every page has a number for each shown row and column.

import type { TensorPage, TensorView } from "../../src/shared/views.ts";
import { counts, numbers } from "./common.ts";
import { count, fields, list, literal, Mismatch, nullable, type Reader, text, viewNumber } from "./readJson.ts";

const axis = list(count, 256);

export const tensor: Reader<TensorView> = (value, path) => {
  const view = fields<TensorView>({
    kind: literal("tensor"),
    version: literal(1),
    name: nullable(text),
    shape: counts,
    min: viewNumber,
    mean: viewNumber,
    std: viewNumber,
    max: viewNumber,
    zeros: count,
    notFinite: count,
    rows: axis,
    columns: axis,
    pages: list(fields<TensorPage>({ place: counts, values: numbers }), 64),
    pageCount: count,
  })(value, path);
  const size = view.rows.length * view.columns.length;
  view.pages.forEach(({ values }, at) => {
    if (values.length !== size) throw new Mismatch(`pages[${at}].values`, `a list of ${size}`, values);
  });
  return view;
};
