"""What is kept: SQL as the truth, originals on disk, vectors as a rebuildable index."""
