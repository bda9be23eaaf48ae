"""Look for what Qt 6 lacks: unscoped enums, exec_(), removed calls, direct PyQt imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Iterator

import qgis.core
import qgis.gui
from qgis.PyQt import QtCore, QtGui, QtNetwork, QtWidgets

REMOVED = {"exec_", "QRegExp", "QDesktopWidget", "QTextCodec", "globalPos", "MidButton"}


def problems(path: Path) -> Iterator[str]:
    """Yield the findings of one file, as text with line numbers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PyQt"):
            yield f"{path}:{node.lineno}: import Qt through qgis.PyQt"
        if isinstance(node, ast.Import) and any(a.name.startswith("PyQt") for a in node.names):
            yield f"{path}:{node.lineno}: import Qt through qgis.PyQt"
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in REMOVED:
            yield f"{path}:{node.lineno}: {node.attr} is gone in Qt 6"
        if isinstance(node.value, ast.Name) and is_unscoped_enum(node.value.id, node.attr):
            yield f"{path}:{node.lineno}: write the enum class before .{node.attr}"


def is_unscoped_enum(owner: str, name: str) -> bool:
    """Return whether Owner.name is a member of an enum, reached without the enum's class."""
    for module in (QtCore, QtGui, QtWidgets, QtNetwork, qgis.core, qgis.gui):
        if hasattr(module, owner):
            value = getattr(getattr(module, owner), name, None)
            return isinstance(value, int) and type(value) not in (int, bool)
    return False


def main() -> int:
    """Check every Python file that git knows outside test/; return 1 if anything is found."""
    names = subprocess.run(
        ["git", "ls-files", "*.py"], check=True, capture_output=True, text=True).stdout.split()
    found = [
        problem for name in names if not name.startswith("test/")
        for problem in problems(Path(name))]
    print("\n".join(found) or "Qt 6: nothing found")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
