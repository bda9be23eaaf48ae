"""From cart items to files that can be opened: shared by the dock and the algorithms."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from ...core.cart.item import CartItem
from ...core.egms.importer import import_files
from ...core.egms.names import parse
from ...core.errors import Cancelled, OrderUnclear
from ...core.jobs.job import Job, State
from ...core.ports import Progress, Stop
from .clip import RASTERS, VECTORS, clip_file
from .workspace import Workspace

CLIPPED = "clipped"


def finish_jobs(
    workspace: Workspace, items: Sequence[CartItem], folder: Optional[Path], stop: Stop,
    progress: Progress, say: Callable[[str], None],
) -> List[Job]:
    """Order items and work until their files are on disk; return the finished jobs.

    If another QGIS works on the queue, wait for it to do the same. Raise the ClmsError of the
    first job that failed; a stopped job stays in the queue.
    """
    ids = [workspace.queue.add(item, folder=folder).id for item in items]
    told: Dict[int, str] = {}

    def jobs() -> List[Job]:
        return [workspace.journal.job(number) for number in ids]

    def changed(_job_id: int) -> None:
        now = jobs()
        progress(sum(_share(job) for job in now) / len(now))
        for job in now:
            if told.get(job.id) != job.state.value:
                told[job.id] = job.state.value
                say(f"{job.title}: {_state_words(job.state)}")

    workspace.queue.run(stop, changed, until_idle=True, only=ids)
    if stop():
        raise Cancelled()
    for job in jobs():
        if job.state is State.UNCLEAR:
            raise OrderUnclear()
        if job.state in (State.FAILED, State.CANCELLED) or (job.paused and job.error):
            raise workspace.queue.error(job)
    return jobs()


def finished_files(job: Job, stop: Stop) -> List[Path]:
    """Return the files of a job, cut to the outline of its area if that was wished for.

    Cut files lie in a folder beside the delivered ones and are made only once.
    """
    item = CartItem.from_json(job.item)
    files = [Path(name) for name in job.results]
    area = item.area
    if item.service != "portal" or not item.clip or area is None or area.is_box:
        return files
    return [_clipped(path, item, stop) for path in files]


def store_path(folder: Path, level: str, release: str) -> Path:
    """Return the point store of a level and release in the download folder."""
    return folder / "EGMS" / f"EGMS {level} {release}.gpkg"


def import_job(job: Job, folder: Path, progress: Progress, stop: Stop) -> List[Path]:
    """Import the files of an EGMS job into the point stores they belong to; return these."""
    item = CartItem.from_json(job.item)
    groups: Dict[Tuple[str, str], List[Path]] = {}
    for path in map(Path, job.results):
        name = parse(path.name)
        key = (name.level, name.release) if name else ("", "")
        groups.setdefault(key, []).append(path)
    stores = []
    for number, ((level, release), files) in enumerate(sorted(groups.items())):
        report = import_files(
            files, store_path(folder, level, release), area=item.area if item.clip else None,
            progress=lambda share, n=number: progress((n + share) / len(groups)), stop=stop)
        stores.append(report.store)
    return stores


def _clipped(path: Path, item: CartItem, stop: Stop) -> Path:
    if path.suffix.lower() not in RASTERS + VECTORS or item.area is None:
        return path
    target = path.parent / CLIPPED / path.name
    suffix = ".tif" if path.suffix.lower() in RASTERS else ".gpkg"
    if target.with_suffix(suffix).exists():
        return target.with_suffix(suffix)
    target.parent.mkdir(exist_ok=True)
    return clip_file(path, target, item.area, stop)


def _state_words(state: State) -> str:
    words = {
        State.WAITING: _tr("waiting"), State.SUBMITTING: _tr("being sent"),
        State.ORDERED: _tr("being prepared by the service"),
        State.DOWNLOADING: _tr("downloading"), State.READY: _tr("ready"),
        State.UNCLEAR: _tr("unclear"), State.FAILED: _tr("failed"),
        State.CANCELLED: _tr("cancelled"),
    }
    return words.get(state, state.value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Finish", text)


def _share(job: Job) -> float:
    if job.state.final:
        return 1.0
    return 0.1 + 0.85 * job.received / job.size if job.size else 0.05
