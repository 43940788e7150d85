// The letters on the axes of every chart, whoever draws it.

export const axisFontPx = 11;
