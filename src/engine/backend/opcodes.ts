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

// Optimizers: from 320.

// Statistics: from 384.

// Convolution and pooling: from 448.

// Normalization: from 512.

// Randomness: from 576.

// Fused: from 640.
