"""Format 3: what happened in a replay. See `replayer/RESULTS.md`."""

from vistest.results.files import ResultWriter, load_results

__all__ = ["ResultWriter", "load_results"]
