"""A portal with real servers around it, and a browser that looks as people do."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.gates import Gate, HtmlChecker, html_checker
from tests.shared.notifications.real_worker import Redis, Worker, own_queue, wait_until
from tests.shared.notifications.smtp_server import SmtpServer, smtp_server

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def checker() -> Iterator[HtmlChecker]:
    """The HTML checker, for all tests."""
    with html_checker() as running:
        yield running


@pytest.fixture
def portal(live_server, settings) -> str:
    """The address of the portal; its letters link there too, and forms take no minimum time."""
    settings.PORTAL_URL = live_server.url
    settings.SPAM_MINIMUM_SECONDS = 0
    call_command("sync_roles", verbosity=0)
    return live_server.url


@pytest.fixture
def mail() -> Iterator[SmtpServer]:
    """A mail server that really listens."""
    with smtp_server() as server:
        yield server


@pytest.fixture
def worker(portal, mail) -> Iterator[Worker]:
    """A queue and a worker of the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    queue = Redis(folder)
    queue.start()
    with own_queue(queue.url):
        worker = Worker(queue.url, mail.url, size=1)
        worker.environment["PORTAL_URL"] = portal
        worker.start()
        yield worker
        worker.kill()
    queue.stop()
    shutil.rmtree(folder)


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, context: BrowserContext, portal: str, checker: HtmlChecker, *, scripts: bool) -> None:
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self.portal = portal
        self.gate = Gate(self.page, checker, scripts=scripts)

    def open(self, address: str) -> None:
        """Go to a path of the portal, or a full address, and check the page."""
        self.page.goto(address if address.startswith("http") else self.portal + address)
        self.gate.check()

    def press(self, name: str) -> None:
        """Press a button or follow a link, and check where it leads."""
        main = self.page.locator("main, #content")
        button, link = (main.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        with self.page.expect_navigation():
            button.or_(link).first.click()
        self.gate.check()

    def reads(self, words: str) -> bool:
        """Whether the page says so."""
        return words in self.page.locator("body").inner_text()


@pytest.fixture
def visitor(browser: Browser, portal, checker):
    """`visitor(PHONE)`: a new person; `javascript=False` for who has no scripts."""
    contexts = []

    def arrive(size: dict[str, int], *, javascript: bool = True) -> Visitor:
        context = browser.new_context(viewport=size, java_script_enabled=javascript, locale="nl-NL")
        contexts.append(context)
        return Visitor(context, portal, checker, scripts=javascript)

    yield arrive
    for context in contexts:
        context.close()


def letter_to(mail: SmtpServer, address: str, subject: str) -> str:
    """The text of the newest letter to this address with these words in the subject; waits for the worker."""

    def found() -> list[str]:
        return [
            letter.get_body(("plain",)).get_content()
            for letter in mail.accepted
            if address in letter["To"] and subject in letter["Subject"]
        ]

    wait_until(found, f"a letter “{subject}” has come to {address}")
    return found()[-1]


def link_in(text: str) -> str:
    """The first address in a letter."""
    return re.search(r"https?://[^\s)>\]]+", text)[0]
