// Which page of the reference tells of what. Every value that "nnbook" exports has its place here, or the reference is not written.

export interface ReferencePage {
  /** The file's name without its ending. */
  readonly name: string;
  readonly title: string;
  /** What a reader finds there, in a sentence. */
  readonly about: string;
  /** Exported objects whose members are told of one by one: `layers.dense`. */
  readonly families?: readonly string[];
  /** Exported functions and values. */
  readonly values?: readonly string[];
  /** Exported classes and interfaces, with their members. */
  readonly types?: readonly string[];
  /** Interfaces of options that many have in common: told once, at the end. */
  readonly sharedOptions?: readonly string[];
}

export const referencePages: readonly ReferencePage[] = [
  {
    name: "models",
    title: "Models",
    about: "Layers put together: built, compiled, trained, asked, saved.",
    values: ["sequential", "model", "input", "load"],
    types: [
      "Model",
      "ModelSummary",
      "SymbolicTensor",
      "CompileOptions",
      "FitOptions",
      "Run",
      "ExportedScript",
      "ExportedOnnx",
      "SerializedModel",
    ],
  },
  {
    name: "layers",
    title: "Layers",
    about: "What networks are built of, family by family, with shapes and first weights.",
    families: ["layers"],
    types: ["Layer", "Lstm", "MultiHeadAttention"],
    sharedOptions: ["LayerOptions"],
  },
  {
    name: "activations",
    title: "Activation functions",
    about: "What stands between two layers: formula, slope, typical use.",
    families: ["activations"],
    values: ["activationInfo", "activationNames"],
  },
  {
    name: "losses",
    title: "Losses",
    about: "How wrong an output is, as one number, and which output layer goes with it.",
    families: ["losses"],
    values: ["lossNames"],
    types: ["Loss"],
  },
  {
    name: "metrics",
    title: "Metrics",
    about: "What a reader wants to know of a model, and what nothing is trained by.",
    families: ["metrics"],
    values: ["confusionMatrix", "classificationReport", "rocCurve"],
  },
  {
    name: "optimizers",
    title: "Optimizers",
    about: "From gradients to steps: update rules, their memory, their defaults.",
    families: ["optimizers"],
    values: ["optimizerNames"],
    types: ["Optimizer"],
    sharedOptions: ["OptimizerOptions"],
  },
  {
    name: "schedules",
    title: "Learning-rate schedules",
    about: "Learning rates that change during a training.",
    families: ["schedules"],
  },
  {
    name: "initializers",
    title: "Initializers, penalties, limits",
    about: "How weights begin, what large ones cost, and how far they may go.",
    families: ["initializers", "regularizers", "constraints"],
  },
  {
    name: "callbacks",
    title: "Callbacks",
    about: "What happens on the way of a training: stop early, keep the best, change the rate.",
    families: ["callbacks"],
    types: ["Callback", "Checkpoint"],
  },
  {
    name: "data",
    title: "Data",
    about: "Real data sets with source and licence, made ones with a seed, and how to prepare them.",
    families: ["datasets"],
    types: ["Dataset", "SplitDataset", "DatasetDescription"],
  },
  {
    name: "tensors",
    title: "Tensors",
    about: "Arrays of numbers that know how they were computed.",
    values: ["tensor", "parameter", "zeros", "ones", "full", "oneHot", "concat", "stack", "where", "matmul", "Random"],
    types: ["Tensor", "Parameter"],
  },
  {
    name: "autodiff",
    title: "Automatic differentiation",
    about: "Gradients of functions, first and second, and how to do without.",
    values: ["grad", "valueAndGrad", "hessian", "hessianVectorProduct", "noGrad"],
  },
  {
    name: "experiments",
    title: "Races and diagnoses",
    about: "Fair comparisons over seeds, and what keeps a net from learning.",
    values: ["compare", "newestRace", "diagnose"],
    types: ["Race", "RaceVariant", "Standing", "Diagnosis", "Finding"],
  },
  {
    name: "pictures",
    title: "Pictures",
    about: "What a cell can show: gradients, activations, networks, surfaces, data.",
    families: ["show"],
    values: ["display"],
  },
  {
    name: "controls",
    title: "Controls and exercises",
    about: "Sliders and choices for what-if questions; answers that are checked.",
    families: ["input"],
    values: ["check", "seal", "sealed"],
    types: ["CheckResult"],
  },
  {
    name: "machine",
    title: "Backends, threads, errors",
    about: "What computes, on how many threads, and what is thrown.",
    values: ["useBackend", "backendName", "useThreads"],
    types: ["ShapeError", "ValueError", "UnknownNameError", "DomainError", "MemoryFullError"],
  },
];
