"""Measure the portal against the yardstick, in turn and in one run, and print the README's table."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg

from wbw_portal import embedded

ROUNDS, TIMES = int(os.environ.get("BENCH_ROUNDS", "20")), 10
ROWS, FEW, MANY, EXPORTED = 5_000, 1_000, 20_000, 100_000
SAME_PAGES = [("list", "list", 1.25), ("detail", "detail", 1.25), ("form", "form", 1.25), ("post", "send", 1.4)]
OWN_PAGES = ["keep", "list_first", "list_kept", "list_304", "detail_first", "detail_kept", "detail_304"]


def production(database: str, data: Path) -> dict[str, str]:
    """The environment of an installation that people use."""
    return os.environ | {
        "DATABASE_URL": database,
        "SECRET_KEY": "benchmark" * 8,
        "PORTAL_URL": "http://localhost:8000",
        "TEST_DATABASE_NAME": urlsplit(database).path.strip("/"),
        "PORTAL_DATA": str(data),
        "DEBUG": "",
        "PORTAL_DEMO": "",
    }


class Subject:
    """A running application."""

    def __init__(self, settings: str, pages: str, database: str, data: Path) -> None:
        command = [sys.executable, "-m", "benchmarks.subject", settings, pages]
        self.log = data / "bench.log"
        self.process = subprocess.Popen(
            command,
            env=production(database, data),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log.open("a"),
            text=True,
        )

    def ask(self, request: str, **options: object) -> dict:
        self.process.stdin.write(json.dumps([request, options]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"The measured application stopped at “{request}”:\n{self.log.read_text()[-2000:]}")
        return json.loads(answer)

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        data = Path(os.environ.get("BENCH_DATA", folder))
        data.chmod(0o755)
        os.environ["PORTAL_DATA"] = str(data)
        measure(Databases(), data)


class Databases:
    """Databases on the configured server, or on an embedded one of our own."""

    def __init__(self) -> None:
        if "DATABASE_URL" not in os.environ:
            embedded.ensure_running(durable=False)
        self.url = os.environ.get("DATABASE_URL", embedded.database_url())

    def make(self, name: str, template: str = "template0") -> str:
        parts = urlsplit(self.url)
        settings = {"host": unquote(parts.hostname or ""), "user": parts.username, "password": parts.password}
        with psycopg.connect(**settings, port=parts.port, dbname="postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.named(name)

    def named(self, name: str) -> str:
        """The address of a database that was made before."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))


def measure(databases: Databases, data: Path) -> None:
    portal = ["wbw_portal.settings", "benchmarks.portal_pages"]
    _say("Preparing: static files, migrations, areas, and plans")
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, env=production(databases.url, data), check=True)
    empty = Subject(*portal, databases.make("bench_empty"), data)
    empty.ask("migrate")
    empty.stop()
    yardstick = Subject(
        "benchmarks.yardstick.settings", "benchmarks.yardstick_pages", databases.make("bench_yardstick"), data
    )
    subjects = {
        rows: Subject(*portal, databases.make(f"bench_{rows}", "bench_empty"), data) for rows in (ROWS, FEW, MANY)
    }
    yardstick.ask("prepare", rows=ROWS)
    for rows, subject in subjects.items():
        subject.ask("prepare", rows=rows)

    measured = Measured()
    for number in range(ROUNDS):
        _say(f"Round {number + 1} of {ROUNDS}")
        for ours, theirs, _goal in SAME_PAGES:
            measured.take("yardstick", ours, yardstick)
            measured.take("portal", theirs, subjects[ROWS])
        for name in OWN_PAGES:
            measured.take("portal", name, subjects[ROWS])
        for rows in (FEW, MANY):
            measured.take(f"portal_{rows}", "list", subjects[rows])

    _say(f"Exporting {EXPORTED:,} rows")
    subjects[MANY].ask("fill", start=MANY, end=EXPORTED)
    for subject in (yardstick, *subjects.values()):
        subject.stop()
    exports = [export(Subject(*portal, databases.named(f"bench_{MANY}"), data), narrow) for narrow in (True, False)]
    print(measured.tables(exports))


def export(fresh: Subject, narrow: bool) -> dict:
    """In a process that did nothing before, so that what the export adds is seen."""
    answer = fresh.ask("export", narrow=narrow)
    fresh.stop()
    return answer


class Measured:
    """The CPU time of every request, per application and page."""

    def __init__(self) -> None:
        self.times: dict[tuple[str, str], list[float]] = {}
        self.last: dict[tuple[str, str], dict] = {}

    def take(self, who: str, page: str, subject: Subject) -> None:
        answer = subject.ask("page", name=page, times=TIMES)
        self.times.setdefault((who, page), []).extend(answer["cpu_ms"])
        self.last[who, page] = answer

    def ms(self, who: str, page: str) -> float:
        return median(self.times[who, page])

    def tables(self, exports: list[dict]) -> str:
        lines = [
            f"CPU per request in the web process, median of {ROUNDS * TIMES}; {ROWS:,} plans.",
            "",
            "| page | yardstick ms (queries, bytes) | portal ms (queries, bytes) | ratio | goal |",
            "|---|---|---|---|---|",
        ]
        for ours, theirs, goal in SAME_PAGES:
            one, two = self.ms("yardstick", ours), self.ms("portal", theirs)
            bare, whole = (
                f"({x['queries']}, {x['bytes']:,})" for x in (self.last["yardstick", ours], self.last["portal", theirs])
            )
            lines.append(f"| {ours} | {one:.1f} {bare} | {two:.1f} {whole} | {two / one:.2f} | at most {goal} |")
        lines += ["", "| portal | ms | queries | bytes | against made anew |", "|---|---|---|---|---|"]
        for page in ["list", "detail", "form", *OWN_PAGES]:
            last, whole = self.last["portal", page], page.split("_")[0]
            anew = self.ms("portal", "send" if whole == "keep" else whole) / self.ms("portal", page)
            cells = [
                page,
                f"{self.ms('portal', page):.2f}",
                last["queries"],
                f"{last['bytes']:,}",
                f"{anew:.1f} x faster",
            ]
            lines.append(f"| {' | '.join(map(str, cells))} |")
        few, many = self.ms(f"portal_{FEW}", "list"), self.ms(f"portal_{MANY}", "list")
        lines += [
            "",
            f"List with {MANY:,} plans against {FEW:,}: {many:.1f} / {few:.1f} ms = {many / few:.2f} (at most 1.2).",
        ]
        for name, export in zip(("13 columns", "all columns"), exports, strict=True):
            lines.append(
                f"CSV of {EXPORTED:,} rows, {name}: first byte {export['first_byte_s']:.3f} s, whole "
                f"{export['wall_s']:.1f} s ({export['cpu_s']:.1f} s CPU), {export['size_mb']:.0f} MB sent, "
                f"+{export['added_mb']:.1f} MB memory."
            )
        return "\n".join(lines)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
