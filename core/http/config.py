"""How to reach services, as plain values; filled from QGIS's settings on the main thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping


@dataclass(frozen=True)
class HttpConfig:
    """What a session obeys; nothing else (environment, .netrc) has a say.

    proxies: by origin ("https://host:443"), requests-style {"http": …, "https": …}; may hold a
    password and is never shown. ca_bundle: file of trusted authorities, "" = those of requests.
    Times in seconds; first_pause: before the first repetition, doubled for each further one.
    retries: repetitions of a request that may be repeated.
    """

    proxies: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    ca_bundle: str = ""
    user_agent: str = "Mozilla/5.0 (compatible; clms_explorer)"
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    retries: int = 3
    first_pause: float = 0.5
