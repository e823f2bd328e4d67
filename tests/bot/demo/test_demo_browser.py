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
    await page.get_by_text("Added: 1 passage").first.wait_for(timeout=PATIENCE_MS)


async def test_a_person_asks_opens_the_words_adds_an_article_and_is_refused(demo_url):
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1100, "height": 900})
        await page.goto(demo_url)
        await page.locator("#channel-composer-input").wait_for(state="visible", timeout=PATIENCE_MS)

        await ask(page, QUESTIONS[0])
        button = page.get_by_role("button", name="Quotes")
        await button.first.wait_for(timeout=PATIENCE_MS)
        await page.get_by_text(re.compile(r"1815")).first.wait_for(timeout=PATIENCE_MS)
        await button.first.click()
        await page.get_by_text("The exact words").first.wait_for(timeout=PATIENCE_MS)

        await add_pasted(
            page, "The lighthouse", "The lighthouse of Cape Orrin was built by Ada Quill in 1874."
        )
        await ask(page, "Who built the lighthouse of Cape Orrin?")
        await page.get_by_text(re.compile("9 articles in this")).first.wait_for(timeout=PATIENCE_MS)

        await ask(page, REFUSED)
        await page.get_by_text(re.compile("I found nothing")).first.wait_for(timeout=PATIENCE_MS)
        await browser.close()
