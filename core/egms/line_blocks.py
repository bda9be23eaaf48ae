"""Read a CSV stream as blocks of whole lines."""

from __future__ import annotations

import re
from io import RawIOBase

from .text_block import BadRow, TextBlock

BLOCK_BYTES = 1024 * 1024
"""Text of one block: the arrays made from it stay near the processor, and threads seldom wait."""

_LAST_SEARCHED = 16 * 1024


class LineBlocks:
    """Fills text blocks from a binary stream, one after the other.

    read: bytes taken from the stream so far.
    """

    def __init__(self, stream: RawIOBase) -> None:
        self._stream = stream
        self._kept = b""
        self._at_end = False
        self.read = 0

    def header(self) -> str:
        """Take the first line from the stream.

        Raise BadRow if there is none within a block, or it is no UTF-8 text.
        """
        head = self._read_some(b"")
        while b"\n" not in head and not self._at_end and len(head) < BLOCK_BYTES:
            head = self._read_some(head)
        line, found, self._kept = head.partition(b"\n")
        if not found:
            raise BadRow(0, "header", "no line end")
        try:
            return line.decode("utf-8-sig").rstrip("\r")
        except UnicodeDecodeError as err:
            raise BadRow(0, "header", "no text") from err

    def fill(self, block: TextBlock, decimals: int = 1) -> bool:
        """Put the next lines into a block; return False at the end of the stream.

        decimals: of the displacements. A last line without line end was cut off (BadRow) unless
        its last number has all of them.
        """
        block.put(self._kept)
        while not self._at_end and block.size < block.capacity:
            count = self._stream.readinto(block.room) or 0
            self._at_end = not count
            self.read += count
            block.size += count
        text = block.text
        searched = text[-_LAST_SEARCHED:].tobytes()
        if b"\n" not in searched:
            searched = text.tobytes()
        unfinished = searched[searched.rfind(b"\n") + 1:]
        self._kept = b"" if self._at_end else unfinished
        if self._at_end and unfinished:
            self._finish(block, unfinished, decimals)
        else:
            block.size -= len(unfinished)
        if not block.size and not self._at_end:
            raise BadRow(0, "row", "a line is too long")
        return block.size > 0

    def _finish(self, block: TextBlock, line: bytes, decimals: int) -> None:
        """End the file's last line, if it was not cut off."""
        text = block.text.tobytes()
        if not re.search(rb",-?\d+\.\d{%d}$" % decimals, line):
            raise BadRow(text.count(b"\n"), "row", "the file ends within a line")
        block.put(text + b"\n")

    def _read_some(self, head: bytes) -> bytes:
        more = self._stream.read(_LAST_SEARCHED) or b""
        self._at_end = not more
        self.read += len(more)
        return head + more
