"""The nouns of a plan, as data. Pure: no time, no random id, no storage."""
