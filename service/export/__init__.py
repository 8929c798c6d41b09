"""A plan in the forms people carry away: one file a format."""
