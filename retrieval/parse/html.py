"""HTML: the main content, without scripts, navigation and footers.

Owns: pieces from an HTML tree. Must not know: bytes, encodings, offsets; nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree, html  # type: ignore[import-untyped]  # no types are published with it

from retrieval.documents import BlockKind
from retrieval.parse.pieces import Draft, Piece
from retrieval.parse.prose import SOFT_HYPHEN
from retrieval.parse.tables import row_pieces

_DROPPED_TEXT = """
script style noscript template nav footer aside form button select iframe svg canvas object video audio img head
input textarea dialog menu
"""
_DROPPED = frozenset(_DROPPED_TEXT.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS_TEXT = """
p div section article main li ul ol dl dt dd table blockquote pre figure figcaption header address body html
center details summary fieldset hr h1 h2 h3 h4 h5 h6 thead tbody tr td th caption
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|breadcrumbs?|menu|sidebar|site-footer|page-footer|cookie|skip-link|"
    r"share|social|pagination|related|advert)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_DEPTH = 200

Clean = Callable[[str], str]


def read_html(text: str) -> Draft:
    """The pieces and title of an HTML document."""
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=_parser())
    except etree.ParserError:  # the library's way to say that nothing but comments is there
        return Draft(())
    title = tree.findtext(".//title") or ""
    metadata = {
        name.lower(): content[:500]
        for meta in tree.iterfind(".//meta")
        if (name := meta.get("name")) and (content := meta.get("content"))
    }
    main = _main(tree)
    pieces = tuple(_Walk().block(main, 0))
    heading = next((piece.text for piece in pieces if piece.kind is BlockKind.heading and piece.depth == 1), "")
    return Draft(pieces, title=heading or title, metadata=metadata)


def html_pieces(fragment: str, strip: Clean) -> list[Piece]:
    """The pieces of HTML found inside another text; `strip` removes that text's own markup from the words."""
    if not fragment.strip():
        return []
    try:
        tree = html.document_fromstring(f"<body>{fragment}</body>".encode(), parser=_parser())
    except etree.ParserError:
        return []
    return list(_Walk(strip=strip).block(tree, 0))


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)


def _main(tree: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the main words: <main>, a lone <article>, else the body."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = tree.findall(path)
        if len(found) == 1 and len(found[0].text_content().split()) >= 20:
            return found[0]
    body = tree.find("body")
    return tree if body is None else body


def _dropped(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if element.tag in ("body", "html", "main", "article"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return _FURNITURE.search(names) is not None and element.tag in ("div", "section", "ul", "header", "p")


@dataclass
class _Run:
    """Inline words gathered until the next block begins."""

    words: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    inner: int = 0


@dataclass
class _Walk:
    """A walk over the tree; words outside any block element become paragraphs."""

    strip: Clean = str
    lists: list[int | None] = field(default_factory=list)
    mark: str = ""
    quotes: int = 0
    run: _Run = field(default_factory=_Run)

    def block(self, element: html.HtmlElement, depth: int) -> Iterator[Piece]:
        """Pieces of a block element and all below it."""
        if depth > _MAX_DEPTH:
            self.run.words.append(element.text_content())
            return
        yield from self._flush()
        tag = element.tag
        if tag in _HEADINGS:
            yield Piece(BlockKind.heading, self.strip(_text(element)), depth=_HEADINGS[tag])
        elif tag == "table":
            yield from self._table(element, depth)
        elif tag == "pre":
            yield Piece(BlockKind.code, element.text_content())
        elif tag in ("figcaption", "caption"):
            yield Piece(BlockKind.caption, _text(element))
        else:
            self._open(tag)
            yield from self._children(element, depth)
            yield from self._flush()
            self._close(tag)

    def _open(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag in ("li", "dd") and self.lists:
            number = self.lists[-1]
            self.mark = "- " if number is None else f"{number}. "
            self.lists[-1] = None if number is None else number + 1
        elif tag == "blockquote":
            self.quotes += 1

    def _close(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "blockquote":
            self.quotes -= 1

    def _children(self, element: html.HtmlElement, depth: int) -> Iterator[Piece]:
        self.run.words.append(element.text or "")
        for child in element:
            if not _dropped(child):
                if child.tag in _BLOCKS:
                    yield from self.block(child, depth + 1)
                elif child.tag == "br":
                    self.run.words.append("\n")
                elif any(below.tag in _BLOCKS for below in child.iterdescendants()):
                    yield from self._children(child, depth + 1)
                else:
                    self._inline(child)
            self.run.words.append(child.tail or "")

    def _inline(self, element: html.HtmlElement) -> None:
        text = _text(element)
        if element.tag == "sup" and re.fullmatch(r"\[?\d{1,3}\]?|[*†‡]", text.strip()):
            return
        self.run.words.append(text)
        for link in [element] if element.tag == "a" else element.iterfind(".//a"):
            self.run.linked += len(re.sub(r"\W+", "", _text(link)))
            self.run.links += 1
            self.run.inner += (link.get("href") or "").startswith("#")

    def _flush(self) -> Iterator[Piece]:
        run, self.run = self.run, _Run()
        text = self.strip(" ".join("".join(run.words).replace(SOFT_HYPHEN, "").split()))
        if not text:
            return
        mark, self.mark = self.mark, ""
        yield Piece(self._kind(run, text), text, depth=len(self.lists), mark=mark)

    def _kind(self, run: _Run, text: str) -> BlockKind:
        share = run.linked / max(len(re.sub(r"\W+", "", text)), 1)
        if share >= 0.8 and (len(text.split()) <= 12 or run.links > 1):
            return BlockKind.contents if run.inner == run.links else BlockKind.links
        if self.lists:
            return BlockKind.list_item
        return BlockKind.block_quote if self.quotes else BlockKind.paragraph

    def _table(self, table: html.HtmlElement, depth: int) -> Iterator[Piece]:
        rows = [row for row in table.iterfind(".//tr") if next(row.iterancestors("table")) is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if max((len(row) for row in cells), default=0) <= 1 or table.find(".//table") is not None:
            for row in cells:
                for cell in row:
                    yield from self.block(cell, depth + 1)
            return
        header = (bool(cells) and all(cell.tag == "th" for cell in cells[0])) or None
        yield from row_pieces([[self.strip(_text(cell)) for cell in row] for row in cells], header=header)


def _text(element: html.HtmlElement) -> str:
    """Words of an element; list items and line breaks inside a cell are kept apart."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if not _dropped(child):
            inner = _text(child)
            if child.tag == "li":
                inner = inner.strip() + ("" if inner.strip().endswith((".", ";", "!", "?", ":")) else ";") + " "
            elif child.tag in _BLOCKS or child.tag == "br":
                inner = f" {inner} "
            parts.append(inner)
        parts.append(child.tail or "")
    return "".join(parts)
