import pytest

from corpora.load import load_budgets
from corpora.records import RoleClass
from service.prompts.render import FOLDER, Prompt, PromptError, fenced, load_prompt, untrusted

NAMES = sorted(path.name.removesuffix(".md") for path in FOLDER.glob("*.md"))


def test_a_missing_variable_is_an_error():
    with pytest.raises(PromptError, match="missing \\['name'\\]"):
        Prompt("x", "Dear {{name}}").render({})


def test_an_extra_variable_is_an_error():
    with pytest.raises(PromptError, match="unknown \\['other'\\]"):
        Prompt("x", "Dear {{name}}").render({"name": "you", "other": "me"})


def test_braces_in_a_value_are_not_a_variable():
    assert Prompt("x", "{{a}} {{b}}").render({"a": "{{b}}", "b": "c"}) == "{{b}} c"


def test_an_unknown_prompt_is_named():
    with pytest.raises(PromptError, match="no prompt 'nothing'"):
        load_prompt("nothing")


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_file_holds_no_brace_but_its_variables(name):
    prompt = load_prompt(name)
    filled = prompt.render(dict.fromkeys(prompt.variables, "word"))
    assert "{" not in filled
    assert "TODO" not in filled


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".system")])
def test_a_system_prompt_is_fixed_and_calls_the_fence_data(name):
    prompt = load_prompt(name)
    assert not prompt.variables
    assert "was written by others" in prompt.prose


def test_the_hash_follows_the_prose():
    assert Prompt("x", "one").sha != Prompt("x", "two").sha


@pytest.mark.parametrize("mark", ["</text>", "< / TEXT >", "<text>", "</answer>"])
def test_marks_inside_a_fence_are_altered(mark):
    assert mark not in fenced(f"a {mark} b").removeprefix("<text>").removesuffix("</text>")


def test_a_sentence_id_inside_the_text_is_altered():
    assert untrusted("see [s12] and\n[ S3 ]") == "see (s12] and ( S3 ]"


def test_the_hours_that_a_prompt_names_are_the_budgets():
    hours = load_budgets().hours_per_week
    assert [hours[one] for one in (RoleClass.contributor, RoleClass.lead, RoleClass.leader)] == [1.0, 2.0, 1.5]
    said = "a team member gives at most an hour a week, a lead two, a leader one and a half"
    assert said in load_prompt("draft_items.system").prose
