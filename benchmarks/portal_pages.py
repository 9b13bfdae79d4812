"""The portal's data and requests."""

import random
import time
from datetime import timedelta
from importlib import import_module
from io import StringIO
from itertools import count

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core import signing
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.texts import ANSWERS, HELPER, PHOTO, PROJECTS, TEXT, TITLES
from benchmarks.wsgi_client import Answer, WsgiClient
from initiatives.enums import PUBLIC_STATUSES, Channel, InvolvementKind
from initiatives.models import Attachment, Initiative, Involvement, Update
from participation.models import Project
from participation.moments.enums import Status as MomentStatus
from participation.moments.models import Moment
from partners.enums.offers import Direction, MatchStatus, Resource
from partners.enums.organisations import PartnerKind
from partners.models import Listing, Match, Partner
from shared.accounts import workflow as accounts
from shared.accounts.enums import Role
from shared.accounts.models import Department
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.enums import Kind
from shared.documents.models import StoredFile
from shared.reports.columns import Report
from shared.reports.registry import find, register
from shared.themes.models import Theme
from shared.ui import page_cache, spam
from shared.wijken.models import Buurt
from wbw_portal.demo import loader

SECRET = "a" * 32
# A visitor to whom a page is made anew each time: one with a message to show.
NOT_KEPT = {"messages": "-"}
REPORT, REFERENCE = "initiatieven", "2025-00003"
NARROW_COLUMNS = 13


class Pages:
    def __init__(self) -> None:
        self.client = WsgiClient(import_module("wbw_portal.wsgi").application)
        self.numbers = count(1)
        self.etags: dict[str, str] = {}

    def migrate(self) -> dict:
        """An empty portal with its areas, themes and roles; the databases are copies of this one."""
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            loader.load_areas()
            loader.load_texts()
            call_command("sync_roles", stdout=StringIO())
        return {}

    def prepare(self, rows: int) -> dict:
        self.fill(0, rows)
        plan = Initiative.objects.get(reference=REFERENCE)
        now = timezone.now()
        plan.owner = accounts.resident_for("petra@demo.example", "Petra")
        Initiative.objects.filter(pk=plan.pk).update(owner=plan.owner)
        for _number in range(6):
            trail.record("initiatives.accepted", subject=plan, visibility=Visibility.PUBLIC)
        updates = Update.objects.bulk_create(
            Update(initiative=plan, text=TEXT, posted_at=now - timedelta(days=n)) for n in range(2)
        )
        for update in (None, updates[0]):
            file = StoredFile.objects.create(kind=Kind.IMAGE, file="photo.webp", size=1, kept_until=None)
            Attachment.objects.create(initiative=plan, file=file, update=update, alt_text=PHOTO, is_public=True)
        Involvement.objects.bulk_create(
            Involvement(
                initiative=plan, kind=InvolvementKind.JOIN, email=f"{n}@demo.example", asked_at=now, confirmed_at=now
            )
            for n in range(12)
        )
        self._surround(plan, now)
        page_cache.touch()
        return {}

    def _surround(self, plan: Initiative, now) -> None:
        """Projects in its wijk, one of which people can take part in, and a partner that helped."""
        department = Department.objects.create(name="Beheer")
        for n, title in enumerate(PROJECTS):
            project = Project.objects.create(
                reference=f"2025-P-{n:04d}",
                title=title,
                summary=TEXT,
                department=department,
                started_on=now.date(),
                registered_at=now,
                published_at=now,
            )
            project.wijken.add(plan.wijk)
        Moment.objects.create(
            project=project,
            status=MomentStatus.ANNOUNCED,
            title="Inloopavond",
            text=TEXT,
            starts_at=now + timedelta(days=7),
            ends_at=now + timedelta(days=8),
            made_by=plan.owner,
        )
        partner = Partner.objects.create(name=HELPER, slug="helper", kind=PartnerKind.CULTURE, starts_on=now.date())
        common = {"kind": Resource.PLACE, "title": TITLES[0], "what": TEXT, "opened_at": now}
        offer = Listing.objects.create(direction=Direction.OFFER, partner=partner, **common)
        need = Listing.objects.create(direction=Direction.NEED, initiative=plan, **common)
        agreed = dict.fromkeys(["proposed_at", "offer_agreed_at", "need_agreed_at", "contact_at", "closed_at"], now)
        Match.objects.create(status=MatchStatus.SUCCEEDED, offer=offer, need=need, points=1, **agreed)

    def fill(self, start: int, end: int) -> dict:
        """Published plans, numbered from start to end."""
        chance = random.Random(start)
        themes, buurten = list(Theme.objects.all()), list(Buurt.objects.current().without_geometry())
        now = timezone.now()
        for block in range(start, end, 2000):
            Initiative.objects.bulk_create(
                self._plan(n, chance.choice(themes), chance.choice(buurten), now)
                for n in range(block, min(end, block + 2000))
            )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return {}

    def _plan(self, n: int, theme: Theme, buurt: Buurt, now) -> Initiative:
        title, moment = f"{TITLES[n % len(TITLES)]} {n}", now - timedelta(hours=n % 40_000)
        return Initiative(
            reference=f"{2025 - n // 100_000}-{n % 100_000:05d}",
            status=PUBLIC_STATUSES[n % len(PUBLIC_STATUSES)],
            channel=Channel.WEB,
            title=title,
            what=TEXT,
            benefit="Voor de hele buurt.",
            who_joins="Vier gezinnen",
            theme=theme,
            buurt=buurt,
            wijk_id=buurt.wijk_id,
            place="Veersedijk",
            amount=n % 5_000,
            name="Anna",
            email=f"anna{n}@demo.example",
            submitted_at=moment,
            received_at=moment,
            respond_by=moment.date() + timedelta(days=5),
            answered_at=moment + timedelta(days=n % 9),
            published_at=moment,
            public_title=title,
            public_text=TEXT,
            joiners_count=n % 15,
            supporters_count=n % 40,
        )

    def page(self, name: str, times: int) -> dict:
        self.etags.clear()
        self.request(name)
        answers = [self.request(name) for _time in range(times)]
        assert all(answer.status in (200, 302, 304) for answer in answers), (
            name,
            [answer.status for answer in answers],
        )
        queries = self.request(name, count_queries=True).queries
        return {"cpu_ms": [answer.cpu_ms for answer in answers], "queries": queries, "bytes": len(answers[-1].body)}

    def request(self, name: str, **options: object) -> Answer:
        if name == "form":
            return self.client.call("/initiatieven/nieuw/", **options)
        if name in ("keep", "send"):
            return self.submit(name, **options)
        path = f"/initiatieven/{REFERENCE}/" if name.startswith("detail") else "/initiatieven/"
        if name.endswith("_first"):
            page_cache.touch()
        if name.endswith(("_first", "_kept")):
            return self.client.call(path, headers={"Accept-Encoding": "br"}, **options)
        if name.endswith("_304"):
            if name not in self.etags:
                self.etags[name] = self.client.call(path).headers["ETag"]
            etag = self.etags[name]
            return self.client.call(path, headers={"If-None-Match": etag}, **options)
        return self.client.call(path, cookies=NOT_KEPT, **options)

    def submit(self, name: str, **options: object) -> Answer:
        """`keep` is the first button (all answers are checked and kept), `send` the second (case, trail and letter)."""
        n = next(self.numbers)
        network = f"2001:db8:{n // 60_000:x}:{n % 60_000:x}::1"
        answers = ANSWERS | {
            "csrfmiddlewaretoken": SECRET,
            "opened": signing.dumps(int(time.time()) - 600, salt=spam.SALT),
            "what": TEXT,
            "theme": Theme.objects.first().pk,
            "buurt": Buurt.objects.current().first().pk,
            "email": f"nieuw{n}.{time.time_ns()}@demo.example",
        }
        cookies = {"csrftoken": SECRET}
        kept = self.client.call(
            "/initiatieven/nieuw/",
            data=answers,
            cookies=cookies,
            network=network,
            **(options if name == "keep" else {}),
        )
        assert kept.status == 302, kept.body.decode()
        if name == "keep":
            return kept
        return self.client.call(
            "/initiatieven/nieuw/controle/",
            data={"csrfmiddlewaretoken": SECRET},
            cookies=cookies | kept.cookies,
            network=network,
            **options,
        )

    def export(self, narrow: bool) -> dict:
        """The whole list as CSV for the council's clerk; `narrow` with thirteen columns, as others were measured."""
        name = REPORT
        if narrow:
            whole = find(REPORT)
            name = register(_narrow(whole)).name
        data, cookies = {"csrfmiddlewaretoken": SECRET, "format": "csv"}, {"csrftoken": SECRET} | self._session()
        self.client.call("/rapportages/", cookies=cookies)
        return self.client.stream(f"/rapportages/export/{name}/", data=data, cookies=cookies)

    def _session(self) -> dict[str, str]:
        clerk = accounts.resident_for("griffie@demo.example", "Griffie")
        if not clerk.role_assignments.exists():
            accounts.assign_role(clerk, Role.COUNCIL_STAFF, starts_on=timezone.localdate(), by=None)
        session = SessionStore()
        session.update(
            {
                SESSION_KEY: str(clerk.pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: clerk.get_session_auth_hash(),
                AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "mfa", "at": time.time(), "type": "totp"}],
                "account_authentication_methods_user": str(clerk.pk),
            }
        )
        session.create()
        return {"sessionid": session.session_key}


def _narrow(whole: Report) -> Report:
    values = {name: getattr(whole, name) for name in whole.__dataclass_fields__}
    return Report(**values | {"name": "smal", "columns": whole.columns[:NARROW_COLUMNS]})
