// The engine's public API: what `import … from "nnbook"` offers. Nothing else of the engine is public.

import { useBackend } from "./backend/choose.ts";
import { refuseMoreArguments } from "./training/argumentCounts.ts";
import { answerToOtherNames } from "./training/model/otherNames.ts";

export { type ActivationInfo, activationInfo } from "./activations/activationInfo.ts";
export { activations } from "./activations/activations.ts";
export { type ActivationName, activationNames } from "./activations/catalogue.ts";
export { grad, hessian, hessianVectorProduct, noGrad, type ValueAndGrad, valueAndGrad } from "./autodiff.ts";
export { type BackendName, backendName, useBackend, useThreads } from "./backend/choose.ts";
export { MemoryFullError } from "./backend/memoryFull.ts";
export {
  type Constraint,
  type ConstraintName,
  type ConstraintOption,
  constraints,
  type LengthOptions,
  type MaxNormOptions,
  type MinMaxNormOptions,
} from "./constraints/constraints.ts";
// Data, metrics, models and their training.
export type { DataFiles } from "./datasets/bundled.ts";
export type { CsvOptions } from "./datasets/csv.ts";
export type { Dataset, FeatureScale, Task } from "./datasets/dataset.ts";
export { datasets } from "./datasets/datasets.ts";
export type { DatasetDescription } from "./datasets/description.ts";
export type { GeneratedOptions } from "./datasets/generated.ts";
export type { SplitDataset, SplitOptions } from "./datasets/split.ts";
export { DomainError, ShapeError, UnknownNameError, ValueError } from "./errors.ts";
export type { CloseUp, CloseUpRecord, CloseUpWeight } from "./experiments/closeUps.ts";
export { compare, newestRace } from "./experiments/compare.ts";
export type {
  BudgetOption,
  CompareOptions,
  ModelOption,
  RacingOptimizer,
  TuneOptions,
  VariantOptions,
} from "./experiments/compareOptions.ts";
export type { Lap, Race, RaceNote, RaceState, RaceVariant, Tuning } from "./experiments/race.ts";
export type { Estimate, Standing } from "./experiments/standings.ts";
export type { ExportedOnnx, ExportedScript, TorchOptions } from "./exports/exported.ts";
export {
  type Initializer,
  type InitializerName,
  initializers,
  type VarianceScalingOptions,
} from "./initializers/initializers.ts";
export type { Permute, RepeatVector, UpSampling, ZeroPadding, ZeroPaddingSize } from "./layers/arranging/arranging.ts";
export type {
  Attended,
  MultiHeadAttention,
  MultiHeadAttentionOptions,
  ObservedAttentionValues,
} from "./layers/attention/multiHeadAttention.ts";
export type { Dense, DenseOptions } from "./layers/basic/dense.ts";
export type { Flatten, Reshape } from "./layers/basic/reshape.ts";
export type { Activation, ActivationOptions } from "./layers/basic/simple.ts";
export type { CallContext, ObservedValues } from "./layers/callContext.ts";
export type { ConvolutionOptions } from "./layers/convolution/convolutionLayer.ts";
export type { FiltersAndWindow } from "./layers/convolution/convolutionLayers.ts";
export type {
  Conv1d,
  Conv1dOptions,
  Conv2d,
  Conv2dOptions,
  Conv2dTranspose,
  Conv2dTransposeOptions,
} from "./layers/convolution/convolutions.ts";
export type {
  DepthwiseConv2d,
  DepthwiseConv2dOptions,
  SeparableConv2d,
  SeparableConv2dOptions,
} from "./layers/convolution/depthwise.ts";
export type { WindowSize } from "./layers/convolution/windowOptions.ts";
export type { Custom, CustomOptions, CustomWeight, ForwardContext, ShapeRule } from "./layers/custom/custom.ts";
export type { Embedding, EmbeddingOptions } from "./layers/embedding/embedding.ts";
export type { InnerModel } from "./layers/innerModel.ts";
export { Layer } from "./layers/layer.ts";
export type { LayerOptions } from "./layers/layerOptions.ts";
export { layers } from "./layers/layers.ts";
export type { Concat, ConcatOptions, Dot, DotOptions } from "./layers/merging/concat.ts";
export type { ElementwiseJoin, ElementwiseMerge } from "./layers/merging/elementwise.ts";
export type { Residual, ResidualOptions } from "./layers/merging/residual.ts";
export type { Dropout, DropoutOptions, SpatialDropout } from "./layers/noise/dropout.ts";
export type { GaussianNoise, GaussianNoiseOptions } from "./layers/noise/gaussianNoise.ts";
export type { BatchNorm, BatchNormOptions } from "./layers/normalization/batchNorm.ts";
export type { LayerNorm, LayerNormOptions, RmsNorm, RmsNormOptions } from "./layers/normalization/rowNorms.ts";
export type { GlobalPooling, Pooling, Pooling1dOptions, Pooling2dOptions } from "./layers/pooling/pooling.ts";
export type { PoolSizeOption } from "./layers/pooling/poolingLayers.ts";
export type {
  Bidirectional,
  BidirectionalOptions,
  BidirectionalRun,
  BidirectionalRunOptions,
  MergeMode,
} from "./layers/recurrent/bidirectional.ts";
export type { RecurrentOptions } from "./layers/recurrent/cell.ts";
export type { Gru, GruOptions } from "./layers/recurrent/gru.ts";
export type { Lstm, LstmOptions, LstmRun } from "./layers/recurrent/lstm.ts";
export type {
  InitialState,
  ObservedGate,
  ObservedRecurrentValues,
  Recurrent,
  RecurrentRun,
  RecurrentRunOptions,
} from "./layers/recurrent/recurrent.ts";
export type { SimpleRnn, SimpleRnnOptions } from "./layers/recurrent/simpleRnn.ts";
export { type InputOptions, input, type SymbolicTensor } from "./layers/symbolicTensor.ts";
export type {
  BetaRuleOptions,
  BiasRuleOptions,
  DepthwiseRuleOptions,
  EmbeddingsRuleOptions,
  GammaRuleOptions,
  KernelRuleOptions,
  PointwiseRuleOptions,
  RecurrentRuleOptions,
} from "./layers/weightRules.ts";
export type {
  BinaryCrossentropyOptions,
  CategoricalCrossentropyOptions,
  CrossentropyOptions,
  FocalOptions,
  SparseCrossentropyOptions,
} from "./losses/crossentropies.ts";
export type { Loss } from "./losses/loss.ts";
export { type LossName, losses, lossNames } from "./losses/losses.ts";
export type { LossOption } from "./losses/lossOption.ts";
export { type MetricFunction, type MetricName, type MetricOption, metrics } from "./metrics/catalogue.ts";
export type { ThresholdOptions, TopKOptions } from "./metrics/classification.ts";
export {
  type ClassificationReport,
  type ClassScores,
  type ConfusionOptions,
  classificationReport,
  confusionMatrix,
} from "./metrics/classificationReport.ts";
export type { AverageOptions } from "./metrics/confusion.ts";
export type { ConfigurableMetric, Metric, MetricBatch, MetricOptions, MetricTotal } from "./metrics/metric.ts";
export { type RocCurve, rocCurve } from "./metrics/ranking.ts";
export type { R2Options } from "./metrics/regression.ts";
export type { OpenName } from "./names.ts";
export type { Axes, ReduceOptions } from "./ops/reduce.ts";
export type { Adam, AdamOptions, AdamW, AdamWOptions } from "./optimizers/adam.ts";
export type { Adamax, AdamaxOptions, Nadam, NadamOptions, RAdam, RAdamOptions } from "./optimizers/adamRelatives.ts";
export type {
  Adadelta,
  AdadeltaOptions,
  Adagrad,
  AdagradOptions,
  Rmsprop,
  RmspropOptions,
} from "./optimizers/adaptive.ts";
export type { Lion, LionOptions } from "./optimizers/lion.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export type { OptimizerOptions } from "./optimizers/optimizerOptions.ts";
export { type OptimizerName, type OptimizerOption, optimizerNames, optimizers } from "./optimizers/optimizers.ts";
export type { Sgd, SgdOptions } from "./optimizers/sgd.ts";
export type { UpdatePreview } from "./optimizers/updates.ts";
export { Random } from "./random.ts";
export {
  type L1L2Options,
  type Regularizer,
  type RegularizerName,
  type RegularizerOption,
  regularizers,
} from "./regularizers/regularizers.ts";
export type { CustomObjects } from "./saving/customParts.ts";
export { type LoadOptions, load } from "./saving/load.ts";
export type { SerializedModel } from "./saving/savedModel.ts";
export type {
  CosineOptions,
  CosineRestartsOptions,
  DecayOptions,
  PiecewiseOptions,
  PolynomialOptions,
  StepScheduleOptions,
} from "./schedules/decays.ts";
export type { PlateauSchedule, ReduceOnPlateauOptions } from "./schedules/plateau.ts";
export type { OneCycleOptions, WarmUpOptions } from "./schedules/rises.ts";
export type { MomentumRange, Schedule } from "./schedules/schedule.ts";
export { schedules } from "./schedules/schedules.ts";
export type { CyclicOptions, NoamOptions } from "./schedules/waves.ts";
export type { Shape } from "./shape.ts";
export {
  type BackwardOptions,
  Parameter,
  type ParameterOptions,
  parameter,
  Tensor,
  type TensorLike,
  tensor,
  type WeightLimit,
  type WeightPenalty,
} from "./tensor.ts";
export { concat, full, matmul, oneHot, ones, stack, where, zeros } from "./tensorFunctions.ts";
export type { SortOptions } from "./tensorMethods/ordering.ts";
export type { VarianceOptions } from "./tensorMethods/reductions.ts";
export type { NestedNumbers, TensorOptions } from "./tensorText.ts";
export {
  type Callback,
  type CallbackAnswer,
  callbacks,
  type EarlyStoppingOptions,
} from "./training/callbacks/callbacks.ts";
export type { Checkpoint, CheckpointOptions } from "./training/callbacks/checkpoint.ts";
export type { RunEarlyEnd } from "./training/callbacks/earlyEnd.ts";
export type { Compiled, CompileOptions } from "./training/compile.ts";
export type { DataSummary, InputSummary } from "./training/data/dataSummary.ts";
export type { ClassWeights, ExampleWeightOptions } from "./training/data/exampleWeights.ts";
export type { TargetSummary } from "./training/data/targetFacts.ts";
export type { Examples, TensorSet, TrainingData } from "./training/data/trainingData.ts";
export type { EvaluateOptions } from "./training/evaluate.ts";
export type { FitOptions } from "./training/fitPlan.ts";
export type { GraphEnds, ModelOptions } from "./training/model/graph.ts";
export type { LayerShapes } from "./training/model/layerShapes.ts";
export type { Model } from "./training/model/model.ts";
export type { SymbolsOf } from "./training/model/nestedModel.ts";
export { model, type PredictionOf, type SequentialOptions, sequential } from "./training/model/sequential.ts";
export type { ModelSummary } from "./training/model/summary.ts";
export type { ResumeOptions, Run, RunDivergence, RunHistory, RunNote, RunRecord, RunState } from "./training/run.ts";
export type { WeightSnapshot } from "./training/snapshots.ts";
export type {
  LayerTrace,
  MeasuredLevel,
  PreActivationHistogram,
  Recorded,
  TraceHistogram,
  TraceHistograms,
  TraceLevel,
  TraceMeasure,
  TraceSeries,
} from "./training/trace/trace.ts";

// The fastest backend that runs here computes, until somebody chooses another.
useBackend();
answerToOtherNames();
refuseMoreArguments();
