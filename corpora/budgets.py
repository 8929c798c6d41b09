"""The load budget as data (domain brief 2.3): a policy of the project, not a finding.

Owns: the fields of `budgets.yaml`. Must not know: plans, or how a load is summed.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from corpora.records import Frozen, RoleClass, Text


class Budgets(Frozen):
    """Upper limits on what one plan may ask of people.

    `hours_per_week` is net new time a week for one person of a role class during the first
    `window_days` days.
    """

    hours_per_week: dict[RoleClass, float]
    window_days: int = Field(ge=1)
    new_items_per_role: int = Field(ge=1)
    new_items_days: int = Field(ge=1)
    max_behaviours: int = Field(ge=1)
    max_rituals: int = Field(ge=1)
    max_intents_first_window: int = Field(ge=1)
    max_standard_forms: int = Field(ge=0)
    max_words_behaviour: int = Field(ge=1)
    net_zero: Text
    note: Text

    @model_validator(mode="after")
    def _every_role_class_has_a_limit(self) -> Budgets:
        missing = set(RoleClass) - set(self.hours_per_week)
        if missing:
            raise ValueError(f"hours_per_week lacks {', '.join(sorted(missing))}")
        return self
