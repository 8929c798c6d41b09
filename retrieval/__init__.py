"""How text is found: bytes to canonical text, sentences, passages, vectors, search.

Imports nothing of ours; sibling of corpora.
"""
