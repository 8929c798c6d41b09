"""Which language a text is written in, found offline.

Owns: the decision English, another language, or not enough text to tell. Must not know: files, errors, pages.
"""

from __future__ import annotations

import re

#: Function words: at least this share of a running English text (measured: 0.23 to 0.45 on strategies).
_ENGLISH_SHARE = 0.12
_FUNCTION_WORDS_TEXT = """
the of and to in for that is with on as be will by are this our we it an or from at which their have has not can
must should would how what when all more its they your you was were been than each into
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())
#: Fewer words than this say too little about the language.
_FEWEST_WORDS = 25
_WINDOW = 60
_SURE = 0.8
#: A text is foreign only where most of it surely is.
_FOREIGN_SHARE = 0.6
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language; 'und' where it is short, mixed or unclear.

    English with passages in other languages is 'en'. Only text that is not plainly English loads the detector.
    """
    words = _WORD.findall(text)
    known = sum(1 for word in words if word.lower() in _FUNCTION_WORDS)
    if words and known >= _ENGLISH_SHARE * len(words):
        return "en"
    if len(words) < _FEWEST_WORDS and not _other_script(text):
        return "und"
    return _by_windows(words) if words else "und"


def language_name(code: str) -> str:
    """The English name of a language code ('German'); the code itself where it is unknown."""
    from lingua import IsoCode639_1, Language  # 0.1 s, and only needed for a refusal

    try:
        return Language.from_iso_code_639_1(IsoCode639_1.from_str(code)).name.title()
    except ValueError:
        return code


def _by_windows(words: list[str]) -> str:
    from lingua import LanguageDetectorBuilder  # 0.5 s and 65 MB, and only for text that is not plainly English

    detector = LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
    votes: dict[str, int] = {}
    windows = [words[start : start + _WINDOW] for start in range(0, len(words), _WINDOW)]
    sample = windows[:: max(len(windows) // 50, 1)]
    for window in sample:
        best = detector.compute_language_confidence_values(" ".join(window))[0]
        code = best.language.iso_code_639_1.name.lower() if best.value >= _SURE else "und"
        votes[code] = votes.get(code, 0) + 1
    if votes.get("en", 0) >= (1 - _FOREIGN_SHARE) * len(sample):
        return "en"
    winner = max(sorted(votes), key=lambda code: votes[code])
    return winner if votes[winner] >= _FOREIGN_SHARE * len(sample) else "und"


def _other_script(text: str) -> bool:
    """Whether most letters are not Latin: then even few characters tell, and words may not be spaced."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 20 and sum(1 for letter in letters if letter > "\u024f") > 0.5 * len(letters)
