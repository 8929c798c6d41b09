"""One file a format: bytes in, Document out."""
