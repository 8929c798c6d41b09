"""How the facts of an organisation's profile find their places in a plan. Pure: no files, no storage."""
