"""The steps by which a database reaches the shape of `tables.py`."""
