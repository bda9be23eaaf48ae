"""PNG files from numpy arrays, legends and thumbnails (PNG specification, W3C 2003)."""

from __future__ import annotations

import struct
import zlib
from typing import Any, Sequence

import numpy as np

from .grids import grid_over
from .land_cover import Class, LandCover, classes, pattern

Array = np.ndarray[Any, Any]
# 3 × 5 dots of the digits, row by row
_GLYPHS = {
    "0": "111101101101111", "1": "010110010010111", "2": "111001111100111",
    "3": "111001111001111", "4": "101101111001001", "5": "111100111001111",
    "6": "111100111101111", "7": "111001001001001", "8": "111101111101111",
    "9": "111101111001111",
}


def png(pixels: Array) -> bytes:
    """Return an image file of an array (height, width, 4) of bytes, red to alpha."""
    height, width = pixels.shape[:2]
    lines = np.zeros((height, 1 + width * 4), np.uint8)
    lines[:, 1:] = pixels.reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head)
            + _chunk(b"IDAT", zlib.compress(lines.tobytes(), 6)) + _chunk(b"IEND", b""))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def palette(items: Sequence[Class]) -> Array:
    """Return 256 colours (red to alpha) by pixel value; unknown values are clear."""
    table = np.zeros((256, 4), np.uint8)
    for item in items:
        table[item.value] = (*item.colour, 255)
    return table


def ramp(low: tuple[int, int, int], high: tuple[int, int, int]) -> Array:
    """Return 256 colours that run from low at 0 to high at 100 and stay there."""
    share = np.clip(np.arange(256) / 100, 0, 1)[:, None]
    table = np.full((256, 4), 255, np.uint8)
    table[:, :3] = np.array(low) + share * (np.array(high) - np.array(low))
    return table


def legend(items: Sequence[Class]) -> bytes:
    """Return boxes in the colours of the classes with their codes beside them."""
    pixels = np.full((len(items) * 16 + 4, 52, 4), 255, np.uint8)
    for number, item in enumerate(items):
        top = number * 16 + 4
        pixels[top:top + 12, 4:22, :3] = 90
        pixels[top + 1:top + 11, 5:21] = (*item.colour, 255)
        for place, digit in enumerate(item.code):
            _digit(pixels, digit, top + 1, 26 + place * 8)
    return png(pixels)


def _digit(pixels: Array, digit: str, top: int, left: int) -> None:
    dots = np.array([dot == "1" for dot in _GLYPHS.get(digit, "0" * 15)]).reshape(5, 3)
    dots = dots.repeat(2, 0).repeat(2, 1)
    pixels[top:top + 10, left:left + 6][dots] = (40, 40, 40, 255)


def thumbnail(title: str, seed: int, size: int, cover: LandCover) -> bytes:
    """Return a small square picture that suits a dataset."""
    if "Ground Motion" in title:
        return png(_points(seed, size))
    box = (-25.72, 37.7, -25.52, 37.9)
    if not title.startswith("CORINE"):
        shift = seed % 997 / 50
        box = (box[0] + shift, box[1] + shift / 3, box[2] + shift, box[3] + shift / 3)
    metres = (box[2] - box[0]) / size / 1e-5
    lon, lat = grid_over(box, 4326, metres).lonlat()
    lon, lat = lon[:size, :size], lat[:size, :size]
    if title.startswith("CORINE"):
        return png(palette(classes())[cover.values(lon, lat)])
    return png(_colours(seed)[pattern(lon, lat) * 5 % 101])


def _colours(seed: int) -> Array:
    """Return a ramp from pale to a hue that belongs to the dataset."""
    hues = ((26, 100, 50), (166, 38, 42), (30, 90, 160), (130, 80, 20), (70, 60, 140))
    return ramp((243, 240, 232), hues[seed % len(hues)])


def _points(seed: int, size: int) -> Array:
    rng = np.random.default_rng(seed)
    pixels = np.full((size, size, 4), (240, 240, 236, 255), np.uint8)
    colours = np.array([(215, 48, 39), (253, 174, 97), (183, 207, 160), (183, 207, 160),
                        (116, 173, 209)], np.uint8)
    middle = rng.uniform(0.15, 0.85, (6, 2))
    where = middle[rng.integers(0, 6, size * 4)] + rng.normal(0, 0.09, (size * 4, 2))
    rows, columns = (np.clip(where, 0, 0.99) * size).astype(int).T
    which = colours[rng.integers(0, 5, size * 4)]
    for dy, dx in np.ndindex(3, 3):
        at = np.minimum(rows + dy, size - 1), np.minimum(columns + dx, size - 1)
        pixels[at[0], at[1], :3] = which
    return pixels
