"""The network that finds UI objects; plain convolutions only, for the sparse engine to run."""
