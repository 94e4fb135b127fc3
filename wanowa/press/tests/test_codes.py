"""The QR code holds the address: read back here by a small reader of our own (ISO/IEC 18004, one block, mode byte)."""

import re

from wanowa.press import codes

ADDRESS = "https://wanowa.example.jp/v/1/"


def bare(dark):
    """Return the modules without their quiet zone."""
    quiet = codes.QUIET
    assert not any(any(row) for row in [*dark[:quiet], *dark[-quiet:]])
    assert not any(any((*row[:quiet], *row[-quiet:])) for row in dark)
    return [row[quiet:-quiet] for row in dark[quiet:-quiet]]


def finder(dark, top, left):
    ring = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    return [[cell == "1" for cell in row] for row in ring] == [
        row[left : left + 7] for row in dark[top : top + 7]
    ]


MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: (y * x) % 2 + (y * x) % 3 == 0,
    lambda y, x: ((y * x) % 2 + (y * x) % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + (y * x) % 3) % 2 == 0,
)


def read(dark):
    """Return the text of a code of version 2 or 3: unmask, walk the columns in pairs, take the bytes."""
    size = len(dark)
    masked = sum(dark[8][column] << (2 - place) for place, column in enumerate((2, 3, 4)))
    mask = MASKS[masked ^ 0b101]

    def is_function(y, x):
        corners = (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9)
        alignment = size - 9 <= y <= size - 5 and size - 9 <= x <= size - 5
        return corners or alignment or y == 6 or x == 6

    bits, rising = [], True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for y in range(size - 1, -1, -1) if rising else range(size):
            bits += [dark[y][x] ^ mask(y, x) for x in (right, right - 1) if not is_function(y, x)]
        rising = not rising
    stream = "".join("1" if bit else "0" for bit in bits)
    assert stream[:4] == "0100", "mode byte"
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * place : 20 + 8 * place], 2) for place in range(length)).decode()


def test_a_code_is_read_back_as_the_address():
    dark = bare(codes.modules(ADDRESS))
    assert len(dark) == 29  # version 3
    assert finder(dark, 0, 0)
    assert finder(dark, 0, 22)
    assert finder(dark, 22, 0)
    assert read(dark) == ADDRESS


def test_another_address_is_another_code():
    assert read(bare(codes.modules(ADDRESS.replace("1", "2")))) == ADDRESS.replace("1", "2")


def test_the_drawing_has_a_square_for_every_dark_module():
    dark = codes.modules(ADDRESS)
    squares = set(re.findall(r"M(\d+) (\d+)h1v1h-1z", codes.svg(dark)))
    assert squares == {
        (str(x), str(y)) for y, row in enumerate(dark) for x, is_dark in enumerate(row) if is_dark
    }


def test_a_long_address_is_printed_larger():
    short, long = codes.modules(ADDRESS), codes.modules(ADDRESS + "%E6%B9%A7" * 60)
    assert codes.millimetres(short) == 22
    assert codes.millimetres(long) / len(long) > 0.37
