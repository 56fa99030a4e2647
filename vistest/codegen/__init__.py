"""Recording + vision -> script."""

from vistest.codegen.build import Remark, build_script
from vistest.codegen.options import BuildOptions

__all__ = ["BuildOptions", "Remark", "build_script"]
