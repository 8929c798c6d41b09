"""Throughline."""
