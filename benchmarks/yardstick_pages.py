"""The yardstick's data and requests."""

import random
from datetime import timedelta
from itertools import count

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from benchmarks.texts import BUURTEN, TEXT, TITLES
from benchmarks.wsgi_client import Answer, WsgiClient
from benchmarks.yardstick.models import STATUSES, Area, Event, Plan, Theme, Update

SECRET, REFERENCE = "a" * 32, "2025-00003"


class Pages:
    def __init__(self) -> None:
        self.client = WsgiClient(get_wsgi_application())
        self.numbers = count(1)

    def prepare(self, rows: int) -> dict:
        call_command("migrate", run_syncdb=True, verbosity=0)
        chance = random.Random(rows)
        areas = [Area.objects.create(name=name, slug=name.lower()) for name in BUURTEN]
        themes = [Theme.objects.create(name=f"Thema {n}", slug=f"thema-{n}") for n in range(9)]
        now = timezone.now()
        Plan.objects.bulk_create(
            [
                Plan(
                    reference=f"2025-{n:05d}",
                    title=f"{chance.choice(TITLES)} {n}",
                    text=TEXT,
                    benefit="Voor de hele buurt.",
                    who_joins="Vier gezinnen",
                    place="Veersedijk",
                    status=chance.choice(STATUSES)[0],
                    joiners=n % 15,
                    supporters=n % 40,
                    published_at=now - timedelta(hours=n),
                    area=chance.choice(areas),
                    theme=chance.choice(themes),
                    name="Anna",
                    email=f"anna{n}@demo.example",
                )
                for n in range(rows)
            ],
            batch_size=1000,
        )
        plan = Plan.objects.get(reference=REFERENCE)
        Event.objects.bulk_create(
            Event(plan=plan, text="De gemeente helpt mee", occurred_at=now - timedelta(days=n)) for n in range(6)
        )
        Update.objects.bulk_create(Update(plan=plan, text=TEXT, posted_at=now - timedelta(days=n)) for n in range(2))
        return {}

    def page(self, name: str, times: int) -> dict:
        answers = [self.request(name) for _time in range(times)]
        assert all(answer.status in (200, 302) for answer in answers), [answer.status for answer in answers]
        queries = self.request(name, count_queries=True).queries
        return {"cpu_ms": [answer.cpu_ms for answer in answers], "queries": queries, "bytes": len(answers[0].body)}

    def request(self, name: str, **options: object) -> Answer:
        if name == "list":
            return self.client.call("/plannen/", **options)
        if name == "detail":
            return self.client.call(f"/plannen/{REFERENCE}/", **options)
        if name == "form":
            return self.client.call("/plannen/nieuw/", **options)
        answers = {
            "csrfmiddlewaretoken": SECRET,
            "title": "Moestuin",
            "text": TEXT,
            "benefit": "Voor de hele buurt.",
            "theme": Theme.objects.first().pk,
            "area": Area.objects.first().pk,
            "place": "Veersedijk",
            "who_joins": "Vier gezinnen",
            "help_wanted": ["geld", "plek"],
            "amount": "1250",
            "name": "Anna",
            "email": f"nieuw{next(self.numbers)}@demo.example",
        }
        return self.client.call("/plannen/nieuw/", data=answers, cookies={"csrftoken": SECRET}, **options)
