"""The rubric's deterministic checks, one criterion a file."""
