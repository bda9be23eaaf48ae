"""Security scan as the plugin repository runs it: bandit and detect-secrets must find nothing.

Without --zip the checkout is scanned (tests left out); with it, the built zip, in which the
findings in the bundled chart library are listed apart.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def main() -> int:
    """Scan and print; return 1 if our own code has findings."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bandit", required=True)
    parser.add_argument("--secrets", required=True)
    parser.add_argument("--zip", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if options.zip:
            zipfile.ZipFile(options.zip).extractall(root)
        else:
            archive = subprocess.run(
                ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                check=True, capture_output=True).stdout
            for name in filter(None, archive.decode().split("\0")):
                if not name.startswith("test/") and Path(name).is_file():
                    target = root / "clms_explorer" / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(Path(name).read_bytes())
        return scan(root, options.bandit, options.secrets)


def scan(root: Path, bandit: str, secrets: str) -> int:
    """Run both scanners over a folder."""
    result = subprocess.run(
        [bandit, "-q", "-r", str(root), "-f", "json"], capture_output=True, check=False)
    findings = json.loads(result.stdout)["results"]
    ours = [finding for finding in findings if "/libs/" not in finding["filename"]]
    theirs = len(findings) - len(ours)
    for finding in ours:
        place = finding["filename"].split("clms_explorer/", 1)[-1]
        print(f"{place}:{finding['line_number']}: {finding['test_id']} {finding['issue_text']}")
    if theirs:
        high = sum(finding["issue_severity"] == "HIGH" for finding in findings)
        print(f"bundled chart library: {theirs} findings, {high} high (not our code)")
    files = [str(path) for path in root.rglob("*") if path.is_file() and "/libs/" not in str(path)]
    leaks = subprocess.run([secrets, *files], capture_output=True, text=True, check=False)
    if leaks.returncode:
        print(leaks.stdout)
    if not ours and not leaks.returncode:
        print("security scan: nothing found in our code")
    return int(bool(ours) or bool(leaks.returncode))


if __name__ == "__main__":
    sys.exit(main())
