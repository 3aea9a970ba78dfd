"""Says in one line where a YAML file is broken."""

from pathlib import Path

import yaml


def yaml_error_line(path: Path, error: yaml.YAMLError) -> str:
    """``file:line:column: problem`` of a parser's error, or the problem alone without a place."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    return f"{place}: not YAML: {problem}"
