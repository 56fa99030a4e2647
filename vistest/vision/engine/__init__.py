"""The block-sparse inference engine: the graph that it runs, and how it is run."""
