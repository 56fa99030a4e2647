"""Format 3: what happened in a replay. See `replayer/RESULTS.md`."""

from vistest.results.files import ResultWriter, find_results, load_results

__all__ = ["ResultWriter", "find_results", "load_results"]
