"""Sets files with WeasyPrint or Typst in one process: each line of the input names a file and a PDF to write, with a tab between
them; the answer is the processor time in seconds."""

import json
import sys
import time


def weasyprint(source, pdf):
    """Sets a page of HTML."""
    from weasyprint import HTML

    HTML(filename=source).write_pdf(pdf, pdf_variant="pdf/ua-1")


def typst(fonts):
    """Sets a Typst file, with the fonts in this folder."""
    import typst

    compiler = typst.Compiler(font_paths=[fonts], ignore_system_fonts=True)
    return lambda source, pdf: compiler.compile(input=source, output=pdf, format="pdf", pdf_standards=["ua-1"])


work = weasyprint if sys.argv[1] == "weasyprint" else typst(sys.argv[2])
for line in sys.stdin:
    source, pdf = line.rstrip("\n").split("\t")
    before = time.process_time()
    work(source, pdf)
    print(time.process_time() - before, flush=True)
