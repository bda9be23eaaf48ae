"""Where pyproj may be used: in threads that Python has started.

From 3.7 on pyproj keeps one context per thread and loses count of it in threads that others have
started, such as Qt's pool, in which QGIS runs tasks and algorithms: the second use crashes
(https://github.com/pyproj4/pyproj/issues/1509).
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, wraps
from typing import Any, Callable, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


def in_python_thread(function: Function) -> Function:
    """Let a function run in a thread of Python's if it is called from one that is not."""

    @wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        if type(threading.current_thread()).__name__ != "_DummyThread":
            return function(*args, **named)
        return _threads().submit(function, *args, **named).result()

    return cast(Function, call)


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="clms-projection")
