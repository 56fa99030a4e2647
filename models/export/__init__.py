"""From a checkpoint to the files that the product ships: ONNX in fp32 and int8, and a manifest."""
