"""Collect the translatable texts of the sources into i18n/*.ts; translations are kept.

Our own collector, because pylupdate gives the module-level helpers tr() and _tr() the context
of the class they are called in, under which nothing is found at run time.
Usage: translations.py FILE.ts …   With --check: fail if a file is not up to date.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Iterator, Optional

HELPERS = ("tr", "_tr")


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (context, text) of every translatable text of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module_context = next(
        (node.args[0].value for node in ast.walk(tree)
         if isinstance(node, ast.Call) and _name(node) == "translate"
         and len(node.args) > 1 and isinstance(node.args[0], ast.Constant)
         and isinstance(node.args[1], ast.Name)), None) or _imported_context(tree, path)
    yield from _walk(tree, None, module_context)


def _walk(
    node: ast.AST, class_name: Optional[str], module_context: Optional[str]
) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ClassDef):
        class_name = node.name
    if isinstance(node, ast.Call) and node.args:
        name, last = _name(node), node.args[-1]
        own = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) \
            and node.func.value.id == "self"
        if name == "tr" and own and _is_text(node.args[0]) and class_name:
            yield class_name, node.args[0].value
        elif name in HELPERS and isinstance(node.func, ast.Name) and _is_text(node.args[0]):
            if module_context is None:
                raise SystemExit(f"no context for {node.args[0].value!r}")
            yield module_context, node.args[0].value
        elif name == "translate" and len(node.args) > 1 and _is_text(last) \
                and _is_text(node.args[0]):
            yield node.args[0].value, last.value
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, class_name, module_context)


def _imported_context(tree: ast.AST, path: Path) -> Optional[str]:
    """Return the context of a tr() that is imported from a module beside this one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and any(
                alias.name in HELPERS for alias in node.names):
            folder = path.parent
            for _up in range(node.level - 1):
                folder = folder.parent
            other = folder.joinpath(*node.module.split(".")).with_suffix(".py")
            for inner in ast.walk(ast.parse(other.read_text(encoding="utf-8"))):
                if isinstance(inner, ast.Call) and _name(inner) == "translate" \
                        and isinstance(inner.args[0], ast.Constant):
                    return str(inner.args[0].value)
    return None


def _name(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def collect() -> dict[str, list[str]]:
    """Return the texts of all sources by context, in their order, each once."""
    names = subprocess.run(
        ["git", "ls-files", "ui/*.py", "plugin.py"], check=True, capture_output=True,
        text=True).stdout.split()
    found: dict[str, dict[str, None]] = {}
    for name in names:
        for context, text in texts_of(Path(name)):
            found.setdefault(context, {})[text] = None
    return {context: list(found[context]) for context in sorted(found)}


def updated(path: Path, texts: dict[str, list[str]]) -> str:
    """Return the new content of a .ts file, translations of unchanged texts kept."""
    known: dict[tuple[str, str], str] = {}
    if path.exists():
        for context in ElementTree.parse(path).getroot().iter("context"):
            name = context.findtext("name") or ""
            for message in context.iter("message"):
                known[name, message.findtext("source") or ""] = (
                    message.findtext("translation") or "")
    root = ElementTree.Element("TS", version="2.1", language=path.stem.rsplit("_", 1)[-1])
    for name, sources in texts.items():
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for source in sources:
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = source
            translation = ElementTree.SubElement(message, "translation")
            translation.text = known.get((name, source), "")
            if not translation.text:
                translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def main(arguments: list[str]) -> int:
    """Update or check the files."""
    check = "--check" in arguments
    texts = collect()
    stale = 0
    for name in (argument for argument in arguments if argument != "--check"):
        path = Path(name)
        content = updated(path, texts)
        if check and (not path.exists() or path.read_text(encoding="utf-8") != content):
            print(f"{name} is not up to date: run “make translations”")
            stale = 1
        elif not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
    print(f"{sum(map(len, texts.values()))} texts in {len(texts)} contexts")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
