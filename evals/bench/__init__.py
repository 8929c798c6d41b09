"""How fast and how large: ingest against the obvious alternative, start-up, a plan, the server."""
