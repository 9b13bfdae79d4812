"""Call an application as a web server does, and measure what that costs in this process."""

import io
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cpu_ms: float
    queries: int = 0
    cookies: dict[str, str] = field(default_factory=dict)


class WsgiClient:
    def __init__(self, application: Callable) -> None:
        self.application = application

    def call(
        self,
        path: str,
        *,
        query: str = "",
        data: dict | None = None,
        cookies: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        network: str = "192.0.2.1",
        count_queries: bool = False,
    ) -> Answer:
        environ = _environ(path, query, data, cookies or {}, headers or {}, network)
        seen: dict = {}

        def start_response(status: str, given: list[tuple[str, str]], exc_info: object = None) -> None:
            seen["status"], seen["headers"] = int(status[:3]), given

        counter = _Counter()
        with connection.execute_wrapper(counter) if count_queries else _nothing():
            begin = time.process_time()
            parts = self.application(environ, start_response)
            body = b"".join(parts)
            parts.close()
            cpu_ms = (time.process_time() - begin) * 1000
        cookies = dict(v.split(";")[0].split("=", 1) for k, v in seen["headers"] if k == "Set-Cookie")
        return Answer(seen["status"], dict(seen["headers"]), body, cpu_ms, counter.number, cookies)

    def stream(self, path: str, **options: object) -> dict[str, float]:
        """The whole of a long answer, never kept: the first block, the end, and the memory on the way."""
        environ = _environ(path, "", options["data"], options["cookies"], {}, "192.0.2.1")
        before, begin, cpu = memory_mb(), time.perf_counter(), time.process_time()
        parts = self.application(environ, lambda status, headers, exc_info=None: None)
        first, size, most = 0.0, 0, before
        for number, block in enumerate(parts):
            first = first or time.perf_counter() - begin
            size += len(block)
            if number % 20 == 0:
                most = max(most, memory_mb())
        parts.close()
        return {
            "first_byte_s": first,
            "wall_s": time.perf_counter() - begin,
            "cpu_s": time.process_time() - cpu,
            "size_mb": size / 1e6,
            "added_mb": most - before,
        }


def memory_mb() -> float:
    """What the process holds now; where the system does not tell, the most it ever held."""
    try:
        with open("/proc/self/statm") as pages:
            return int(pages.read().split()[1]) * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


class _Counter:
    number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


class _nothing:  # noqa: N801
    def __enter__(self) -> None: ...

    def __exit__(self, *args: object) -> None: ...


def _environ(path: str, query: str, data, cookies: dict, headers: dict, network: str) -> dict:
    body = urlencode(data, doseq=True).encode() if data is not None else b""
    environ = {
        "REQUEST_METHOD": "GET" if data is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8000",
        "REMOTE_ADDR": network,
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if data is not None else "",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    return environ | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
