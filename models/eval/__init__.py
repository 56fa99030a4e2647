"""How good a detector is: metrics, truth, engines to compare, tables and failure sheets."""
