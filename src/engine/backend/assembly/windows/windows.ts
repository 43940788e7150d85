// Convolution and pooling by number.

import {
  CONV2D,
  CONV2D_INPUT_GRAD,
  CONV2D_KERNEL_GRAD,
  DEPTHWISE_CONV2D,
  DEPTHWISE_CONV2D_INPUT_GRAD,
  DEPTHWISE_CONV2D_KERNEL_GRAD,
  POOL2D,
  POOL2D_GRAD,
} from "../../opcodes";
import { conv2d, conv2dInputGrad, conv2dKernelGrad } from "./convolution";
import { depthwiseConv2d, depthwiseConv2dInputGrad, depthwiseConv2dKernelGrad } from "./depthwise";
import { pool2d, pool2dGrad } from "./pooling";

export function runWindowRoutine(opcode: i32, record: usize): void {
  switch (opcode) {
    case CONV2D:
      conv2d(record);
      break;
    case CONV2D_INPUT_GRAD:
      conv2dInputGrad(record);
      break;
    case CONV2D_KERNEL_GRAD:
      conv2dKernelGrad(record);
      break;
    case DEPTHWISE_CONV2D:
      depthwiseConv2d(record);
      break;
    case DEPTHWISE_CONV2D_INPUT_GRAD:
      depthwiseConv2dInputGrad(record);
      break;
    case DEPTHWISE_CONV2D_KERNEL_GRAD:
      depthwiseConv2dKernelGrad(record);
      break;
    case POOL2D:
      pool2d(record);
      break;
    case POOL2D_GRAD:
      pool2dGrad(record);
      break;
    default:
      abort();
  }
}
