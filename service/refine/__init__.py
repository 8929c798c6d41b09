"""What people do to a plan: edits, locks, set-asides, proposals, comparison. Pure: no web, no database."""
