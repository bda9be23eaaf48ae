"""python3 test/sandbox --port 8770: start the sandbox for people and for other processes."""

from __future__ import annotations

import sys
from pathlib import Path

_here = Path(__file__).resolve().parent
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != _here]
sys.path.insert(0, str(_here.parent))

from sandbox.command_line import main  # noqa: E402  (only importable after the lines above)

if __name__ == "__main__":
    sys.exit(main())
