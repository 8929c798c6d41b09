"""Routes that answer with HTML or a file to take away, one file a noun."""
