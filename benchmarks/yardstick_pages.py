"""The yardstick's data and requests."""

import random
from datetime import timedelta
from itertools import count

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from benchmarks.texts import ANSWERS, BUURTEN, HELPER, PHOTO, PROJECTS, TEXT, THEMES, TITLES, WIJK_PATH
from benchmarks.wsgi_client import Answer, WsgiClient
from benchmarks.yardstick.models import (
    STATUSES,
    Buurt,
    Coordinator,
    Event,
    Help,
    Meeting,
    Offer,
    Partner,
    Photo,
    Plan,
    Project,
    Theme,
    Update,
    Wijk,
)

SECRET, REFERENCE = "a" * 32, "2025-00003"


class Pages:
    def __init__(self) -> None:
        self.client = WsgiClient(get_wsgi_application())
        self.numbers = count(1)

    def prepare(self, rows: int) -> dict:
        call_command("migrate", run_syncdb=True, verbosity=0)
        chance = random.Random(rows)
        buurten = self._buurten()
        themes = [Theme.objects.create(name=name, slug=name.lower()) for name in THEMES]
        owner = Coordinator.objects.create(name="Petra")
        now = timezone.now()
        Plan.objects.bulk_create(
            [self._plan(n, chance.choice(themes), chance.choice(buurten), owner, now) for n in range(rows)],
            batch_size=1000,
        )
        self._tell_more(Plan.objects.get(reference=REFERENCE), now)
        return {}

    def _buurten(self) -> list[Buurt]:
        made = []
        for number, (wijk_name, names) in enumerate(BUURTEN.items()):
            wijk = Wijk.objects.create(
                name=wijk_name, slug=f"wijk-{number}", path=WIJK_PATH, label_x=number * 100, label_y=number * 100
            )
            made += [Buurt.objects.create(name=name, wijk=wijk) for name in names]
        return made

    def _plan(self, n: int, theme: Theme, buurt: Buurt, owner: Coordinator, now) -> Plan:
        moment = now - timedelta(hours=n)
        return Plan(
            reference=f"2025-{n:05d}",
            title=f"{TITLES[n % len(TITLES)]} {n}",
            text=TEXT,
            benefit="Voor de hele buurt.",
            who_joins="Vier gezinnen",
            place="Veersedijk",
            amount=n,
            status=STATUSES[n % len(STATUSES)][0],
            joiners=n % 15,
            supporters=n % 40,
            sent_at=moment,
            published_at=moment,
            wijk_id=buurt.wijk_id,
            buurt=buurt,
            theme=theme,
            owner=owner,
            name="Anna",
            email=f"anna{n}@demo.example",
        )

    def _tell_more(self, plan: Plan, now) -> None:
        """A timeline, news, photos, projects near it and a helper for the plan that is measured."""
        Event.objects.bulk_create(
            Event(plan=plan, text="Gemeente helpt mee", occurred_at=now - timedelta(days=n), is_public=True)
            for n in range(6)
        )
        updates = Update.objects.bulk_create(
            Update(plan=plan, text=TEXT, posted_at=now - timedelta(days=n)) for n in range(2)
        )
        Photo.objects.bulk_create(
            Photo(plan=plan, update=update, file="photo.webp", alt_text=PHOTO) for update in (None, updates[0])
        )
        for n, title in enumerate(PROJECTS):
            project = Project.objects.create(reference=f"P2025-{n}", title=title, summary=TEXT, published_at=now)
            project.wijken.add(plan.wijk_id)
        Meeting.objects.create(project=project, starts_at=now + timedelta(days=7), ends_at=now + timedelta(days=8))
        partner = Partner.objects.create(name=HELPER, slug="helper")
        offer = Offer.objects.create(kind="place", partner=partner, text=TEXT)
        Help.objects.create(plan=plan, offer=offer, succeeded=True, closed_at=now)

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
        return self.send(**options)

    def send(self, **options: object) -> Answer:
        """Both buttons, as in the portal; the second is measured."""
        answers = ANSWERS | {
            "csrfmiddlewaretoken": SECRET,
            "text": TEXT,
            "theme": Theme.objects.first().pk,
            "buurt": Buurt.objects.first().pk,
            "email": f"nieuw{next(self.numbers)}@demo.example",
        }
        cookies = {"csrftoken": SECRET}
        kept = self.client.call("/plannen/nieuw/", data=answers, cookies=cookies)
        assert kept.status == 302, kept.body.decode()
        return self.client.call(
            "/plannen/nieuw/controle/",
            data={"csrfmiddlewaretoken": SECRET},
            cookies=cookies | kept.cookies,
            **options,
        )
