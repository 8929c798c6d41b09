"""The engine that asks a chat model, any provider's, two calls deep.

`engine` is the conductor. `find` asks once a section group (`groups`) which sentences are intents
and `merge`s the answers; `draft` asks for items, once for all intents of a short document and once an
intent of a long one, from the words `brief_text` lays out. `answers` holds the schemas, `asking` the one
repair turn, `budget` the plan's limits. Models cite sentence ids only: `locate` finds the words, `terms`
the document's terms, `faults` says what is wrong with an item, `fields`, `bind` and `measure` make the
records, `own_form` knows items that no practice stands behind, `fallback` keeps the other engine's items as
alternatives and as what stands in when a model fails, `assemble` puts one intent's draft together.
`recordings` replays answers without a model.

Must not know: langchain, storage, pages, the other engine's insides.
"""
