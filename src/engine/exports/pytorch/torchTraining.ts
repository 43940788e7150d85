// The part of a script that reads weights and data, trains, and keeps what was trained: in one process, or in as many as torchrun starts.

import { dataNames } from "../dataNames.ts";
import type { ModelDescription } from "../description.ts";
import type { TorchOptimizer } from "./torchOptimizers.ts";

const files = `WEIGHTS = Path(__file__).with_suffix(".weights.safetensors")


def read_safetensors(path):
    """The float32 tensors of a file by name."""
    data = bytearray(Path(path).read_bytes())
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} must be float32, not {entry['dtype']}")
        flat = torch.frombuffer(data, dtype=torch.float32, count=(end - start) // 4, offset=8 + length + start) if end > start else torch.zeros(0)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors


def write_safetensors(tensors, path):
    header, parts, end = {}, [], 0
    for name, tensor in tensors.items():
        part = tensor.detach().cpu().contiguous().to(torch.float32).numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + len(part)]}
        end += len(part)
        parts.append(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    beside = Path(f"{path}.part")
    beside.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))
    os.replace(beside, path)


def load_model(path=WEIGHTS):
    """The network with its weights, ready to predict."""
    model = Model()
    model.load_state_dict(read_safetensors(path))
    return model.eval()`;

/** What stands at the end of a script. */
export function trainingText(
  model: ModelDescription,
  optimizer: TorchOptimizer | null,
  torchrun: boolean,
): readonly string[] {
  if (optimizer === null) return [files, `if __name__ == "__main__":\n    print(load_model())`];
  const hasConstraints = model.layers.some(
    (layer) => layer.isTrainable && layer.weights.some(({ constraint }) => constraint !== null),
  );
  const step = [
    "optimizer.zero_grad()",
    "value = loss(model, [x[rows].to(device) for x in inputs], [y[rows].to(device) for y in targets])",
    "value.backward()",
    ...optimizer.beforeStep,
    "optimizer.step()",
    ...(hasConstraints ? [`restrain(${torchrun ? "model.module" : "model"})`] : []),
  ];
  return [
    files,
    `def make_optimizer(model):
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return ${optimizer.make}, parameters`,
    torchrun ? distributed(step) : single(step),
    main(model, torchrun),
  ];
}

const indented = (lines: readonly string[], depth: number) =>
  lines.map((line) => `${"    ".repeat(depth)}${line}`).join("\n");

function single(step: readonly string[]): string {
  return `def train(model, inputs, targets, epochs=1, batch_size=32, seed=1, shuffle=True):
    """Trains on lists of tensors, one row for each example; gives the mean loss of each epoch."""
    device = next(model.parameters()).device
    optimizer, parameters = make_optimizer(model)
    generator = torch.Generator().manual_seed(seed)
    history = []
    for epoch in range(epochs):
        model.train()
        count, total = inputs[0].shape[0], 0.0
        order = torch.randperm(count, generator=generator) if shuffle else torch.arange(count)
        for rows in order.split(batch_size):
${indented(step, 3)}
            total += value.item() * len(rows)
        history.append(total / count)
        print(f"epoch {epoch + 1} of {epochs}: loss {history[-1]:.6f}")
    model.eval()
    return history`;
}

function distributed(step: readonly string[]): string {
  return `def train(model, inputs, targets, epochs=1, batch_size=32, seed=1, shuffle=True):
    """Trains on lists of tensors, one row for each example; gives the mean loss of each epoch.

    torchrun starts this file in several processes: each takes its part of every batch, and their gradients are averaged.
    \`batch_size\` is that of all of them together. A batch is left out where it is too small to give every process as much."""
    from torch import distributed
    from torch.nn.parallel import DistributedDataParallel

    on_gpu = torch.cuda.is_available()
    distributed.init_process_group("nccl" if on_gpu else "gloo")
    rank, world = distributed.get_rank(), distributed.get_world_size()
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if on_gpu else torch.device("cpu")
    core = model.to(device)
    model = DistributedDataParallel(core, device_ids=[device.index] if on_gpu else None)
    optimizer, parameters = make_optimizer(model)
    generator = torch.Generator().manual_seed(seed)
    history = []
    for epoch in range(epochs):
        model.train()
        count = inputs[0].shape[0]
        total = torch.zeros(2, device=device)
        order = torch.randperm(count, generator=generator) if shuffle else torch.arange(count)
        for batch in order.split(batch_size):
            share = len(batch) // world
            if share == 0:
                continue
            rows = batch[rank * share : (rank + 1) * share]
${indented(step, 3)}
            total += torch.tensor([value.item() * share, share], device=device)
        distributed.all_reduce(total)
        history.append((total[0] / total[1].clamp(min=1)).item())
        if rank == 0:
            print(f"epoch {epoch + 1} of {epochs}: loss {history[-1]:.6f}")
    core.eval()
    distributed.destroy_process_group()
    return history`;
}

function main(model: ModelDescription, torchrun: boolean): string {
  const names = (which: "inputs" | "outputs") =>
    `[data[name] for name in (${dataNames(model, which)
      .map((name) => `${JSON.stringify(name)},`)
      .join(" ")})]`;
  const keep = torchrun
    ? `if os.environ.get("RANK", "0") == "0":\n        write_safetensors(model.state_dict(), WEIGHTS)`
    : "write_safetensors(model.state_dict(), WEIGHTS)";
  return `def main():
    parser = argparse.ArgumentParser(description="Trains the network on and keeps its weights.")
    parser.add_argument("data", help="a safetensors file with inputs and targets")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in-order", action="store_true", help="do not shuffle the examples")
    given = parser.parse_args()
    data = read_safetensors(given.data)
    model = load_model()${torchrun ? "" : '.to("cuda" if torch.cuda.is_available() else "cpu")'}
    train(
        model,
        ${names("inputs")},
        ${names("outputs")},
        epochs=given.epochs,
        batch_size=given.batch_size,
        seed=given.seed,
        shuffle=not given.in_order,
    )
    ${keep}


if __name__ == "__main__":
    main()`;
}
