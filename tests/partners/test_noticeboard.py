"""The noticeboard: who hears of what, answering by link, taking down, and gone after a year."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partners import tasks
from partners.models import Notice
from partners.rules.private_words import private_pieces
from partners.workflow import noticeboard
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications import digest
from shared.notifications.models import DigestItem, OutboxMessage
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.together import NoticeFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijk():
    return WijkFactory(short_name="Centrum")


@pytest.fixture
def els(wijk):
    """Who writes."""
    return PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]), user__name="Els Bakker").user


@pytest.fixture
def bas(wijk):
    """Who reads."""
    return PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]), user__name="Bas Smit").user


def mails_to(user) -> list[str]:
    return list(
        OutboxMessage.objects.filter(recipient_email=user.email).order_by("pk").values_list("subject", flat=True)
    )


def news_of(user) -> list[str]:
    return list(DigestItem.objects.filter(email=user.email).order_by("pk").values_list("title", flat=True))


def test_who_is_named_hears_at_once_and_the_others_in_their_digest(wijk, els, bas):
    coordinator, ambassador, elsewhere = CoordinatorFactory(wijk=wijk), AmbassadorFactory(), CoordinatorFactory()

    noticeboard.post(wijk, text="Zaterdag samen opruimen?", mentioned=[bas], by=els)

    assert mails_to(bas) == ["Els Bakker noemt u op het prikbord van Centrum"]
    assert news_of(coordinator) == ["Centrum: Els Bakker schrijft “Zaterdag samen opruimen?”"]
    for user in (bas, els, ambassador, elsewhere):
        assert news_of(user) == []


def test_an_ambassador_who_asks_for_it_gets_the_news_and_a_partner_who_does_not_gets_none(wijk, els, bas):
    ambassador = AmbassadorFactory()
    noticeboard.choose_mail(ambassador, "weekly")
    noticeboard.choose_mail(bas, "")

    noticeboard.post(wijk, text="Wie heeft nog tafels?", by=els)

    assert len(news_of(ambassador)) == 1
    assert news_of(bas) == []
    assert (noticeboard.mail_choice(ambassador), noticeboard.mail_choice(bas)) == ("weekly", "")


def test_over_ninety_days_no_digest_is_empty_and_nothing_is_told_twice(wijk, els, bas):
    coordinator = CoordinatorFactory(wijk=wijk)
    noticeboard.choose_mail(bas, "weekly")
    start = timezone.localtime().replace(hour=8, minute=0)
    posted = 0

    for day in range(90):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            for number in range((day * 7) % 4 if day % 3 else 0):
                noticeboard.post(wijk, text=f"Bericht {day}-{number}", by=els)
                posted += 1
            digest.send_digests(timezone.localdate())
            digest.send_digests(timezone.localdate())
    with time_machine.travel(start + timedelta(days=97), tick=False):
        digest.send_digests(timezone.localdate())

    for user in (coordinator, bas):
        digests = OutboxMessage.objects.filter(recipient_email=user.email, category="digest")
        told = [found for message in digests for found in re.findall(r"Bericht \d+-\d+", message.text)]
        assert all("Bericht" in message.text for message in digests)
        assert len(told) == len(set(told)) == posted
    weekly = OutboxMessage.objects.filter(recipient_email=bas.email, category="digest").count()
    assert weekly <= 15 < OutboxMessage.objects.filter(recipient_email=coordinator.email, category="digest").count()


def test_an_answer_may_name_somebody_who_hears_it_at_once(client, wijk, els, bas):
    notice = noticeboard.post(wijk, text="Zaterdag samen opruimen?", by=els)
    marleen = CoordinatorFactory(wijk=wijk)
    sign_in(client, marleen)

    client.post(notice.get_absolute_url(), {"text": "Goed plan, Bas ook?", "mentioned": [bas.pk]})

    assert mails_to(bas) == [f"{marleen.name} noemt u op het prikbord van Centrum"]
    assert "voor: Bas Smit" in client.get(notice.get_absolute_url()).content.decode()


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/partners/prikbord/antwoord/\S+?/)>?\s", text + "\n")[1]


def test_answering_by_link_needs_no_sign_in_and_reaches_who_asked(client, settings, wijk, els, bas):
    settings.PORTAL_URL = "http://testserver"
    notice = noticeboard.post(wijk, text="Wie kan helpen?", mentioned=[bas], by=els)
    address = link_in(OutboxMessage.objects.get(recipient_email=bas.email).text)

    page = client.get(address)
    once = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    for _twice in range(2):
        client.post(address, {"text": "Ik kom om tien uur.", "once": once})

    reply = Notice.objects.get(parent=notice)
    assert (reply.author, reply.text) == (bas, "Ik kom om tien uur.")
    assert mails_to(els) == ["Bas Smit noemt u op het prikbord van Centrum"]


def test_a_link_ends_with_its_time_with_the_role_and_with_the_message(client, settings, wijk, els, bas):
    settings.PORTAL_URL = "http://testserver"
    notice = noticeboard.post(wijk, text="Wie kan helpen?", mentioned=[bas], by=els)
    address = link_in(OutboxMessage.objects.get(recipient_email=bas.email).text)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        too_late = client.get(address).status_code
    broken = client.get(address[:-4] + "xxx/").status_code
    bas.role_assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    left = client.get(address).status_code
    bas.role_assignments.update(ends_on=None)
    noticeboard.take_down(notice, reason="Dubbel.", by=els)
    answer = client.post(address, {"text": "Ik kom."})

    assert (too_late, broken, left) == (410, 404, 404)
    assert "van het prikbord gehaald" in answer.content.decode()
    assert not Notice.objects.filter(parent=notice).exists()


def test_the_writer_is_warned_and_changes_the_text_or_says_why_it_stays(client, wijk, els):
    sign_in(client, els)
    address = reverse("partners:new_notice")
    text = "Mevrouw Jansen (06 12345678, bsn 123456782) zoekt hulp, mail jan@voorbeeld.example"

    warned = client.post(address, {"text": text}).content.decode()
    assert not Notice.objects.exists()
    for piece in ("Mevrouw Jansen", "06 12345678", "123456782", "jan@voorbeeld.example"):
        assert f"“{piece}”" in warned
    assert text in warned.replace("&amp;", "&")

    token = re.search(r'name="warned_of"[^>]*value="([^"]+)"', warned)[1]
    without_reason = client.post(address, {"text": text, "warned_of": token, "because": ""})
    assert without_reason.status_code == 200
    other_words = client.post(address, {"text": text + " Piet de Boer", "warned_of": token, "because": "Mag."})
    assert other_words.status_code == 200

    confirmed = client.post(address, {"text": text, "warned_of": token, "because": "Dit is een oefening."})
    assert confirmed.status_code == 302
    event = Event.objects.get(action="partners.notice_confirmed")
    assert (event.text, event.new["kinds"]) == ("Dit is een oefening.", ["bsn", "email", "name", "phone"])
    assert "Jansen" not in str(Event.objects.values_list("text", "old", "new", "subject_label"))


def test_names_of_colleagues_partners_and_places_are_no_secret(client, wijk, els, bas):
    sign_in(client, els)

    answer = client.post(
        reverse("partners:new_notice"),
        {"text": "Bas Smit en Els Bakker staan zaterdag in de Jan Steenstraat. Bel 14 078."},
    )

    assert answer.status_code == 302


def test_a_name_with_a_title_is_told_once(wijk):
    pieces = [each.piece for each in private_pieces("Mevrouw Annie de Bakker zoekt hulp, meneer Smit ook.")]

    assert pieces == ["Mevrouw Annie de Bakker", "meneer Smit"]


def test_what_was_taken_down_takes_no_answer(client, wijk, els, bas):
    notice = noticeboard.post(wijk, text="Wie heeft een tent?", mentioned=[bas], by=els)
    noticeboard.post(wijk, text="Wij hebben er een.", parent=notice, by=bas)
    noticeboard.take_down(notice, reason="Dubbel.", by=els)
    sign_in(client, bas)

    page = client.get(notice.get_absolute_url()).content.decode()

    assert "Dit bericht is weggehaald." in page
    assert "Wij hebben er een." in page
    assert "Antwoord plaatsen" not in page


def test_what_is_taken_down_is_gone_everywhere_except_who_did_it_and_why(wijk, els, bas):
    coordinator = CoordinatorFactory(wijk=wijk)
    notice = noticeboard.post(wijk, text="Buurman Piet is ziek", mentioned=[bas], by=els)
    digest.send_digests(timezone.localdate())

    noticeboard.take_down(notice, reason="Gaat over een bewoner.", by=coordinator)

    assert Notice.objects.get(pk=notice.pk).text == ""
    assert not OutboxMessage.objects.filter(text__contains="Piet").exists()
    assert not DigestItem.objects.exists()
    event = Event.objects.get(action="partners.notice_removed")
    assert (event.actor_label, event.text) == (str(coordinator), "Gaat over een bewoner.")
    with pytest.raises(WorkflowError, match="van het prikbord gehaald"):
        noticeboard.post(wijk, text="Hoe gaat het?", parent=notice, by=bas)


def test_after_a_year_the_clock_really_deletes_a_conversation_with_every_copy(wijk, els, bas):
    old, lively = NoticeFactory(wijk=wijk, text="Oud nieuws"), NoticeFactory(wijk=wijk)
    noticeboard.post(wijk, text="Antwoord dat ook oud is", parent=old, mentioned=[bas], by=els)
    Notice.objects.update(posted_at=timezone.now() - timedelta(days=366))
    noticeboard.post(wijk, text="Dit loopt nog", parent=lively, by=els)

    tasks.delete_old_notices()
    tasks.delete_old_notices()

    assert set(Notice.objects.values_list("text", flat=True)) == {lively.text, "Dit loopt nog"}
    assert not OutboxMessage.objects.filter(text__contains="ook oud").exists()
    assert Event.objects.filter(action="partners.notices_deleted").count() == 1


def test_unread_comes_first_and_reading_is_remembered(client, wijk, els, bas):
    first = noticeboard.post(wijk, text="Eerste", by=els)
    noticeboard.post(wijk, text="Tweede", by=els)
    sign_in(client, bas)
    client.get(reverse("partners:notice", args=[first.pk]))

    board = client.get(reverse("partners:noticeboard")).content.decode()
    assert board.index("Tweede") < board.index("Eerste")
    assert "1 ongelezen bericht" in board
    client.post(reverse("partners:read_notices"))
    assert "Alles is gelezen" in client.get(reverse("partners:noticeboard")).content.decode()

    noticeboard.post(wijk, text="Antwoord", parent=first, by=els)
    board = client.get(reverse("partners:noticeboard")).content.decode()
    assert board.index("Eerste") < board.index("Tweede")


def test_what_no_longer_holds_is_at_the_bottom(client, wijk, els):
    NoticeFactory(wijk=wijk, text="Voorbij", until_on=timezone.localdate() - timedelta(days=1))
    NoticeFactory(wijk=wijk, text="Ouder", posted_at=timezone.now() - timedelta(days=9))
    sign_in(client, els)

    board = client.get(reverse("partners:noticeboard")).content.decode()

    assert board.index("Ouder") < board.index("Voorbij")
    assert "Gold tot en met" in board
