"""Training of the detector: screens, views of them, the loop, checkpoints, curves."""
