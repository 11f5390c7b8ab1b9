"""Reads the project's Swift files for the check scripts."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATED = (".pb.swift", ".grpc.swift")
PLAIN = re.compile(r'[^"/#()]+')
PLAIN_IN_STRING = re.compile(r'[^"\\\n]+')
OPENING = re.compile(r'(#*)("""|")')


def swift_files(*folders):
    """Every hand-written Swift file below the folders, sorted."""
    found = []
    for folder in folders:
        path = ROOT / folder
        found += [path] if path.is_file() else sorted(path.rglob("*.swift"))
    return [path for path in found if not path.name.endswith(GENERATED)]


def shown(path, line=None):
    """A path as compilers print it, below the project's root."""
    try:
        path = Path(path).relative_to(ROOT)
    except ValueError:
        pass
    return f"{path}:{line}" if line else str(path)


class _Blanking:
    """Replaces comments and the contents of strings by blanks; line breaks stay."""

    def __init__(self, text):
        self.text, self.place, self.out = text, 0, []

    def run(self):
        while self.place < len(self.text):
            self.step()
        return "".join(self.out)

    def keep(self, count=1):
        self.out.append(self.text[self.place:self.place + count])
        self.place += count

    def blank(self, count=1):
        piece = self.text[self.place:self.place + count]
        self.out.append(re.sub(r"[^\n]", " ", piece))
        self.place += count

    def step(self):
        text, place = self.text, self.place
        if plain := PLAIN.match(text, place):
            self.keep(plain.end() - place)
        elif text.startswith("//", place):
            end = text.find("\n", place)
            self.blank((len(text) if end < 0 else end) - place)
        elif text.startswith("/*", place):
            end = text.find("*/", place)
            self.blank((len(text) if end < 0 else end + 2) - place)
        elif opening := OPENING.match(text, place):
            self.string(opening.group(1), opening.group(2))
        else:
            self.keep()

    def string(self, hashes, quote):
        self.keep(len(hashes) + len(quote))
        closing, escape = quote + hashes, "\\" + hashes
        while self.place < len(self.text):
            if self.text.startswith(closing, self.place):
                return self.keep(len(closing))
            if quote == '"' and self.text[self.place] == "\n":
                return None
            if self.text.startswith(escape + "(", self.place):
                self.blank(len(escape))
                self.interpolation()
            elif self.text.startswith(escape, self.place):
                self.blank(len(escape) + 1)
            elif plain := PLAIN_IN_STRING.match(self.text, self.place):
                self.blank(plain.end() - self.place)
            else:
                self.blank()
        return None

    def interpolation(self):
        depth = 0
        while self.place < len(self.text):
            character = self.text[self.place]
            depth += {"(": 1, ")": -1}.get(character, 0)
            self.step()
            if depth == 0:
                return


def blanked(text):
    """The text without comments and without what stands in strings; every line keeps its number."""
    return _Blanking(text).run()


def lines_in_strings(code):
    """Numbers of the lines of blanked code that begin inside a multi-line string."""
    inside, numbers = False, set()
    for number, line in enumerate(code.split("\n"), 1):
        if inside:
            numbers.add(number)
        if line.count('"""') % 2:
            inside = not inside
    return numbers


def matching_brace(code, start):
    """The place of the brace that closes the first one at or behind start; None without one."""
    depth = 0
    for place in range(start, len(code)):
        if code[place] == "{":
            depth += 1
        elif code[place] == "}":
            depth -= 1
            if depth == 0:
                return place
            if depth < 0:
                return None
    return None


def line_of(text, place):
    return text.count("\n", 0, place) + 1
