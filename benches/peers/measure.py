#!/usr/bin/env python3
"""Compares Packetpress with other ways to a PDF: the Typst compiler with a plain template, WeasyPrint, XeLaTeX with pandoc, and genpdf.

All set the text of the same lessons: the English ones in lessons/ and 50 generated ones. Packetpress sets each twice: as the whole
student packet, with its worksheets, boxes, and codes, and as a plain reading, which is what the others set. "Warm" is the processor
time of one packet among many in one process, and "process" is that of a process for one packet; both are medians over all lessons, and
all take turns. Prints the table in README.md.

Needs Debian 12 or later, Rust, Python 3.11, and access to package registries. It installs the rest.
"""

import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "benches/peers"
FONTS = ROOT / "fonts"
SCRATCH = ROOT / "target/peers"
GENERATED = 50
# How often each lesson is set warm.
ROUNDS = 3


def run(*words, **options):
    """Runs a program quietly; what it printed is shown only if it fails."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=ROOT, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def install():
    """Installs what is missing. Returns the folder of Python's programs."""
    packages = {"pandoc": ["pandoc"], "xelatex": ["texlive-xetex", "texlive-fonts-recommended", "lmodern"]}
    apt([package for program, needed in packages.items() if not shutil.which(program) for package in needed])
    programs = SCRATCH / "python/bin"
    if not programs.exists():
        run(sys.executable, "-m", "venv", programs.parent)
    run(programs / "pip", "install", "--quiet", "weasyprint", "typst", "pypdf")
    if subprocess.run([programs / "python", "-c", "import weasyprint"], capture_output=True).returncode != 0:
        apt(["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"])
    return programs


def apt(packages):
    """Installs Debian packages."""
    if packages:
        run("apt-get", "update")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "install", "--yes", "--no-install-recommends", *packages, env=quiet)


def build():
    """Builds Packetpress and genpdf's program."""
    run("cargo", "build", "--release")
    run("cargo", "build", "--release", "--manifest-path", PEERS / "genpdf/Cargo.toml", "--target-dir", SCRATCH / "genpdf")


def texts():
    """The texts of the lessons: those in lessons/ first."""
    archive = SCRATCH / "archive"
    shutil.rmtree(archive, ignore_errors=True)
    run("cargo", "bench", "--bench", "archive", "--", "generate", archive, GENERATED)
    found = []
    for name, lessons in (("own", ROOT / "lessons"), ("generated", archive / "lessons")):
        folder = SCRATCH / "texts" / name
        shutil.rmtree(folder, ignore_errors=True)
        run("cargo", "bench", "--bench", "packets", "--", "--lessons", lessons, "--texts", folder)
        for path in sorted(folder.glob("*.json")):
            found.append(Text(lessons, path))
    return found


class Text:
    """The text of a lesson, and the files from which each program sets it."""

    def __init__(self, lessons, path):
        self.lessons = lessons
        self.json = path
        content = json.loads(path.read_text())
        self.id = content["id"]
        self.title = content["title"]
        self.paragraphs = content["paragraphs"]
        self.html = self.write(".html", self.as_html())
        self.markdown = self.write(".md", self.as_markdown())
        self.typst = self.write(".typ", self.as_typst())

    def write(self, extension, text):
        path = self.json.with_suffix(extension)
        path.write_text(text)
        return path

    def as_html(self):
        escaped = [paragraph.replace("&", "&amp;").replace("<", "&lt;") for paragraph in (self.title, *self.paragraphs)]
        faces = "".join(
            f"@font-face {{ font-family: Serif4; src: url(file://{FONTS}/SourceSerif4-{file}.ttf); font-weight: {weight} }}"
            for file, weight in (("Regular", 400), ("SemiBold", 600))
        )
        style = faces + "@page { size: letter; margin: 25mm } body { font: 11pt/1.35 Serif4; text-align: justify; hyphens: auto }"
        body = "".join(f"<p>{paragraph}</p>" for paragraph in escaped[1:])
        return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{escaped[0]}</title><style>{style}</style><h1>{escaped[0]}</h1>{body}</html>'

    def as_markdown(self):
        escaped = [re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~^@&:'\"/=])", r"\\\1", text) for text in self.paragraphs]
        fonts = f"mainfont: SourceSerif4\nmainfontoptions: [Path={FONTS}/, Extension=.ttf, UprightFont=*-Regular, BoldFont=*-SemiBold, ItalicFont=*-Italic]"
        return f"---\ntitle: {json.dumps(self.title)}\nlang: en\npapersize: letter\nfontsize: 11pt\ngeometry: margin=25mm\n{fonts}\n---\n\n" + "\n\n".join(escaped) + "\n"

    def as_typst(self):
        settings = '#set page(paper: "us-letter", margin: 25mm)\n#set text(font: "Source Serif 4", size: 11pt, lang: "en")\n#set par(justify: true)\n'
        title = json.dumps(self.title, ensure_ascii=False)
        lines = "".join(f"#{json.dumps(paragraph, ensure_ascii=False)}\n\n" for paragraph in self.paragraphs)
        return f"#set document(title: {title})\n{settings}#heading({title})\n\n{lines}"


def readings(found):
    """A series with each text as a plain reading; the folder of its lessons."""
    lessons = SCRATCH / "readings/lessons"
    shutil.rmtree(lessons, ignore_errors=True)
    (lessons / "texts").mkdir(parents=True)
    (lessons / "series.yaml").write_text("name: Texts\nlanguage: en-US\npaper: letter\n")
    (lessons / "texts/issue.yaml").write_text("lessons:\n" + "".join(f"  - {name(index)}\n" for index in range(len(found))))
    for index, text in enumerate(found):
        escaped = [re.sub(r"([\\`*_{}\[\]#+.!|<>$~^@&=-])", r"\\\1", paragraph) for paragraph in text.paragraphs]
        blocks = "".join(f"  - {json.dumps(paragraph, ensure_ascii=False)}\n" for paragraph in escaped)
        (lessons / f"texts/{name(index)}.yaml").write_text(f"title: {json.dumps(text.title, ensure_ascii=False)}\nreading:\n{blocks}")
    return lessons


def name(index):
    return f"text-{index + 1}"


def processor_seconds(*words, **options):
    """Runs a program; the processor time of it and what it started."""
    before = os.times()
    run(*words, **options)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def packetpress(text):
    """The processor time of the program that builds the student packet of a lesson."""
    lessons, lesson = text
    output = SCRATCH / "pdfs/one"
    shutil.rmtree(output, ignore_errors=True)
    options = ("--edition", "student", "--paper", "letter", "--format", "standard", "--lang", "en", "--jobs", "1")
    return processor_seconds(ROOT / "target/release/packetpress", "build", "--lessons", lessons, "--output", output, *options, lesson)


def answers(words, lines):
    """The processor times that a process reports for these lines of input."""
    return [float(line) for line in run(*words, input="".join(f"{line}\n" for line in lines)).split()]


def compare(found, python):
    """The processor times of each program by lesson: warm, and as processes."""
    by_folder = {}
    for text in found:
        by_folder.setdefault(text.lessons, []).append(text)
    plain = readings(found)
    pdfs = {peer: SCRATCH / "pdfs" / peer for peer in ("typst", "weasyprint", "xelatex", "genpdf")}
    for folder in pdfs.values():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    pdf = lambda peer, text: pdfs[peer] / f"{found.index(text) + 1}.pdf"
    workers = {
        "typst": ([python / "python", PEERS / "worker.py", "typst", FONTS], lambda text: f"{text.typst}\t{pdf('typst', text)}"),
        "weasyprint": ([python / "python", PEERS / "worker.py", "weasyprint"], lambda text: f"{text.html}\t{pdf('weasyprint', text)}"),
        "genpdf": ([SCRATCH / "genpdf/release/peer-genpdf", FONTS], lambda text: f"{text.json}\t{pdf('genpdf', text)}"),
    }
    bench = ("cargo", "bench", "--bench", "packets", "--", "--warm", "--lessons")
    reading = lambda text: f"texts/{name(found.index(text))}"
    warm = {peer: [] for peer in ("packet", "reading", *pdfs)}
    alone = {peer: [] for peer in warm}
    for turn in range(ROUNDS):
        print(f"warm, {turn + 1} of {ROUNDS}", file=sys.stderr)
        for lessons, texts in by_folder.items():
            warm["packet"] += answers([*bench, lessons], [text.id for text in texts])
        warm["reading"] += answers([*bench, plain], map(reading, found))
        for peer, (words, line) in workers.items():
            warm[peer] += answers(words, map(line, found))
    for text in found:
        print(f"processes for {text.id}", file=sys.stderr)
        alone["packet"].append(packetpress((text.lessons, text.id)))
        alone["reading"].append(packetpress((plain, reading(text))))
        alone["weasyprint"].append(processor_seconds(python / "weasyprint", "--pdf-variant", "pdf/ua-1", text.html, pdf("weasyprint", text)))
        alone["xelatex"].append(processor_seconds("pandoc", text.markdown, "--pdf-engine", "xelatex", "--output", pdf("xelatex", text)))
        for peer in ("typst", "genpdf"):
            words, line = workers[peer]
            alone[peer].append(processor_seconds(*words, input=line(text) + "\n"))
    return warm, alone, pdfs


def pages(python, folder):
    """The mean number of pages of the PDFs in a folder and its subfolders."""
    count = "import sys, pypdf; print(*(len(pypdf.PdfReader(path).pages) for path in sys.argv[1:]))"
    return statistics.mean(int(number) for number in run(python / "python", "-c", count, *sorted(folder.rglob("*.pdf"))).split())


def pages_of_ours(python, what, found):
    """The same for our packets of the lessons, which are built for this."""
    output = SCRATCH / "pdfs/ours"
    shutil.rmtree(output, ignore_errors=True)
    folders = [SCRATCH / "readings/lessons"] if what == "reading" else list(dict.fromkeys(text.lessons for text in found))
    options = ("--edition", "student", "--paper", "letter", "--format", "standard", "--lang", "en")
    for at, lessons in enumerate(folders):
        run(ROOT / "target/release/packetpress", "build", "--lessons", lessons, "--output", output / str(at), *options)
    for issue in output.rglob("*-issue-*.pdf"):
        issue.unlink()
    return pages(python, output)


def version(words, pattern=r"\d+(\.\d+)+"):
    return re.search(pattern, run(*words)).group()


def processor():
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return found.group(1) if found else platform.processor()


def main():
    SCRATCH.mkdir(parents=True, exist_ok=True)
    python = install()
    build()
    found = texts()
    warm, alone, pdfs = compare(found, python)
    installed = run(python / "pip", "list", "--format", "freeze")
    of_wheel = lambda name: re.search(rf"^{name}==(.*)$", installed, re.MULTILINE).group(1)
    names = {
        "packet": "Packetpress, the whole student packet",
        "reading": "Packetpress, the text as a reading",
        "typst": f"Typst {of_wheel('typst')}, a plain template",
        "weasyprint": f"WeasyPrint {of_wheel('weasyprint')}",
        "xelatex": f"pandoc {version(['pandoc', '--version'])} and XeLaTeX ({version(['xelatex', '--version'], r'TeX Live [0-9]+')})",
        "genpdf": "genpdf 0.2.0, untagged",
    }
    milliseconds = lambda seconds: f"{1000 * statistics.median(seconds):.0f} ms" if seconds else "—"
    print("| | pages | warm | process |\n|---|--:|--:|--:|")
    for peer, label in names.items():
        count = f"{pages(python, pdfs[peer]):.1f}" if peer in pdfs else f"{pages_of_ours(python, peer, found):.1f}"
        print(f"| {label} | {count} | {milliseconds(warm[peer])} | {milliseconds(alone[peer])} |")
    print(f"\n{len(found)} lessons; {processor()}, {os.cpu_count()} cores.")


main()
