"""Is this the same element? Codegen and replayer both ask here."""

from vistest.vision.matching.matcher import Matcher
from vistest.vision.matching.options import MatchingOptions
from vistest.vision.matching.query import DescribedQuery, Query, RecordedQuery

__all__ = ["DescribedQuery", "Matcher", "MatchingOptions", "Query", "RecordedQuery"]
