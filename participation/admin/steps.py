"""The steps of a check, from concept to closed, on the file of its project."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation import policies, workflow
from participation.admin.registry import DESK
from participation.enums import CHECK_IN_PREPARATION, CheckStatus
from participation.forms import steps as forms
from participation.forms.check import CheckForm
from participation.models import ParticipationCheck, Project
from participation.policies import current_check
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.review.desk import Seen, StepPage, WhyNot

Check = ParticipationCheck
T = gettext_lazy


def _check(project: Project) -> Check:
    found = current_check(project)
    if found is None:
        raise WorkflowError(_("Er is nog geen check."))
    return found


def _of_check(why_not: Callable[[User, Check], str]) -> WhyNot:
    """Ask a policy about the check that is worked on."""

    def refusal(project: Project, user: User) -> str:
        check = current_check(project)
        return why_not(user, check) if check else _("Er is nog geen check.")

    return refusal


def _act(function: Callable[..., object], *names: str) -> Callable[[Project, Any, Seen], object]:
    """Call a workflow function on the check with these answers of the form."""
    return lambda project, form, seen: function(
        _check(project), **{name: form.cleaned_data[name] for name in names}, **seen.as_arguments()
    )


def _save(project: Project, form: CheckForm, seen: Seen) -> object:
    return workflow.save_check(
        _check(project), form.answers, groups=form.groups, moments=form.moments, **seen.as_arguments()
    )


def _in(*statuses: CheckStatus) -> Callable[[Project, User], bool]:
    def concerns(project: Project, user: User) -> bool:
        check = current_check(project)
        return check is not None and check.status in statuses

    return concerns


def _needs_new(project: Project, user: User) -> bool:
    check = current_check(project)
    return project.is_active and (check is None or check.status not in CHECK_IN_PREPARATION)


def _start_title(project: Project) -> Any:
    return T("Check beginnen") if current_check(project) is None else T("Nieuwe versie van de check")


DRAFTED = (CheckStatus.DRAFT, CheckStatus.RETURNED)
DESK.register(
    StepPage(
        "check-beginnen",
        T("Check beginnen"),
        T("Beginnen"),
        lambda project, form, seen: workflow.start_check(project, **seen.as_arguments()),
        lambda project, user: policies.why_not_start_check(user, project),
        explains=T(
            "Een nieuwe versie begint met de vorige antwoorden. De oude blijft gelden tot de nieuwe is vastgesteld."
        ),
        title_for=_start_title,
        silent=True,
        main=True,
        position=10,
        concerns=_needs_new,
    ),
    StepPage(
        "check-invullen",
        T("Check invullen"),
        T("Antwoorden bewaren"),
        _save,
        _of_check(policies.why_not_write),
        CheckForm,
        explains=T("U kunt stoppen en later verdergaan: wat u openlaat, vult u later in."),
        silent=True,
        main=True,
        position=12,
        concerns=_in(*DRAFTED),
        template="admin/participation/project/check.html",
    ),
    StepPage(
        "check-insturen",
        T("Naar de ambassadeur"),
        T("Naar de ambassadeur sturen"),
        _act(workflow.hand_in),
        _of_check(policies.why_not_hand_in),
        explains=T("De ambassadeur van uw afdeling kijkt of alles erin staat."),
        main=True,
        position=14,
        concerns=_in(*DRAFTED),
    ),
    StepPage(
        "check-compleet",
        T("Compleet: vraag advies"),
        T("Advies vragen"),
        _act(workflow.pass_to_coordinator),
        _of_check(policies.why_not_pass),
        explains=T("De wijkcoördinator adviseert over bereik en niveau."),
        main=True,
        position=20,
        concerns=_in(CheckStatus.AMBASSADOR),
    ),
    StepPage(
        "check-adviseren",
        T("Advies geven"),
        T("Advies geven"),
        _act(workflow.advise, "text", "level"),
        _of_check(policies.why_not_advise),
        forms.AdviseForm,
        main=True,
        position=22,
        concerns=_in(CheckStatus.ADVICE),
    ),
    StepPage(
        "check-terugsturen",
        T("Terugsturen"),
        T("Terugsturen"),
        _act(workflow.send_back, "text"),
        _of_check(policies.why_not_return),
        forms.ReturnForm,
        explains=T("De projectleider krijgt uw uitleg en kan de antwoorden aanpassen."),
        main=True,
        position=24,
        concerns=_in(CheckStatus.AMBASSADOR, CheckStatus.ADVICE, CheckStatus.ADVISED),
    ),
    StepPage(
        "check-vaststellen",
        T("Vaststellen"),
        T("Vaststellen"),
        _act(workflow.confirm, "signer", "signer_name", "signed_on", "reference"),
        _of_check(policies.why_not_confirm),
        forms.ConfirmForm,
        explains=T(
            "Leg vast wie heeft vastgesteld, op welke dag en met welk besluit. Daarna verandert er niets meer aan."
        ),
        main=True,
        position=26,
        concerns=_in(CheckStatus.ADVISED),
    ),
    StepPage(
        "check-publiceren",
        T("Check publiceren"),
        T("Op de website zetten"),
        _act(workflow.publish_check),
        _of_check(policies.why_not_publish),
        explains=T("Iedereen kan lezen wat vastligt, wat open is, en hoe mensen kunnen meedoen."),
        silent=True,
        main=True,
        position=28,
        concerns=_in(CheckStatus.CONFIRMED),
    ),
    StepPage(
        "participatie-begint",
        T("Participatie begint"),
        T("Participatie begint"),
        _act(workflow.run),
        _of_check(policies.why_not_run),
        explains=T("Vanaf nu kunnen mensen meedoen. Dit gaat vanzelf als er een moment komt."),
        silent=True,
        position=30,
        concerns=_in(CheckStatus.PUBLISHED, CheckStatus.FED_BACK),
    ),
    StepPage(
        "teruggekoppeld",
        T("Alles is teruggekoppeld"),
        T("Alles is teruggekoppeld"),
        _act(workflow.feed_back),
        _of_check(policies.why_not_feed_back),
        explains=T("Iedereen die meedeed, hoorde wat wij hebben gehoord, wat wij ermee doen, en wat niet en waarom."),
        silent=True,
        position=32,
        concerns=_in(CheckStatus.RUNNING),
    ),
    StepPage(
        "geevalueerd",
        T("Participatie is geëvalueerd"),
        T("Participatie is geëvalueerd"),
        _act(workflow.evaluate),
        _of_check(policies.why_not_evaluate),
        silent=True,
        position=34,
        concerns=_in(CheckStatus.FED_BACK),
    ),
    StepPage(
        "check-sluiten",
        T("Check sluiten"),
        T("Check sluiten"),
        _act(workflow.close),
        _of_check(policies.why_not_close),
        explains=T(
            "Er hoeft niets meer voor deze check. Hij blijft te lezen op de website, en er verandert niets meer."
        ),
        silent=True,
        position=36,
        concerns=_in(CheckStatus.PUBLISHED, CheckStatus.EVALUATED),
    ),
    StepPage(
        "check-vervalt",
        T("Check laten vervallen"),
        T("Laten vervallen"),
        _act(workflow.lapse, "reason"),
        _of_check(policies.why_not_lapse),
        forms.ReasonForm,
        position=80,
        concerns=_in(*CHECK_IN_PREPARATION),
    ),
)
