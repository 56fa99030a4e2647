"""Results as a page for people, and as JUnit XML and JSON for machines."""

from vistest.report.junit import write_junit
from vistest.report.page import write_html
from vistest.report.summary import summary

__all__ = ["summary", "write_html", "write_junit"]
