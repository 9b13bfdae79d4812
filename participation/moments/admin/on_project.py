"""What moments add to the file of a project: the moments themselves, and the evaluation by the handbook's criteria."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.admin.registry import DESK
from participation.enums import CheckStatus
from participation.models import Project
from participation.moments import cards, policies, workflow
from participation.moments.forms.organise import EvaluationForm
from participation.moments.models import Evaluation, Moment
from participation.policies import current_check, may_carry
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.review.desk import Part, Seen, StepPage


def _moments(case: Project, request: HttpRequest) -> dict[str, Any]:
    moments = Moment.objects.filter(project=case).select_related("project")
    return {
        "moments": [(moment, moment.when, cards.opinion(moment)) for moment in moments],
        "evaluations": Evaluation.objects.filter(check_of__project=case).select_related("check_of"),
        "may_organise": policies.may_organise(request.user, case),
    }


def _evaluate(case: Project, form: Any, seen: Seen) -> object:
    check = current_check(case)
    if check is None:
        raise WorkflowError(_("Er is nog geen check."))
    answers = {name: form.cleaned_data[name] for name in ("went_well", "lessons")}
    return workflow.evaluate(check, verdicts=form.verdicts, **answers, **seen.as_arguments())


def _why_not(case: Project, user: User) -> str:
    check = current_check(case)
    if check is None:
        return _("Er is nog geen check.")
    return policies.why_not_evaluate(check) or ("" if may_carry(user, case) else _("Dit doet de projectleider."))


def _concerns(case: Project, user: User) -> bool:
    check = current_check(case)
    return check is not None and check.status == CheckStatus.FED_BACK


DESK.show_on_file(Part("momenten", "admin/moments/moment/_on_project.html", _moments, 15))
# In the place of the step without questions that the register has by itself.
DESK.register(
    StepPage(
        "geevalueerd",
        gettext_lazy("Participatie evalueren"),
        gettext_lazy("Evaluatie vastleggen"),
        _evaluate,
        _why_not,
        EvaluationForm,
        explains=gettext_lazy(
            "Hooguit één punt is onvoldoende, en een punt dat goed ging maakt dat goed. De tekst komt op de website."
        ),
        silent=True,
        position=34,
        concerns=_concerns,
    )
)
