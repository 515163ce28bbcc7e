"""Where definitions live, and the way back from a definition's text to the user's file."""

from stepvet.sources.definition import Definition
from stepvet.sources.files import LoadOptions, from_text, load
from stepvet.sources.notice import Notice

__all__ = ["Definition", "LoadOptions", "Notice", "from_text", "load"]
