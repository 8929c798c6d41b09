"""The two ways to choose and to word: patterns (no model) and model (any chat model)."""
