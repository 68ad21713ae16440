"""A headless Chromium driven over the WebDriver protocol, with nothing but the standard library."""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
MISSING = CHROMIUM is None or DRIVER is None


class Browser:
    """One session."""

    def __init__(self, url: str) -> None:
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1200,900"]
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": CHROMIUM, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        self.root = url
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{made['sessionId']}"

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(self.root + path, data, headers, method=method)  # noqa: S310 -- our own driver
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 -- our own driver
            return json.load(answer)["value"]

    def open(self, page: Path) -> None:
        """Loads a file and waits until it is complete."""
        self._call("POST", f"{self.session}/url", {"url": page.as_uri()})

    def run(self, script: str, *arguments: Any) -> Any:
        """Runs a script in the page."""
        return self._call("POST", f"{self.session}/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script: str) -> Any:
        """Runs a script that calls its last argument when it is done."""
        return self._call("POST", f"{self.session}/execute/async", {"script": script, "args": []})

    def devtools(self, command: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        return self._call("POST", f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def window(self, width: int, height: int, *, dark: bool = False) -> None:
        """Size of the page in its own pixels, and the theme."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", features=[scheme])

    def log(self, kind: str) -> list[dict[str, Any]]:
        """Entries of the browser's or the network's log since it was last asked."""
        found: list[dict[str, Any]] = self._call("POST", f"{self.session}/se/log", {"type": kind})
        return found

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self._call("GET", f"{self.session}/screenshot"))

    def paper(self) -> bytes:
        """The page printed on A4, as PDF."""
        return base64.b64decode(self.devtools("Page.printToPDF", preferCSSPageSize=True)["data"])

    def close(self) -> None:
        """Ends the session."""
        self._call("DELETE", self.session)


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """A browser for the time of a test module."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen([str(DRIVER), f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        browser = _first_answer(f"http://127.0.0.1:{port}")
        try:
            yield browser
        finally:
            browser.close()
    finally:
        driver.terminate()
        driver.wait(20)


def _first_answer(url: str) -> Browser:
    for _ in range(100):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/status", timeout=5):  # noqa: S310 -- our own driver
            return Browser(url)
        time.sleep(0.2)
    raise RuntimeError("chromedriver does not answer")
