"""From a file to a plan, its X-ray and the practices, as a person goes."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

MEMO = ROOT / "corpora/strategies/vantry-bank-memo.md"
NEWSLETTER = ROOT / "corpora/strategies/aldersound-ferries-newsletter.md"


def test_an_uploaded_file_becomes_a_plan_while_its_stages_are_shown(opened, shoot):
    page = opened("/")
    shoot(page, "start")
    page.get_by_label("Strategy document").set_input_files(str(MEMO))
    page.get_by_role("button", name="Make a plan", exact=True).click()
    page.locator("#progress").wait_for()
    page.locator(".stages .now, section.intent").first.wait_for()
    shoot(page, "progress")
    page.get_by_role("heading", name="What starts first, and why").wait_for()
    assert page.locator("article.card").count() > 2
    shoot(page, "plan-of-an-upload")


def test_from_upload_to_download_by_keyboard_alone(opened):
    page = opened("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"
    page.locator(":focus").set_input_files(str(NEWSLETTER))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("No strategic intent found").wait_for()
    assert page.locator(".questions li").count() == 3


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(opened, shoot):
    page = opened("/")
    page.get_by_label("Strategy document").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nbroken"}
    )
    page.get_by_role("button", name="Make a plan", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_role("heading", name="What to do next").is_visible()
    shoot(page, "refused")


def test_choosing_an_intent_marks_all_its_words_and_brings_them_into_view(opened, plan_path, shoot):
    page = opened(f"{plan_path}/xray")
    page.locator("#intent-1 h3").click()
    chosen = page.locator("mark.chosen")
    assert chosen.count() >= 1
    assert all("1" in numbers.split() for numbers in chosen.evaluate_all("all => all.map(m => m.dataset.intents)"))
    in_view = chosen.first.evaluate("m => m.getBoundingClientRect().top >= 0 && m.getBoundingClientRect().top < 900")
    assert in_view
    shoot(page, "xray")


def test_choosing_marked_words_shows_their_intent_and_its_items_lead_to_the_plan(opened, plan_path):
    page = opened(f"{plan_path}/xray")
    mark = page.locator('mark.started[data-intents="1"]').first
    mark.click()
    assert "chosen" in page.locator("#intent-1").get_attribute("class")
    page.locator("#intent-1 .made a").first.click()
    page.wait_for_url(re.compile(rf"{plan_path}#"))
    assert page.locator(":target").evaluate("card => card.className") == "card"


def test_the_xray_works_without_scripts(opened, plan_path):
    page = opened(f"{plan_path}/xray", script=False)
    page.locator("#intent-1 a.show").first.click()
    place = page.url.split("#")[1]
    assert page.locator(f"mark#{place}").bounding_box()["y"] < 900
    page.locator("a.ref", has_text="1").first.click()
    assert re.search(r"#intent-1\d*$", page.url)


def test_a_plan_prints_its_folded_details(opened, plan_path):
    page = opened(plan_path)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.get_by_text("Who notices").first.is_visible()


def test_practices_are_found_opened_and_read(opened, shoot):
    page = opened("/practices")
    page.get_by_label("What should change?").fill("decide closer to the customer")
    page.get_by_label("Kind").select_option("ritual")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("heading", name="that fit").wait_for()
    shoot(page, "practices")
    page.locator(".practices a").first.click()
    page.get_by_role("heading", name="Where it comes from").wait_for()
    shoot(page, "practice")


def test_a_plan_is_downloaded_as_a_word_file(opened, plan_path):
    page = opened(plan_path)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="The whole plan with a reply table, for Word").click()
    assert waiting.value.suggested_filename.endswith(".docx")
