"""A folder of this machine at a `webhdfs://` address of this machine: a store, as far as Spark can tell."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRONT = "/webhdfs/v1"


def status(path: Path, name: str) -> dict[str, Any]:
    whole = path.is_dir()
    return {
        "pathSuffix": name,
        "type": "DIRECTORY" if whole else "FILE",
        "length": 0 if whole else path.stat().st_size,
        "modificationTime": 0,
        "accessTime": 0,
        "blockSize": 2**25,
        "replication": 1,
        "permission": "644",
        "owner": "o",
        "group": "g",
        "childrenNum": 0,
        "fileId": 1,
        "storagePolicy": 0,
    }


class Handler(BaseHTTPRequestHandler):
    """Answers the four questions that reading asks."""

    protocol_version = "HTTP/1.1"
    root: Path
    cut: int | None = None
    """Bytes after which the store stops in the middle of a file, if it does."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        options = {name: values[0] for name, values in parse_qs(asked.query).items()}
        # Hadoop's client quotes some bytes and leaves others as they are.
        path = self.root / unquote_to_bytes(asked.path.removeprefix(FRONT).encode("latin-1")).decode().strip("/")
        if not path.exists():
            gone = {"exception": "FileNotFoundException", "javaClassName": "java.io.FileNotFoundException"}
            self._json({"RemoteException": {**gone, "message": f"no {path.name}"}}, 404)
        elif options["op"] == "OPEN":
            self._bytes(path, int(options.get("offset", 0)), int(options.get("length", 2**40)))
        elif options["op"] == "GETFILESTATUS":
            self._json({"FileStatus": status(path, "")})
        elif options["op"] == "LISTSTATUS":
            found = [status(one, one.name) for one in sorted(path.iterdir())] if path.is_dir() else [status(path, "")]
            self._json({"FileStatuses": {"FileStatus": found}})
        else:
            self._json({"BlockLocations": {"BlockLocation": []}})

    def _json(self, data: dict[str, Any], code: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(code)  # without a type: to read one, Hadoop's client needs a library that Spark leaves out
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _bytes(self, path: Path, at: int, most: int) -> None:
        data = path.read_bytes()[at : at + most]
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(ConnectionError):  # who has read enough goes away
            self.wfile.write(data[: self.cut])
        self.close_connection = self.cut is not None


@contextmanager
def served(root: Path, cut: int | None = None) -> Iterator[str]:
    """The address of a folder while it is served."""
    handler = type("Own", (Handler,), {"root": root, "cut": cut})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"webhdfs://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
