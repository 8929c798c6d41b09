"""The stages of making a plan, one a file; none imports another."""
