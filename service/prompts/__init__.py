"""Prompts as prose, one file each, with strict variables. Must not know: who asks, or which model."""
