"""Who may take what out of the house, what is remembered of it, and the files that the worker makes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from initiatives import reports as initiatives
from shared.audit.models import Event
from shared.reports import tasks, workflow
from shared.reports.enums import FileFormat, JobStatus
from shared.reports.models import ExportJob
from shared.reports.workflow import ExportRefused, Order
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.reports import ExportJobFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "/rapportages/export/initiatieven/"


@pytest.fixture
def clerk(client):
    return sign_in(client, CouncilStaffFactory())


def content(response):
    return b"".join(response.streaming_content)


def order(owner, **filters):
    return Order(initiatives.INITIATIVES, owner, filters, FileFormat.XLSX)


def test_a_csv_file_streams_what_the_screen_shows(client, clerk):
    InitiativeFactory(published=True, title="Bankje", status="done")
    InitiativeFactory(published=True, title="Boom")

    response = client.post(ADDRESS + "?status=done&pagina=3", {"format": "csv"})

    text = content(response).decode("utf-8-sig")
    assert response.streaming
    assert ("Bankje" in text, "Boom" in text) == (True, False)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    today = timezone.localdate()
    assert response["Content-Disposition"] == f'attachment; filename="initiatieven-{today:%Y-%m-%d}.csv"'
    assert "no-store" in response["Cache-Control"]


def test_a_small_workbook_comes_at_once(client, clerk):
    plan = InitiativeFactory(published=True, title="=1+1", amount=1250)

    response = client.post(ADDRESS, {"format": "xlsx"})

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(content(response))).worksheets[0].rows]
    shown = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2
    assert (shown["Nummer"], shown["Titel"], shown["Bedrag"]) == (plan.reference, "=1+1", 1250)
    assert "Naam indiener" not in shown


def test_every_export_leaves_an_event_without_personal_data(client):
    coordinator = sign_in(client, CoordinatorFactory())
    wijk = coordinator.role_assignments.get().wijk
    InitiativeFactory(wijk=wijk, name="Anna Geheim", title="Bij Anna Geheim")

    content(client.post(ADDRESS + f"?wijk={wijk.slug}&zoek=Anna+Geheim", {"format": "csv"}))

    event = Event.objects.get(action="audit.exported")
    assert (event.actor_id, event.new["rows"]) == (coordinator.pk, 1)
    assert event.new["filters"] == {
        "report": "initiatieven",
        "format": "csv",
        "wijk": wijk.slug,
        "zoek": "(zoekwoord)",
    }
    assert {"reference", "name", "email"} <= set(event.new["fields"])
    assert "Geheim" not in str(event.new) + event.subject_label


@pytest.mark.parametrize("make", [UserFactory, PartnerFactory, AmbassadorFactory, FinanceFactory])
def test_who_may_not_export_gets_nothing_and_leaves_no_trace(client, make):
    sign_in(client, make())

    response = client.post(ADDRESS, {"format": "csv"})

    assert response.status_code in (403, 404)
    assert not Event.objects.filter(action="audit.exported").exists()


def test_without_a_second_factor_nothing_leaves_the_house(client):
    sign_in(client, CouncilStaffFactory(), second_factor=False)

    assert client.post(ADDRESS, {"format": "csv"}).status_code == 302
    assert not Event.objects.filter(action="audit.exported").exists()


def test_a_link_cannot_start_an_export(client, clerk):
    assert client.get(ADDRESS).status_code == 405


def test_an_unknown_report_does_not_exist(client, clerk):
    assert client.post("/rapportages/export/zomaar/", {"format": "csv"}).status_code == 404


def test_a_long_workbook_is_left_to_the_worker_and_fetched_later(client, clerk, monkeypatch):
    monkeypatch.setattr(workflow, "MOST_ROWS_IN_A_REQUEST", 2)
    InitiativeFactory.create_batch(3, published=True, title="Bankje")
    InitiativeFactory(published=True, title="Boom")

    response = client.post(ADDRESS + "?zoek=bank", {"format": "xlsx"})

    job = ExportJob.objects.get()
    assert response.url == job.get_absolute_url()
    assert (job.owner, job.status, job.rows_total, job.filters) == (clerk, JobStatus.WAITING, 3, {"zoek": "bank"})
    assert "Wij maken uw bestand" in client.get(response.url).content.decode()
    assert client.get(reverse("reports:download", args=[job.pk])).status_code == 404

    tasks.make_export(str(job.pk))

    page = client.get(response.url).content.decode()
    assert "Uw bestand is klaar" in page
    assert "Er staan 3 rijen in" in page
    book = load_workbook(BytesIO(content(client.get(reverse("reports:download", args=[job.pk])))))
    assert [row[1].value for row in book.worksheets[0].rows] == ["Titel", "Bankje", "Bankje", "Bankje"]
    assert Event.objects.filter(action="audit.exported").count() == 1


def test_csv_streams_however_long_it_is(client, clerk, monkeypatch):
    monkeypatch.setattr(workflow, "MOST_ROWS_IN_A_REQUEST", 2)
    InitiativeFactory.create_batch(3, published=True)

    assert client.post(ADDRESS, {"format": "csv"}).streaming
    assert not ExportJob.objects.exists()


def test_more_rows_than_a_workbook_can_hold_are_refused_before_anything_is_written(monkeypatch):
    monkeypatch.setattr(workflow.xlsx_file, "MOST_ROWS", 1)
    clerk = CouncilStaffFactory()

    with pytest.raises(ExportRefused, match="te veel rijen voor Excel"):
        workflow.start_job(order(clerk), count=2)

    assert not ExportJob.objects.exists()
    assert not Event.objects.filter(action="audit.exported").exists()


def test_somebody_else_never_sees_the_file(client, clerk):
    job = ExportJobFactory(ready=True)

    for name in ("job", "progress", "download"):
        assert client.get(reverse(f"reports:{name}", args=[job.pk])).status_code == 404


def test_a_file_is_gone_after_its_time(client, clerk):
    job = ExportJobFactory(owner=clerk, ready=True, expired=True)
    storage, name = job.file.storage, job.file.name
    assert client.get(reverse("reports:download", args=[job.pk])).status_code == 404

    tasks.sweep_exports()

    assert not ExportJob.objects.exists()
    assert not storage.exists(name)


def test_the_page_tells_how_far_the_file_is(client, clerk):
    job = ExportJobFactory(owner=clerk, running=True)

    assert client.get(reverse("reports:progress", args=[job.pk])).json() == {"status": "running", "percentage": 25}
    page = client.get(job.get_absolute_url()).content.decode()
    assert 'value="25"' in page
    assert "Vernieuw" in page


def test_a_file_that_could_not_be_made_is_told_in_words(client, clerk):
    job = ExportJobFactory(owner=clerk, failed=True)

    assert "Uw bestand is niet gemaakt" in client.get(job.get_absolute_url()).content.decode()


def test_making_a_file_twice_makes_it_once():
    job = ExportJobFactory()

    assert workflow.make(job.pk) is True
    job.refresh_from_db()
    made = job.touched_at
    assert workflow.make(job.pk) is False

    job.refresh_from_db()
    assert job.touched_at == made


def test_the_sweep_takes_up_what_a_killed_worker_left_but_not_what_another_works_on():
    quiet = ExportJobFactory(running=True, touched_at=timezone.now() - timedelta(minutes=5))
    busy = ExportJobFactory(running=True)
    waiting = ExportJobFactory()

    tasks.sweep_exports()

    assert dict(ExportJob.objects.values_list("pk", "status")) == {
        quiet.pk: JobStatus.READY,
        busy.pk: JobStatus.RUNNING,
        waiting.pk: JobStatus.READY,
    }


def test_who_lost_the_right_meanwhile_gets_no_file():
    job = ExportJobFactory(owner=UserFactory())

    assert workflow.make(job.pk) is False

    job.refresh_from_db()
    assert (job.status, bool(job.file)) == (JobStatus.FAILED, False)


def test_a_job_of_a_report_that_is_gone_fails_in_peace():
    job = ExportJobFactory(report="vroeger", owner=ManagerFactory())

    assert workflow.make(job.pk) is False

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED


def test_the_number_of_queries_does_not_grow_with_the_rows(client, clerk, django_assert_num_queries):
    InitiativeFactory.create_batch(3, published=True)
    content(client.post(ADDRESS, {"format": "csv"}))
    with django_assert_num_queries(6):
        content(client.post(ADDRESS, {"format": "csv"}))
    InitiativeFactory.create_batch(12, published=True)

    with django_assert_num_queries(6):
        content(client.post(ADDRESS, {"format": "csv"}))
