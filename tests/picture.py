#!/usr/bin/env python3
"""Draws docs/terminal.svg: what the program shows on a terminal, from real runs of it.

    tests/picture.py ORGSHAKE            write it
    tests/picture.py --check ORGSHAKE    fail if it isn't what the program shows now

The runs have a terminal of their own, the sandbox and a fixed clock, so that the same program makes the same bytes. Needs Python 3
and a system with pseudo terminals, nothing else.
"""
import fcntl
import os
import pty
import re
import struct
import sys
import tempfile
import termios
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

PICTURE = Path(__file__).resolve().parent.parent / "docs/terminal.svg"
COMMANDS = [
    "orgshake --sandbox list-handshakes-for-organization --max-items 6 --output table",
    "orgshake --sandbox accept-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State",
    "orgshake --sandbox accept-handshake --handshake-id h-exampleexpired111",
]
COLUMNS = 100
# Pixels of a character cell, of the margin around all cells, and of the font.
WIDTH, HEIGHT, MARGIN, FONT = 8, 18, 20, 13

BACKGROUND, FOREGROUND, PROMPT, LINES = "#0d1117", "#e6edf3", "#79c0ff", "#6e7681"
# By the numbers of SGR.
COLOURS = {31: "#ff7b72", 32: "#56d364", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea"}

# Lines from the middle of a cell to its up, down, left and right. Fonts differ too much in how they draw them.
CORNERS = {"─": "lr", "│": "ud", "┌": "dr", "┐": "dl", "└": "ur", "┘": "ul", "├": "udr", "┤": "udl", "┬": "dlr", "┴": "ulr",
           "┼": "udlr", "╌": "lr", "┆": "ud", "═": "lr", "╞": "udr", "╡": "udl", "╪": "udlr"}
DASHED, DOUBLE = "╌┆", "═╞╡╪"


class Style(NamedTuple):
    colour: str = FOREGROUND
    bold: bool = False


def run(program, command):
    """What a command writes to a terminal."""
    environment = {"PATH": f"{Path(program).resolve().parent}:/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8", "TERM": "xterm-256color",
                   "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true", "ORGSHAKE_SANDBOX_CLOCK": "2026-12-31T00:00:00Z"}
    with tempfile.TemporaryDirectory() as home:
        child, terminal = pty.fork()
        if child == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
            os.execvpe("sh", ["sh", "-c", command], environment | {"HOME": home})
        shown = b""
        try:
            while piece := os.read(terminal, 4096):
                shown += piece
        except OSError:
            pass  # Linux: nobody has the terminal any more.
        os.close(terminal)
        os.waitpid(child, 0)
    return shown.decode().replace("\r\n", "\n")


def cells(text, style=Style()):
    """Rows of (character, style), wrapped as a terminal does; colours and bold are all it may contain."""
    rows = [[]]
    for control, character in re.findall(r"\x1b\[([\d;]*)m|(.)", text, re.DOTALL):
        if character == "\n":
            rows.append([])
        elif character:
            assert character.isprintable(), f"a terminal would obey {character!r}, the picture doesn't"
            if len(rows[-1]) == COLUMNS:
                rows.append([])
            rows[-1].append((character, style))
        else:
            for number in map(int, (control or "0").split(";")):
                changes = {0: Style(), 1: style._replace(bold=True), 22: style._replace(bold=False),
                           39: style._replace(colour=FOREGROUND)}
                style = changes[number] if number in changes else style._replace(colour=COLOURS[number])
    return rows


def draw(rows):
    texts, paths = [], {"": [], ' stroke-dasharray="3 3"': []}
    for row, line in enumerate(rows):
        y = MARGIN + row * HEIGHT
        for column, (character, _) in enumerate(line):
            x, centre = MARGIN + column * WIDTH + WIDTH // 2, y + HEIGHT // 2
            path = paths[' stroke-dasharray="3 3"' if character in DASHED else ""]
            for end in CORNERS.get(character, ""):
                if end in "ud":
                    path.append(f"M{x} {centre}v{HEIGHT // 2 * (-1 if end == 'u' else 1)}")
                else:
                    for level in (-1, 1) if character in DOUBLE else (0,):
                        path.append(f"M{x} {centre + level}h{WIDTH // 2 * (-1 if end == 'l' else 1)}")
        for words in re.finditer(r"\S+(?: \S+)*", "".join(" " if c in CORNERS else c for c, _ in line)):
            # A text for each style within the words, in cells of the grid whatever the font.
            column = words.start()
            for style, run_of in groupby(line[words.start():words.end()], key=lambda cell: cell[1]):
                text = "".join(character for character, _ in run_of)
                weight = ' font-weight="bold"' if style.bold else ""
                texts.append(f'<text x="{MARGIN + column * WIDTH}" y="{y + 13}" textLength="{len(text) * WIDTH}" '
                             f'fill="{style.colour}"{weight}>{escape(text)}</text>')
                column += len(text)
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(rows) * HEIGHT + 2 * MARGIN
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        "<title>orgshake on a terminal</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{BACKGROUND}" stroke="{LINES}"/>',
        *(f'<path d="{"".join(path)}" stroke="{LINES}"{dashes}/>' for dashes, path in paths.items()),
        f'<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="{FONT}" xml:space="preserve">',
        *texts,
        "</g>", "</svg>", "",
    ])


def main():
    *check, program = sys.argv[1:]
    rows = []
    for command in COMMANDS:
        rows += cells(f"$ {command}", Style(PROMPT, bold=True))
        rows += cells(run(program, command).rstrip("\n")) + [[]]
    picture = draw(rows[:-1])
    if check == ["--check"]:
        if PICTURE.read_text(encoding="utf-8") != picture:
            sys.exit(f"{PICTURE.name} isn't what {program} shows now; to draw it: tests/picture.py {program}")
    else:
        PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
