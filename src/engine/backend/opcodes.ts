// The numbers by which a tape names routines, for the AssemblyScript side and the TypeScript side alike (so: no types, no enum). Each family has 64.

// Whole arrays and matrices: from 0.
export const FILL = 0;
export const COPY = 1;
export const ADD_SCALED = 2;
export const MATRIX_PRODUCT = 3;

// Number by number: from 64.
export const UNARY = 64;
export const UNARY_GRAD = 65;
export const BINARY = 66;
export const BINARY_GRAD = 67;
export const BINARY_GRAD_SUM = 68;
export const CLAMP = 69;
export const UNARY_GRAD_SUM = 70;

// The functions of one number, an argument of UNARY and UNARY_GRAD.
export const UNARY_IDENTITY = 0;
export const UNARY_NEGATE = 1;
export const UNARY_ABS = 2;
export const UNARY_SIGN = 3;
export const UNARY_SQUARE = 4;
export const UNARY_SQRT = 5;
export const UNARY_RECIPROCAL = 6;
export const UNARY_EXP = 7;
export const UNARY_LOG = 8;
export const UNARY_LOG1P = 9;
export const UNARY_EXPM1 = 10;
export const UNARY_SIN = 11;
export const UNARY_COS = 12;
export const UNARY_STEP = 13;
export const UNARY_SIGMOID = 14;
export const UNARY_LOG_SIGMOID = 15;
export const UNARY_HARD_SIGMOID = 16;
export const UNARY_TANH = 17;
export const UNARY_HARD_TANH = 18;
export const UNARY_TANHSHRINK = 19;
export const UNARY_RELU = 20;
export const UNARY_RELU6 = 21;
export const UNARY_LEAKY_RELU = 22;
export const UNARY_ELU = 23;
export const UNARY_SELU = 24;
export const UNARY_CELU = 25;
export const UNARY_GELU = 26;
export const UNARY_GELU_TANH = 27;
export const UNARY_SILU = 28;
export const UNARY_HARD_SWISH = 29;
export const UNARY_MISH = 30;
export const UNARY_SOFTPLUS = 31;
export const UNARY_SOFTSIGN = 32;
export const UNARY_TAN = 33;
export const UNARY_ASIN = 34;
export const UNARY_ACOS = 35;
export const UNARY_ATAN = 36;
export const UNARY_SINH = 37;
export const UNARY_COSH = 38;
export const UNARY_ASINH = 39;
export const UNARY_ACOSH = 40;
export const UNARY_ATANH = 41;
export const UNARY_LOG2 = 42;
export const UNARY_LOG10 = 43;
export const UNARY_RSQRT = 44;
export const UNARY_ERF = 45;
export const UNARY_FLOOR = 46;
export const UNARY_CEIL = 47;
export const UNARY_ROUND = 48;
export const UNARY_TRUNC = 49;
export const UNARY_HARD_SHRINK = 50;
export const UNARY_SOFT_SHRINK = 51;
export const UNARY_THRESHOLDED_RELU = 52;

// The functions of two numbers, an argument of BINARY, BINARY_GRAD and BINARY_GRAD_SUM.
export const BINARY_ADD = 0;
export const BINARY_SUBTRACT = 1;
export const BINARY_MULTIPLY = 2;
export const BINARY_DIVIDE = 3;
export const BINARY_POWER = 4;
export const BINARY_MAXIMUM = 5;
export const BINARY_MINIMUM = 6;
export const BINARY_PRELU = 7;
export const BINARY_TAKE_WHERE = 8;
export const BINARY_TAKE_UNLESS = 9;
export const BINARY_GREATER = 10;
export const BINARY_GREATER_EQUAL = 11;
export const BINARY_LESS = 12;
export const BINARY_LESS_EQUAL = 13;
export const BINARY_EQUAL = 14;
export const BINARY_NOT_EQUAL = 15;
export const BINARY_AT_LEAST = 16;
export const BINARY_AT_MOST = 17;
export const BINARY_REMAINDER = 18;

// Moving numbers: from 128.
export const GATHER_STRIDED = 128;
export const ADD_STRIDED = 129;
export const SCATTER_ADD_STRIDED = 130;
export const GATHER_ROWS = 131;
export const SCATTER_ADD_ROWS = 132;
export const ADD_ROWS = 133;
export const ADD_RUNNING_SUMS = 134;
export const SCATTER_SUM = 135;

// Reductions and softmax: from 192.
export const SUM = 192;
export const EXTREME = 193;
export const EXTREME_GRAD = 194;
export const ARG_MAX = 195;
export const SOFTMAX = 196;
export const SOFTMAX_GRAD = 197;
export const PRODUCT = 198;
export const NORM = 199;
export const LOG_SUM_EXP = 200;
export const NORM_GRAD = 201;
export const LOG_SUM_EXP_GRAD = 202;
export const PRODUCT_GRAD = 203;

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
export const SMOOTH_L1 = 16;
export const BINARY_CROSSENTROPY_TORCH = 17;
export const WEIGHTED_BINARY_CROSSENTROPY = 18;
export const WEIGHTED_BINARY_CROSSENTROPY_LOGITS = 19;
export const CATEGORICAL_CROSSENTROPY_PLAIN = 20;
export const KL_DIVERGENCE_LOG = 21;
export const POISSON_LOG = 22;

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
// Of these, from 392: measurements, which add to a table.
export const MEASURE_NUMBERS = 392;
export const MEASURE_SPREAD = 393;
export const MEASURE_UPDATE = 394;
export const MEASURE_FLAT = 395;
export const MEASURE_ZERO_COLUMNS = 396;
export const COUNT_MAGNITUDES = 397;
export const COUNT_VALUES = 398;
export const MEASURE_OUTPUT = 399;
export const MEASURED_STEP = 400;
export const KEEP_ROW = 401;

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
export const COLUMN_MEANS = 512;
export const COLUMN_VARIANCES = 513;
export const ROW_MEANS = 514;
export const ROW_VARIANCES = 515;
export const NORMALIZE_COLUMNS = 516;
export const NORMALIZE_COLUMNS_GRAD = 517;
export const NORMALIZE_ROWS = 518;
export const NORMALIZE_ROWS_GRAD = 519;
export const FOLLOW_STATISTICS = 520;
/** Halves of the gradient above, for threads that share one: of `x` row by row, of scale and shift column by column. */
export const NORMALIZE_ROWS_X_GRAD = 521;
export const NORMALIZE_ROWS_SUMS = 522;

// Randomness: from 576.
export const DROPOUT_MASK = 576;
export const NORMAL_NOISE = 577;

// Fused: from 640.
