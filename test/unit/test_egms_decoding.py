"""From text to numbers: every cell must mean what Python says it means, or be refused."""

from __future__ import annotations

import math
import random
from decimal import Decimal, InvalidOperation

import numpy as np
import pytest

from clms_explorer.core.egms.attributes import AttributeDecoder
from clms_explorer.core.egms.columns import parse_header
from clms_explorer.core.egms.displacements import (
    DisplacementDecoder,
    NeedsFormat,
    SeriesFormat,
)
from clms_explorer.core.egms.text_block import BadRow, TextBlock

START = "pid,easting,northing,mean_velocity"
NOTHING = -32768


def block(text: str) -> TextBlock:
    """Return a block of these lines, after one of others: old content must not shine through."""
    made = TextBlock(max(4_000_000, len(text)))
    made.put(b"9999999999," * 1000)
    made.put(text.encode())
    return made


def header(dates: int, more: str = ""):
    titles = [f"{2000 + number // 300}{number // 25 % 12 + 1:02d}{number % 25 + 1:02d}"
              for number in range(dates)]
    return parse_header(f"{START}{more},{','.join(titles)}", "a.csv")


def displacements(rows, form=SeriesFormat()):
    """Return the steps of rows of cells."""
    known = header(len(rows[0]))
    text = block("".join(f"p{n},1,2,3,{','.join(row)}\n" for n, row in enumerate(rows)))
    text.split(known.width)
    return DisplacementDecoder(known, form).decode(text)


def numbers(cells, column="rmse"):
    """Return the values of one numeric column."""
    known = header(1, f",{column}")
    text = block("".join(f"p{n},1,2,3,{cell},0.0\n" for n, cell in enumerate(cells)))
    text.split(known.width)
    decoder = AttributeDecoder(known)
    return decoder.numbers(text)[:, decoder.names.index(column)]


# --- displacements


def test_every_tenth_below_a_metre():
    cells = [f"{value / 10:.1f}" for value in range(-9999, 10000)]
    assert displacements([cells])[0].tolist() == list(range(-9999, 10000))


def test_tenths_in_any_order_and_minus_zero():
    chosen = random.Random(4)
    truth = [[chosen.randint(-2000, 2000) for _date in range(300)] for _row in range(200)]
    rows = [["-0.0" if value == 0 and chosen.random() < 0.5 else f"{value / 10:.1f}"
             for value in row] for row in truth]
    assert displacements(rows).tolist() == truth


def test_metres_fit_until_sixteen_bits_end():
    assert displacements([["3276.7", "-3276.7", "1000.0", "0.1"]]).tolist() == [
        [32767, -32767, 10000, 1]]


@pytest.mark.parametrize("cell, wanted", [
    ("3276.8", SeriesFormat(4, 1)), ("-3276.8", SeriesFormat(4, 1)),
    ("99999.9", SeriesFormat(4, 1)), ("1.25", SeriesFormat(4, 2)),
    ("0.000001", SeriesFormat(4, 6)), ("-1e-3", SeriesFormat(4, 3)),
])
def test_other_numbers_ask_for_a_format_that_holds_them(cell, wanted):
    with pytest.raises(NeedsFormat) as caught:
        displacements([["0.5", cell]])
    assert caught.value.format == wanted
    steps = displacements([["0.5", cell, "-12.3"]], wanted)
    assert wanted.millimetres(steps).tolist() == [[0.5, float(cell), -12.3]]


@pytest.mark.parametrize("cell", ["1.0000001", "1.2999999523", "1e9", "214748364.8", "9" * 200])
def test_what_no_format_holds_is_refused(cell):
    form = SeriesFormat()
    with pytest.raises(BadRow) as caught:
        for _time in range(9):
            try:
                displacements([["0.5", "0.1"], ["0.5", cell]], form)
            except NeedsFormat as err:
                form = err.format
    assert (caught.value.reason, caught.value.line) == ("precision", 1)


@pytest.mark.parametrize("cell, steps", [
    ("", NOTHING), ("NaN", NOTHING), ("nan", NOTHING), ("NA", NOTHING), ("null", NOTHING),
    ("-9999", NOTHING), ("-9999.0", NOTHING), ("-9999.000", NOTHING), ("5", 50), ("-7", -70),
    ("1.30", 13), ("1.300000000000000", 13), ("0012.5", 125), (".5", 5), ("-.5", -5), ("3.", 30),
    ("1e1", 100), ("1.2E+1", 120), ("+1.2", 12),
])
def test_rare_but_clear_cells(cell, steps):
    rows = [["0.1", cell, "-0.2"], [cell, cell, cell], ["0.3", "0.4", cell]]
    assert displacements(rows).tolist() == [
        [1, steps, -2], [steps] * 3, [3, 4, steps]]


@pytest.mark.parametrize("cell", [
    "1.2.3", "--1.2", "1-.2", "-", ".", "-.", "a.b", "1.x", "x.1", "1:2", "inf", "-Infinity",
    "1_0.0", "12.3-", "/.1", "0x1.0", "١.٢", "1.2\x00",
])
def test_what_is_no_number_is_refused_with_its_line(cell):
    with pytest.raises(BadRow) as caught:
        displacements([["0.1", "0.2"], ["0.1", "0.2"], ["0.1", cell], ["0.1", "0.2"]])
    assert (caught.value.reason, caught.value.line) == ("row", 2)


def test_no_cell_is_misread():
    """Cells one character away from good ones: the exact value or a refusal, nothing else."""
    chosen = random.Random(7)
    outcomes = set()
    for _time in range(4000):
        cell = list(f"{chosen.randint(-9999, 9999) / 10:.1f}")
        cell[chosen.randrange(len(cell))] = chosen.choice("0123456789.-:/eE~x")
        text = "".join(cell)
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = None
        try:
            found = displacements([["1.0", text, "2.0"]])[0].tolist()
        except NeedsFormat:
            assert value.scaleb(1) % 1 or abs(value) > Decimal("3276.7"), text
            outcomes.add("other format")
        except BadRow:
            assert value is None or abs(value) > 2 * 10 ** 8, text
            outcomes.add("refused")
        else:
            assert found == [10, int(value * 10), 20], text
            outcomes.add("read")
    assert outcomes == {"other format", "refused", "read"}


def test_dates_that_are_not_in_order_in_the_file():
    known = parse_header(f"20200115,{START},20200103,20200109", "a.csv")
    text = block("3.0,p,1,2,3,1.0,2.0\n-3.0,q,1,2,3,-1.0,\n")
    text.split(known.width)
    steps = DisplacementDecoder(known, SeriesFormat()).decode(text)
    assert steps.tolist() == [[10, 20, 30], [-10, NOTHING, -30]]


def test_a_decoder_is_used_for_blocks_of_any_size():
    known = header(3)
    decoder = DisplacementDecoder(known, SeriesFormat())
    for rows in (5, 1, 700, 2, 701):
        text = block("".join(f"p,1,2,3,{n % 50}.1,-{n % 7}.2,{n % 9}.3\n" for n in range(rows)))
        text.split(known.width)
        assert decoder.decode(text).tolist() == [
            [n % 50 * 10 + 1, -(n % 7 * 10 + 2), n % 9 * 10 + 3] for n in range(rows)]


def test_millimetres_equal_the_text():
    form = SeriesFormat()
    steps = np.arange(-32768, 32768, dtype="<i2")
    values = form.millimetres(steps)
    assert math.isnan(values[0])
    assert values[1:].tolist() == [float(f"{step / 10:.1f}") for step in range(-32767, 32768)]


# --- attributes


def test_attributes_equal_python_to_the_last_bit():
    chosen = random.Random(5)
    cells = ["0", "-0.0", "0.5", "38.690708", "13.171103", "4598603.43", "1739722.18", "-8.94"]
    for _time in range(40_000):
        digits = chosen.randint(1, 13)
        decimals = chosen.randint(0, digits)
        text = f"{chosen.randrange(10 ** digits):0{digits}d}"
        text = text[:digits - decimals] + ("." + text[digits - decimals:] if decimals else "")
        cells.append(chosen.choice(("", "-")) + text)
    found = numbers(cells)
    assert [value.hex() for value in found] == [float(cell).hex() for cell in cells]


@pytest.mark.parametrize("cell", ["", "NaN", "nan", "NA", "-9999", "-9999.0", "-9999.00", "null"])
def test_attributes_without_a_value(cell):
    found = numbers(["1.5", cell, "2.5"])
    assert found[0] == 1.5 and math.isnan(found[1]) and found[2] == 2.5


@pytest.mark.parametrize("cell", [
    "1e3", "-1.5E-7", "123456789.123456789", "0.1000000000000000055511151231257827", "+4.5",
    "99999999999999999999", ".25", "7."])
def test_attributes_in_rare_forms(cell):
    assert numbers(["1.5", cell])[1].hex() == float(cell).hex()


@pytest.mark.parametrize("cell", ["x", "1.2.3", "--1", "1-2", "inf", "1_000", "-", ".", "0x10"])
def test_attributes_that_are_no_numbers(cell):
    with pytest.raises(BadRow) as caught:
        numbers(["1.5", "2.5", cell])
    assert (caught.value.reason, caught.value.line) == ("row", 2)
    assert "rmse" in caught.value.detail


def test_no_attribute_is_misread():
    chosen = random.Random(8)
    for _time in range(3000):
        cell = list(f"{chosen.randint(-10 ** 7, 10 ** 7) / 10 ** chosen.randint(0, 6)}")
        cell[chosen.randrange(len(cell))] = chosen.choice("0123456789.-:/eE")
        text = "".join(cell)
        try:
            truth = float(text)
        except ValueError:
            with pytest.raises(BadRow):
                numbers([text])
        else:
            if math.isfinite(truth):
                assert numbers([text])[0] == truth


def test_point_ids_of_equal_and_of_different_length():
    known = header(1)
    for ids in (["aB3", "zZ9", "000"], ["a", "bcd", "ef"], ["é1", "ü2", "x"]):
        text = block("".join(f"{pid},1,2,3,0.0\n" for pid in ids))
        text.split(known.width)
        assert AttributeDecoder(known).pids(text) == ids


@pytest.mark.parametrize("pid", ["", "x" * 65, "\udcff"])
def test_point_ids_that_are_none(pid):
    known = header(1)
    made = TextBlock(1000)
    made.put(b"abc,1,2,3,0.0\n" + f"{pid},1,2,3,0.0\n".encode("utf-8", "surrogateescape"))
    made.split(known.width)
    with pytest.raises(BadRow):
        AttributeDecoder(known).pids(made)


# --- lines


@pytest.mark.parametrize("text", [
    "a,1,2,3,0.5\r\nb,4,5,6,-0.5\r\n",
    '"a","1","2","3","0.5"\n"b","4","5","6","-0.5"\n',
    "a, 1, 2 ,3,0.5 \nb,4,5,6,\t-0.5\n",
    "\n\na,1,2,3,0.5\n  \nb,4,5,6,-0.5\n\n\n",
    "a,+1,2e+00,3,+0.5\nb,4,5,6,-5.0e-1\n",
])
def test_untidy_lines_are_read_as_they_are_meant(text):
    known = header(1)
    made = block(text)
    made.split(known.width)
    decoder = AttributeDecoder(known)
    assert made.rows == 2
    assert made.lines == text.count("\n")
    assert decoder.pids(made) == ["a", "b"]
    assert decoder.numbers(made).tolist() == [[1, 2, 3], [4, 5, 6]]
    assert DisplacementDecoder(known, SeriesFormat()).decode(made).tolist() == [[5], [-5]]


@pytest.mark.parametrize("line", [
    "a,1,2,3", "a,1,2,3,0.5,0.6", "a 1 2 3 0.5", "a;1;2;3;0.5", "a,1,2,3,0.5#", '"a,b",1,2,3,0.5',
    "a,1,2,3,0.5 6", "a,1,2\r,3,0.5\r,"])
def test_a_line_with_fields_missing_or_too_many_is_named(line):
    made = block(f"a,1,2,3,0.5\nb,1,2,3,0.5\n{line}\nc,1,2,3,0.5\n")
    with pytest.raises(BadRow) as caught:
        made.split(5)
        DisplacementDecoder(header(1), SeriesFormat()).decode(made)
    assert (caught.value.reason, caught.value.line) == ("row", 2)


def test_two_wrongs_do_not_make_a_right():
    """One field too few in a line and one too many in the next give the right sum."""
    made = block("a,1,2,3\nb,1,2,3,0.5,0.6\n")
    with pytest.raises(BadRow):
        made.split(5)


def test_lines_after_blank_ones_keep_their_number():
    made = block("a,1,2,3,0.5\n\n\nb,1,2,3,x.5\n")
    made.split(5)
    with pytest.raises(BadRow) as caught:
        DisplacementDecoder(header(1), SeriesFormat()).decode(made)
    assert caught.value.line == 3
