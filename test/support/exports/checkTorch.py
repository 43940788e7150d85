"""Runs exported scripts: for each folder given, predictions, loss and gradients of the model in it on the data in it."""

import importlib.util
import sys
from pathlib import Path

import torch

torch.set_num_threads(1)
for folder in map(Path, sys.argv[1:]):
    spec = importlib.util.spec_from_file_location("exported", folder / "model.py")
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    data = exported.read_safetensors(folder / "data.safetensors")
    inputs = [data[name] for name in sorted(data) if name.startswith("x")]
    targets = [data[name] for name in sorted(data) if name.startswith("y")]
    model = exported.load_model()
    results = {}
    with torch.no_grad():
        given = model(*inputs)
    given = list(given.values()) if isinstance(given, dict) else given if isinstance(given, (list, tuple)) else [given]
    for index, prediction in enumerate(given):
        results[f"prediction{index}"] = prediction
    if targets:
        model.train()
        value = exported.loss(model, inputs, targets)
        value.backward()
        results["loss"] = value.reshape(1)
        for name, parameter in model.named_parameters():
            if parameter.grad is not None:
                results[f"gradient:{name}"] = parameter.grad
        if (folder / "steps").exists():
            model = exported.load_model()
            count = int((folder / "steps").read_text())
            exported.train(model, inputs, targets, epochs=count, batch_size=inputs[0].shape[0], shuffle=False)
            for name, tensor in model.state_dict().items():
                results[f"trained:{name}"] = tensor
    exported.write_safetensors(results, folder / "results.safetensors")
