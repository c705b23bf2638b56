"""Makes the fonts of this folder from those of which README.md tells. Call it with the folder in which npm has put its packages."""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
LESSONS = HERE.parent / "scripts/lessons/scripts"
WORDS = HERE.parent.parent / "src/words"

# Letters of Arabic with their marks, its punctuation and digits, and what must be there to join them; and all that stands between
# its words, so that a line is of one font, which a screen reader reads in one piece.
ARABIC = [*range(0x0609, 0x060D), 0x061B, *range(0x061E, 0x0653), *range(0x0660, 0x066D), 0x0670, 0x200C, 0x200D]
ARABIC += map(ord, " !\"%&'()*+,-./0123456789:;<=>?[]\xa0«»·×÷–—‘’“”…¶")
# Punctuation of Chinese, which is as wide as its letters, and words with which sources are told.
CHINESE = map(ord, "\u3000·—‘’“”…、。〈〉《》「」『』【】！（），：；？～卷编辑译著版等第期页年月日访问不详")


def letters(files):
    """All signs of these files that are no Latin letters."""
    return {ord(sign) for file in files for sign in file.read_text("utf-8") if ord(sign) > 0x2FF}


def make(source, target, family, style, signs):
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True, hinting=False)
    options.drop_tables += ["STAT", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    whole = f"{family} {style}"
    for name, text in {1: family, 2: style, 3: whole, 4: whole, 6: whole.replace(" ", "")}.items():
        font["name"].setName(text, name, 3, 1, 0x409)
    font.save(HERE / target)


packages = Path(sys.argv[1]) / "@expo-google-fonts"
arabic = letters([LESSONS / "arabic.yaml", LESSONS / "arabic.teacher.yaml", WORDS / "ar.json"]).union(ARABIC)
chinese = letters([LESSONS / "chinese.yaml", LESSONS / "chinese.teacher.yaml", WORDS / "zh.json"]).union(CHINESE)
for weight, style in [("400Regular", "Regular"), ("700Bold", "Bold")]:
    source = packages / f"amiri/{weight}/Amiri_{weight}.ttf"
    make(source, f"TestNaskh-{style}.ttf", "Test Naskh", style, arabic)
    source = packages / f"noto-sans-sc/{weight}/NotoSansSC_{weight}.ttf"
    make(source, f"TestHei-{style}.ttf", "Test Hei", style, chinese)
