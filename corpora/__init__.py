"""What is known before any document arrives: capabilities, practices, rubric, sample strategies.

Imports nothing of ours.
"""
