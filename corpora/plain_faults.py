"""What is wrong with a field, in plain words.

Owns: the words for pydantic's faults. Must not know: which record the field belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def plain_fault(kind: str, context: Mapping[str, Any], message: str) -> str:
    """What to do about a fault of pydantic's `kind`; its own message where no plainer one is known."""
    words = {
        "missing": "is missing",
        "string_too_short": f"write at least {context.get('min_length')} characters",
        "string_too_long": f"write at most {context.get('max_length')} characters",
        "too_short": f"name at least {context.get('min_length')}",
        "too_long": f"name at most {context.get('max_length')}",
        "extra_forbidden": "is no field that belongs here",
        "greater_than_equal": f"must be at least {context.get('ge')}",
        "less_than_equal": f"must be at most {context.get('le')}",
        "greater_than": f"must be more than {context.get('gt')}",
        "enum": f"must be one of {context.get('expected')}",
        "literal_error": f"must be {context.get('expected')}",
        "string_type": "must be words",
        "string_unicode": "holds characters that are no text",
        "int_parsing": "must be a whole number",
        "int_parsing_size": "is too large a number",
        "int_type": "must be a whole number",
        "int_from_float": "must be a whole number",
        "float_parsing": "must be a number",
        "float_type": "must be a number",
        "finite_number": "must be a number",
        "bool_parsing": "must be yes or no",
        "date_from_datetime_parsing": "must be a day such as 2027-03-11",
        "date_parsing": "must be a day such as 2027-03-11",
        "tuple_type": "must be a list",
        "model_type": "must hold fields of its own",
        "model_attributes_type": "must hold fields of its own",
    }
    return words.get(kind, message.removeprefix("Value error, "))
