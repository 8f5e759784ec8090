"""What fuzz/run and fuzz/coverage share: the table of targets, where their files are, and tables on a screen."""
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parent.parent
FUZZ = TOP / "fuzz"
MOST = 1024  # octets of an input, where the table names no other figure


class Target:
    """A row of fuzz/targets.tsv: the largest input in octets, and the sources below lib/ it is meant for."""

    def __init__(self, name, most=MOST, sources=()):
        self.name, self.most, self.sources = name, most, list(sources)
        self.corpus = FUZZ / "corpus" / name
        self.dictionary = FUZZ / "dictionaries" / (name + ".dict")

    def working(self, build):
        """Where libFuzzer keeps the inputs it finds: not checked in."""
        folder = build / "corpus" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def source_files(self):
        return sorted(path.resolve() for pattern in self.sources for path in (TOP / "lib").glob(pattern))


def targets(names=()):
    """All targets there is a source for, or those named, in the order of their names."""
    rows = {}
    for line in (FUZZ / "targets.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, most, sources = line.split("\t")
            rows[name] = Target(name, int(most), sources.split())
    known = sorted(path.stem for path in FUZZ.glob("*.cpp") if path.stem != "replay")
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise SystemExit("no such target: %s" % " ".join(unknown))
    return [rows.get(name, Target(name)) for name in (names or known)]


def build(preset, *programs):
    """Sets the preset up where it is not, builds the programs, and says where the tree is."""
    tree = TOP / "build" / preset
    log = TOP / "build" / (preset + ".log")
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as out:
        for command in (["cmake", "--preset", preset], ["ninja", "-C", str(tree), *programs]):
            if command[0] == "cmake" and (tree / "build.ninja").exists():
                continue
            if subprocess.run(command, cwd=TOP, stdout=out, stderr=subprocess.STDOUT).returncode != 0:
                raise SystemExit("%s failed, see %s" % (command[0], log))
    return tree


def print_table(head, rows):
    """Columns as wide as they must be: the first to the left, the others to the right."""
    rows = [head] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  ".join(cells), flush=True)
