"""Three in ten fillers and plans are held back by hash; both readers' sets are whole; quotations are left alone."""

from __future__ import annotations

import pytest

from evals.mutate.controls import prose_exchanged
from evals.mutate.fillers import SECOND, WHOLE, Fillers, Part, held_back, load_fillers, load_parts
from evals.mutate.judged_sample import bare_seed
from evals.mutate.run import seed_names

LISTS = [name for name in Fillers.model_fields if name not in WHOLE]


@pytest.mark.parametrize("name", LISTS)
def test_what_is_held_back_and_what_is_open_are_apart_and_together_all(name: str) -> None:
    for whole in (load_fillers(), load_fillers(SECOND)):
        opened, held = getattr(whole.part(held=False), name), getattr(whole.part(held=True), name)
        assert not {str(entry) for entry in opened} & {str(entry) for entry in held} or name == "sister_bodies"
        if name != "sister_bodies":
            assert len(opened) + len(held) == len(getattr(whole, name))


def test_three_in_ten_are_held_back_and_always_the_same() -> None:
    names = [f"word {number}" for number in range(20)]
    assert len(held_back(names)) == 6
    assert held_back(names) == held_back(reversed(names))
    assert len(held_back(seed_names())) == 2


def test_there_are_four_parts_and_no_word_is_in_two_of_one_reader() -> None:
    parts = load_parts()
    assert set(parts) == set(Part)
    assert not set(parts[Part.second].attitudes) & set(parts[Part.second_held].attitudes)


def test_the_second_reader_repeats_none_of_the_first_one_s_words() -> None:
    first, second = load_fillers(), load_fillers(SECOND)
    for name in ("no_trigger", "vague_time", "attitudes", "baselines", "nobody", "jargon"):
        assert not set(getattr(first, name)) & set(getattr(second, name))


def test_a_plan_held_back_makes_all_its_mutants_held_back() -> None:
    assert Part.first.as_held() is Part.first_held
    assert Part.second.as_held().held


def test_a_paraphrase_leaves_the_document_s_own_words_alone() -> None:
    item = next(b for b in bare_seed("quillnest-foundation").plan.behaviours if b.shift.from_source.value == "document")
    changed = prose_exchanged(item, {"each": "every single", "maintainer": "keeper", "asks": "begs"})
    assert changed.shift.from_state == item.shift.from_state
    assert changed != item
