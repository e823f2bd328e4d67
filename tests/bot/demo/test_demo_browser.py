"""The demo as a person sees it: the real models, a real browser."""

import re
import shutil
import subprocess
import sys

import pytest

from bot.demo.greeting import QUESTIONS, REFUSED

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
"""Far more than it takes; a slow machine is no failure."""
playwright = pytest.importorskip("playwright.async_api", reason="needs the extra 'browser'")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def demo_url():
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser"], stdout=subprocess.PIPE, text=True
    )
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"http://127\.0\.0\.1\S+", line):
            break
    else:
        pytest.fail(f"the demo ended: {said}")
    yield found[0]
    process.terminate()
    assert process.wait(30) == 0
    process.stdout.close()


async def ask(page, question):
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("/ask")
    await page.get_by_text("every sentence of the answer shows its source").first.wait_for(
        timeout=PATIENCE_MS
    )
    await page.keyboard.press("Enter")
    await page.get_by_text("What do you want to know?").first.wait_for(timeout=PATIENCE_MS)
    await page.keyboard.type(question)
    await page.keyboard.press("Enter")


async def add_pasted(page, title, text):
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("/article add")
    await page.get_by_text("an address, a file, or pasted text").first.wait_for(timeout=PATIENCE_MS)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Send").click()
    fields = page.get_by_role("dialog").get_by_role("textbox")
    await fields.nth(0).fill(title)
    await fields.nth(1).fill(text)
    await page.get_by_role("button", name="Submit").click()
    await page.get_by_text("Added, 1 passage").first.wait_for(timeout=PATIENCE_MS)


async def add_uploaded(page, path):
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("/article add")
    await page.get_by_text("an address, a file, or pasted text").first.wait_for(timeout=PATIENCE_MS)
    await page.keyboard.press("Enter")
    await page.get_by_role("option", name=re.compile("^file")).first.click()
    await page.locator("input[type=file]").last.set_input_files(path)
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("The windmill").first.wait_for(timeout=PATIENCE_MS)


async def open_place(page, kind, name):
    await page.locator(f".places .{kind} button").first.click()
    await page.locator(f'.places .{kind} button[aria-current="true"]').wait_for()
    await page.locator("#channel-name", has_text=name).wait_for(state="attached")
    await page.locator("#channel-composer-input").click()


async def empty_composer(page):
    """Wait until what was typed was sent; the composer shows it until the bot has answered."""
    await playwright.expect(page.locator("#channel-composer-input")).to_be_empty(timeout=PATIENCE_MS)


async def fill_form(page, text):
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox").first.fill(text)
    await page.get_by_role("button", name="Submit").click()


@pytest.fixture
async def page(demo_url, tmp_path):
    """A new page of the demo; how it looked at the end is kept beside the test's other files."""
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1100, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(demo_url)
        await page.locator("#channel-composer-input").wait_for(state="visible")
        yield page
        await page.screenshot(path=tmp_path / "end.png")
        await browser.close()


async def test_a_person_asks_opens_the_words_adds_an_article_and_is_refused(page, tmp_path):
    await ask(page, QUESTIONS[0])
    button = page.get_by_role("button", name="Quotes")
    await button.first.wait_for()
    await page.get_by_text(re.compile(r"1815")).first.wait_for()
    await button.first.click()
    await page.get_by_text("The exact words").first.wait_for()

    await page.get_by_role("button", name="Follow up").first.click()
    await fill_form(page, "How high was it before?")
    await page.get_by_text("Understood as: How high was Tambora before?").first.wait_for()
    await page.get_by_text(re.compile("4,300 meters")).first.wait_for()

    await add_pasted(page, "The lighthouse", "The lighthouse of Cape Orrin was built by Ada Quill in 1874.")
    file = tmp_path / "windmill.txt"
    file.write_text("The windmill\n\nThe windmill of Orrin burned down in 1881.")
    await add_uploaded(page, file)
    await ask(page, "Who built the lighthouse of Cape Orrin?")
    await page.get_by_text(re.compile("10 articles in this")).first.wait_for()

    await ask(page, REFUSED)
    await page.get_by_text(re.compile("I found nothing")).first.wait_for()


async def test_a_person_goes_on_in_a_thread_in_direct_messages_and_by_a_menu(page):
    button = page.get_by_role("button", name="⋯")
    before = await button.count()
    await ask(page, QUESTIONS[2])
    await button.nth(before).click()
    await page.get_by_role("button", name="Continue in a thread").last.click()
    await page.get_by_text("Continue in #").first.wait_for()
    await open_place(page, "thread", QUESTIONS[2])
    await page.get_by_text("Mention me to go on").first.wait_for()
    await page.keyboard.type("@Footnote what did his manager write on it?")
    await page.keyboard.press("Enter")
    await page.get_by_text(re.compile("^Understood as")).first.wait_for()

    await open_place(page, "direct", "Footnote")
    await page.get_by_text("This is your own library").first.wait_for()
    await page.keyboard.type(QUESTIONS[0])
    await page.keyboard.press("Enter")
    await page.get_by_text("8 articles in your library").first.wait_for()

    await open_place(page, "channel", "reading-room")
    await page.locator("[data-message-id]").first.click(button="right")
    await page.get_by_role("menuitem", name="Ask about this").click()
    await fill_form(page, "How many sample articles have I read?")
    await page.get_by_text(re.compile("I looked only at what the message holds")).first.wait_for()

    await page.locator("[data-message-id]", has_text="Did you know").first.click(button="right")
    await page.get_by_role("menuitem", name="Check against articles").click()
    for verdict in ("✗ Contradicted", "✓ Supported", "○ Not in the articles"):
        await page.get_by_text(re.compile(verdict)).first.wait_for()


async def test_a_person_presses_a_question_types_one_and_comes_back(page):
    await page.get_by_role("button", name=QUESTIONS[1]).first.click()
    await page.get_by_text("Ali Maow Maalin").first.wait_for()
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type(f"/ask question: {REFUSED}\n")
    await empty_composer(page)
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("Who invented the web?")
    await page.keyboard.press("Enter")
    newest = page.locator("[data-message-id]", has_text="Who invented the web?").last
    await newest.wait_for()
    await page.get_by_text(re.compile("^Who invented the web")).last.wait_for()
    await page.reload()
    await page.locator("#channel-composer-input").wait_for(state="visible")
    await newest.wait_for()
