"""The test of the test: known defects go into good plans, and the rubric must see them, and only them.

Owns: mutation operators, controls, attacks and what the checks made of them (domain brief 6). Must not
know: engines, judges, the web.
"""
