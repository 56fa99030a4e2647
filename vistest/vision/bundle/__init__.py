"""Format 4, the model bundle: a graph, concentrated weights, masks (docs/model-bundle.md)."""

from vistest.vision.bundle.compress import compress
from vistest.vision.bundle.files import load_bundle, save_bundle
from vistest.vision.bundle.model import ModelBundle

__all__ = ["ModelBundle", "compress", "load_bundle", "save_bundle"]
