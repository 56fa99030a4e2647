"""Format 2: the script, YAML that a person can read and edit. See `replayer/SCRIPT.md`."""

from vistest.script.document import ScriptDocument
from vistest.script.files import SCHEMA_FILE, load_script, save_script

__all__ = ["SCHEMA_FILE", "ScriptDocument", "load_script", "save_script"]
