"""Finds every blank with PDFium, and fills in every field.

    forms.py FOLDER

FOLDER has standard and fillable student packets. Every blank of a standard packet must have content on its page, because PDFium skips
it otherwise, and every blank must be a field of the form. Each form is filled in by pypdf and by MuPDF, saved, and opened again; what
was typed must be drawn upright and inside its field by PDFium, poppler, and MuPDF.
"""

import ctypes
import pathlib
import re
import subprocess
import sys
import tempfile

import pymupdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

# How far a letter may reach out of its field, in points.
SLACK = 3


def string(get, element):
    buffer = ctypes.create_string_buffer(2000)
    length = get(element, buffer, len(buffer))
    return buffer.raw[: max(0, length - 2)].decode("utf-16le")


def blanks(path):
    """The blanks that PDFium finds: page, alternative text, and whether there's anything on the page."""
    found = []
    document = pypdfium2.PdfDocument(path)

    def walk(element, page):
        if string(pdfium.FPDF_StructElement_GetType, element) == "Form":
            has_content = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element) > 0
            found.append((page, string(pdfium.FPDF_StructElement_GetAltText, element), has_content))
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                walk(child, page)

    for number in range(len(document)):
        page = document[number]
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                walk(child, number + 1)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def widgets(path):
    """The widgets of each page, as MuPDF finds them."""
    return [(page, list(page.widgets())) for page in pymupdf.open(path)]


def answers(path):
    """Something to type in each field."""
    values = {}
    short = {field.field_name for _, fields in widgets(path) for field in fields if field.text_maxlen}
    for index, (name, field) in enumerate(pypdf.PdfReader(path).get_fields().items()):
        kind = field.get("/FT")
        if kind == "/Tx":
            values[name] = str(index % 90 + 10) if name in short else f"a{index}"
        elif kind == "/Ch":
            values[name] = str(field["/Opt"][0])
        else:
            values[name] = next(state for state in field["/_States_"] if state != "/Off")
    return values


def fill_with_pypdf(path, values, to):
    writer = pypdf.PdfWriter(clone_from=path)
    for page in writer.pages:
        if page.get("/Annots"):
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
    writer.write(to)


def fill_with_mupdf(path, values, to):
    document = pymupdf.open(path)
    for page in document:
        for widget in page.widgets():
            value = values[widget.field_name]
            if widget.field_type_string == "RadioButton":
                if widget.on_state() != value[1:]:
                    continue
                widget.field_value = True
            elif widget.field_type_string == "CheckBox":
                widget.field_value = True
            else:
                widget.field_value = value
            widget.update()
    document.save(to)


def drawn_by_poppler(path, page):
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-bbox", path, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', text)
    return [(float(a), float(b), float(c), float(d), word) for a, b, c, d, word in words]


def drawn_by_mupdf(page):
    words = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            if tuple(round(side) for side in line["dir"]) == (1, 0):
                words += [(*span["bbox"], span["text"]) for span in line["spans"]]
    return words


def drawn_by_pdfium(document, number):
    page = document[number]
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    # The page that is open doesn't change.
    page = document[number]
    text, height = page.get_textpage(), page.get_height()
    return lambda rect: text.get_text_bounded(
        left=rect.x0 - SLACK, bottom=height - rect.y1 - SLACK, right=rect.x1 + SLACK, top=height - rect.y0 + SLACK
    )


def within(words, rect):
    return "".join(
        word
        for left, top, right, bottom, word in words
        if left >= rect.x0 - SLACK and right <= rect.x1 + SLACK and top >= rect.y0 - 2 * SLACK and bottom <= rect.y1 + 2 * SLACK
    )


def missing(path, values):
    """What a filled-in form doesn't show where it was typed."""
    lost = []
    kept = pypdf.PdfReader(path).get_fields()
    lost += [f"{name} wasn't saved" for name, value in values.items() if str(kept[name].get("/V")) != value]
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    for page, fields in widgets(path):
        if not fields:
            continue
        poppler = drawn_by_poppler(path, page.number + 1)
        mupdf = drawn_by_mupdf(page)
        in_pdfium = drawn_by_pdfium(document, page.number)
        for field in fields:
            if field.field_type_string not in ("Text", "ComboBox"):
                continue
            # A comb puts each letter apart.
            value = values[field.field_name]
            shown = {"poppler": within(poppler, field.rect), "MuPDF": within(mupdf, field.rect), "PDFium": in_pdfium(field.rect)}
            for program, text in shown.items():
                if value not in re.sub(r"\s", "", text):
                    lost.append(f"page {page.number + 1}: {program} draws {text!r} for {value!r} in {field.field_name}")
    return lost


def main():
    folder = pathlib.Path(sys.argv[1])
    faults, count, typed = [], 0, 0
    for form in sorted(folder.rglob("*-fillable*.pdf")):
        name = form.name
        paper = form.with_name(name.replace("-fillable", ""))
        fields = sum(len(fields) for _, fields in widgets(form))
        if "large-print" not in name:
            found = blanks(paper)
            count += len(found)
            faults += [f"{paper.name}: page {page}: PDFium finds nothing at {said!r}" for page, said, there in found if not there]
            if len(found) != fields:
                faults.append(f"{name}: {fields} fields for {len(found)} blanks")
        values = answers(form)
        typed += len(values)
        for fill in (fill_with_pypdf, fill_with_mupdf):
            with tempfile.TemporaryDirectory() as scratch:
                filled = f"{scratch}/filled.pdf"
                fill(form, values, filled)
                faults += [f"{name}, {fill.__name__}: {fault}" for fault in missing(filled, values)]
    for fault in faults:
        print(fault)
    print(f"{count} blanks found by PDFium, {typed} fields filled in twice and drawn by three programs, {len(faults)} faults")
    sys.exit(1 if faults or count == 0 or typed == 0 else 0)


if __name__ == "__main__":
    main()
