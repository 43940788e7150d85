// The numbers by which a tape names routines, for the AssemblyScript side and the TypeScript side alike (so: no types, no enum). Each family has 64.

// Whole arrays and matrices: from 0.
export const FILL = 0;
export const COPY = 1;
export const ADD_SCALED = 2;
export const MATRIX_PRODUCT = 3;

// Number by number: from 64.

// Moving numbers: from 128.

// Reductions and softmax: from 192.

// Losses: from 256.
export const LOSS = 256;
export const LOSS_GRAD = 257;

// The losses' own numbers, an argument of both.
export const MSE = 0;
export const MAE = 1;
export const HUBER = 2;
export const LOG_COSH = 3;
export const MSLE = 4;
export const MAPE = 5;
export const HINGE = 6;
export const SQUARED_HINGE = 7;
export const BINARY_CROSSENTROPY = 8;
export const BINARY_CROSSENTROPY_LOGITS = 9;
export const KL_DIVERGENCE = 10;
export const POISSON = 11;
export const CATEGORICAL_CROSSENTROPY = 12;
export const CATEGORICAL_CROSSENTROPY_LOGITS = 13;
export const COSINE_SIMILARITY = 14;
export const CATEGORICAL_HINGE = 15;

// Optimizers: from 320.
export const MOMENTUM_UPDATE = 320;
export const ADAGRAD_UPDATE = 321;
export const RMSPROP_UPDATE = 322;
export const ADADELTA_UPDATE = 323;
export const ADAM_UPDATE = 324;
export const ADAMAX_UPDATE = 325;
export const NADAM_UPDATE = 326;
export const LION_UPDATE = 327;

// Statistics: from 384.
export const ARE_FINITE = 384;
export const MOMENTS = 385;
export const SQUARED_DISTANCE = 386;
export const COUNT_FLAT = 387;
export const COUNT_ZERO_COLUMNS = 388;

// Convolution and pooling: from 448.
export const CONV2D = 448;
export const CONV2D_INPUT_GRAD = 449;
export const CONV2D_KERNEL_GRAD = 450;
export const DEPTHWISE_CONV2D = 451;
export const DEPTHWISE_CONV2D_INPUT_GRAD = 452;
export const DEPTHWISE_CONV2D_KERNEL_GRAD = 453;
export const POOL2D = 454;
export const POOL2D_GRAD = 455;

// Normalization: from 512.

// Randomness: from 576.

// Fused: from 640.
