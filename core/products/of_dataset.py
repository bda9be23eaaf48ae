"""Which legend a dataset of the catalogue has, told by the names of its files."""

from __future__ import annotations

import re
from typing import Iterator

from ..clms.models import Dataset
from ..clms.values import items, text
from .recognise import Product, recognise


def product_of(dataset: Dataset) -> Product | None:
    """Return the product that the files of a dataset will be recognised as, None if unknown."""
    if dataset.is_egms:
        return recognise("EGMS_L3_E45N17_100km_U_2020_2024_1")
    products = (recognise(name) for name in _file_names(dataset))
    return next(filter(None, products), None)


def _file_names(dataset: Dataset) -> Iterator[str]:
    raw = dataset.raw if isinstance(dataset.raw, dict) else {}
    for row in items(raw.get("downloadable_files")):
        yield text(row.get("file"))
    for row in items(raw.get("dataset_download_information")):
        yield from reversed(re.split(r"[\\/]", text(row.get("full_path"))))
