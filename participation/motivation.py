"""The paragraph about participation for a council paper, as plain blocks: screen, DOCX, ODT and text say the same.

Two forms. The *kennisgeving participatie* says beforehand who is involved, about what, when, and which part authority
and initiator play, and where to find more (Omgevingswet 5.47(4), Omgevingsbesluit 5.3). The *motivering participatie*
says in the decision how people were involved, what was done with the results and how the own policy was followed
(Omgevingsbesluit 10.2). Which of these a paper may name, or only the own rules, is in `legal_basis`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from ambassadors.models import AdviceRequest
from participation.enums import Level, Outcome
from participation.legal_basis import Paper, basis
from participation.models import ParticipationCheck, Project
from shared import municipality
from shared.links import absolute
from shared.terms.calendar import today
from shared.ui.notations import phone_text


@dataclass(frozen=True)
class Heading:
    """A heading under the title."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A piece of running text."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[str, ...]


Block = Heading | Paragraph | Items


@dataclass(frozen=True)
class Document:
    """A paper with its blocks in reading order."""

    title: str
    subject: str
    blocks: tuple[Block, ...]
    name: str


# What was heard and done, per project; the moments add theirs: (heading, sentences).
RESULTS: list[Callable[[Project], Iterable[str]]] = []
# What was announced and is still to come, per project, with day and place.
DATES: list[Callable[[Project], Iterable[str]]] = []


def document(project: Project, paper: Paper) -> Document:
    """The paper for this project, from its newest signed check."""
    check = project.checks.signed().order_by("-number").first()
    write = _notice if paper is Paper.NOTICE else _motivation
    blocks = tuple(write(project, check)) if check else (Paragraph(_no_check(project)),)
    return Document(
        paper.heading, f"{project.reference} {project.title}", blocks, f"{paper}-{project.reference.lower()}"
    )


def _no_check(project: Project) -> str:
    return _("Voor dit project is nog geen participatiecheck vastgesteld.")


def _notice(project: Project, check: ParticipationCheck) -> Iterator[Block]:
    yield Paragraph(_("Grondslag: %(basis)s.") % {"basis": basis(Paper.NOTICE, project, check)})
    yield Heading(_("Waar gaat het over?"))
    yield Paragraph(project.summary)
    yield Paragraph(check.decision_text)
    if check.outcome == Outcome.NONE:
        yield Heading(_("Waarom is er geen participatie?"))
        yield Paragraph(_none(check))
    else:
        yield Heading(_("Wie worden betrokken?"))
        yield from _who(check)
        yield Heading(_("Waarover kunnen mensen meepraten?"))
        yield from _what(check)
    yield Heading(_("Wanneer?"))
    yield from _when(project, check)
    yield Heading(_("Wie doet wat?"))
    yield Paragraph(
        _(
            "De %(name)s neemt het initiatief en organiseert de participatie (afdeling %(department)s). "
            "Het besluit wordt genomen door: %(body)s."
        )
        % {
            "name": municipality.current().full_name[:1].lower() + municipality.current().full_name[1:],
            "department": project.department,
            "body": project.get_deciding_body_display(),
        }
    )
    yield Heading(_("Waar staat meer informatie?"))
    yield Paragraph(_more(project))


def _motivation(project: Project, check: ParticipationCheck) -> Iterator[Block]:
    approach = municipality.current().participation.approach
    yield Paragraph(_("Grondslag: %(basis)s.") % {"basis": basis(Paper.MOTIVATION, project, check)})
    yield Heading(_("Hoe is eigen beleid gevolgd?"))
    yield Paragraph(
        _("Volgens de %(approach)s is vooraf bekeken of en hoe inwoners en organisaties konden meedoen. %(signed)s")
        % {"approach": approach, "signed": _signed(check)}
    )
    if check.overruled_because:
        yield Paragraph(
            _("Daarbij is afgeweken van het advies van de check: %(why)s") % {"why": check.overruled_because}
        )
    if check.legal_article:
        law = (
            _("De wet sluit participatie uit: %(article)s.")
            if check.law_excludes
            else _("Wettelijke plicht: %(article)s.")
        )
        yield Paragraph(law % {"article": check.legal_article})
    earlier = _earlier(project, check)
    if earlier:
        yield Heading(_("Wat was het niveau in eerdere fasen?"))
        yield Items(tuple(_in_phase(each) for each in earlier))
    yield Heading(_("Hoe zijn mensen betrokken?"))
    if check.outcome == Outcome.NONE:
        yield Paragraph(_("Er was geen participatie. %(why)s") % {"why": _none(check)})
        yield from _advice(project)
        yield from _results(project, (check, *earlier))
        return
    yield from _level(check)
    yield from _who(check)
    yield Heading(_("Wat lag vast en wat was open?"))
    yield from _what(check)
    if check.coordinator_advice:
        yield Heading(_("Advies van de wijkcoördinator"))
        yield Paragraph(check.coordinator_advice)
    yield from _advice(project)
    yield from _results(project, (check, *earlier))


def _earlier(project: Project, check: ParticipationCheck) -> list[ParticipationCheck]:
    """The last signed check of each phase before."""
    signed = project.checks.signed().exclude(phase=check.phase_id).select_related("phase").order_by("number")
    last = {each.phase_id: each for each in signed}
    return sorted(last.values(), key=lambda each: each.phase.position)


def _in_phase(check: ParticipationCheck) -> str:
    words = _("%(phase)s: %(outcome)s") % {"phase": check.phase, "outcome": check.get_outcome_display().lower()}
    if not check.level or check.outcome == Outcome.NONE:
        return words
    return _("%(words)s, niveau %(level)s") % {"words": words, "level": check.get_level_display().lower()}


def _advice(project: Project) -> Iterator[Block]:
    """What departments and others advised; the department stands for the colleague who wrote it."""
    given = tuple(
        _("%(adviser)s: %(verdict)s. %(text)s")
        % {"adviser": each.department or each.adviser, "verdict": each.get_verdict_display(), "text": each.text}
        for each in AdviceRequest.objects.given_about(project).exclude(text="")
    )
    if given:
        yield Heading(_("Welk advies is er gegeven?"))
        yield Items(given)


def _none(check: ParticipationCheck) -> str:
    words = {"reason": check.get_none_reason_display(), "text": check.none_text}
    return _("Reden: %(reason)s. %(text)s") % words


def _signed(check: ParticipationCheck) -> str:
    reference = f" ({check.signature_reference})" if check.signature_reference else ""
    return _(
        "De check is op %(day)s vastgesteld door: %(signer)s, %(name)s%(reference)s. De uitkomst was: %(outcome)s."
    ) % {
        "day": format_date(check.signed_on or today(), "j F Y"),
        "signer": check.get_signer_display(),
        "name": check.signer_name,
        "reference": reference,
        "outcome": check.get_outcome_display(),
    }


def _level(check: ParticipationCheck) -> Iterator[Block]:
    if check.level:
        words = {"level": check.get_level_display(), "promise": Level(check.level).promise}
        yield Paragraph(_("Niveau: %(level)s. Dat betekent: %(promise)s") % words)


def _who(check: ParticipationCheck) -> Iterator[Block]:
    yield Paragraph(check.noticed_by)
    groups = [_group(group.name, group.get_level_display(), group.reached_by) for group in check.groups.all()]
    if groups:
        yield Items(tuple(groups))


def _group(name: str, level: str, way: str) -> str:
    words = _("%(name)s: %(level)s") % {"name": name, "level": level}
    return _("%(words)s. Zij worden zo bereikt: %(way)s") % {"words": words, "way": way} if way else words


def _what(check: ParticipationCheck) -> Iterator[Block]:
    if check.fixed:
        yield Paragraph(_("Vast: %(text)s") % {"text": check.fixed})
    if check.open:
        yield Paragraph(_("Open: %(text)s") % {"text": check.open})
    if not check.open:
        yield Paragraph(_("Er valt in deze fase niets te kiezen. Mensen worden geïnformeerd."))


def _when(project: Project, check: ParticipationCheck) -> Iterator[Block]:
    phases = [
        _("%(phase)s: vanaf %(day)s") % {"phase": phase, "day": format_date(phase.planned_from, "j F Y")}
        for phase in project.phases.all()
        if phase.planned_from
    ]
    moments = [
        _("%(moment)s, rond %(day)s") % {"moment": moment, "day": format_date(moment.planned_on, "j F Y")}
        if moment.planned_on
        else str(moment)
        # One that was announced since has a day and a place of its own.
        for moment in check.planned_moments.exclude(moments__announced_at__isnull=False)
    ]
    announced = [words for source in DATES for words in source(project)]
    found = (*phases, *announced, *moments)
    yield Items(found) if found else Paragraph(_("De dagen worden nog bekendgemaakt."))


def _results(project: Project, checks: Iterable[ParticipationCheck]) -> Iterator[Block]:
    """What was done with what people said; where nobody was asked anything, there is nothing to answer."""
    sentences = [sentence for source in RESULTS for sentence in source(project)]
    if not sentences and all(each.outcome != Outcome.PARTICIPATION for each in checks):
        return
    yield Heading(_("Wat is er met de resultaten gedaan?"))
    if sentences:
        yield Items(tuple(sentences))
    else:
        yield Paragraph(_("Er is nog geen terugkoppeling vastgelegd. Vul dit aan voordat het besluit wordt genomen."))


def _more(project: Project) -> str:
    contact = municipality.current()
    phone = phone_text(project.contact_phone) if project.contact_phone else contact.phone
    who = ", ".join(filter(None, [project.contact_name, phone, project.contact_email or contact.email]))
    if project.is_published:
        return _("Op %(url)s, of bij: %(who)s.") % {"url": absolute(project.get_absolute_url()), "who": who}
    return _("Bij: %(who)s.") % {"who": who}
