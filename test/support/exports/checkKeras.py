"""Builds and loads the models of exported scripts: for each folder given, the one in it. Prints on which Keras."""

import importlib.util
import sys
from pathlib import Path

try:
    import keras
except ImportError:
    sys.path.insert(0, str(Path(__file__).parent / "kerasNames"))
    import keras

for folder in map(Path, sys.argv[1:]):
    spec = importlib.util.spec_from_file_location("exported", folder / "model.py")
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    try:
        exported.load_model()
    except Exception as error:
        raise AssertionError(f"{folder.name}: {error}") from error
print(getattr(keras, "__version__", "names alone"))
