"""The text index of the portal: words joined by AND, "or", "not", phrases, a final *."""

from __future__ import annotations

import re
from typing import Callable

Words = list[str]
Test = Callable[[Words], bool]


class QueryError(Exception):
    """A query that the real index cannot read; it becomes a 500."""


def words_of(text: str) -> Words:
    """Return the words of a text as the index keeps them."""
    return re.findall(r"\w+", text.lower())


def is_empty(text: str) -> bool:
    """Return whether the portal answers a bare list to this text."""
    return not re.sub(r"[()*\s]", "", text)


def matcher(text: str) -> Test:
    """Return a test for the words of one record; raise QueryError where the server fails."""
    tokens = re.findall(r'"[^"]*"|\S+', re.sub(r"[()]", " ", text))
    alternatives: list[list[Test]] = [[]]
    negated = False
    for token in tokens:
        plain = token.lower()
        if plain == "or":
            alternatives.append([])
        elif plain == "not":
            if not alternatives[-1]:
                raise QueryError("a query must have at least one positive word")
            negated = True
        elif plain != "and":
            alternatives[-1].append(_term(token, negated))
            negated = False
    if not all(alternatives):
        raise QueryError("Token 'EOF' expected")
    return lambda words: any(all(test(words) for test in tests) for tests in alternatives)


def _term(token: str, negated: bool) -> Test:
    wanted = words_of(token)
    if not wanted:
        raise QueryError(f"Query contains only common words: {token!r}")
    if token.endswith("*"):
        def found(words: Words) -> bool:
            return any(word.startswith(wanted[-1]) for word in words)
    else:
        def found(words: Words) -> bool:
            size = len(wanted)
            return any(words[i:i + size] == wanted for i in range(len(words) - size + 1))
    return (lambda words: not found(words)) if negated else found
