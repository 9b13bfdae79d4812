"""After the activity: the recipient tells how it went, and gives us a mark."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shared import links
from shared.lifecycle import WorkflowError
from shared.ui import limits
from subsidies.enums import AWARDED
from subsidies.forms.report import EvaluationForm, ReportForm
from subsidies.letters.after import EVALUATION
from subsidies.models import Application, Evaluation, Report
from subsidies.views.case import Visit, visit_by_link, visit_own
from subsidies.workflow.after import evaluation
from subsidies.workflow.after.sending import receive_report

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """How it went, by who signed in."""
    return _report(request, visit_own(request, reference))


@login_not_required
@never_cache
@require_http_methods(METHODS)
def report_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a letter."""
    return _report(request, visit_by_link(token))


@login_not_required
@never_cache
@require_http_methods(METHODS)
def evaluate(request: HttpRequest, token: str) -> HttpResponse:
    """One mark for how we did; who answered sees that, and the question is gone."""
    values = links.read(EVALUATION, token)
    asked = get_object_or_404(
        Evaluation.objects.select_related("application__scheme"),
        application=values["application"],
        application__email=values["email"],
    )
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not asked.answered_at:
        limits.count("confirm", request)
        evaluation.answer(asked.application, **form.cleaned_data)
        return redirect(request.path)
    return render(request, "subsidies/evaluate.html", {"form": form, "asked": asked, "application": asked.application})


def _report(request: HttpRequest, visit: Visit) -> HttpResponse:
    application = visit.application
    expected = _expected(application)
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        report=expected,
        initial={"shows_result": application.shows_result},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.once.perform(lambda: _received(visit, form))
        messages.success(request, _("Dank u wel. Wij hebben uw verslag ontvangen. U krijgt een bevestiging."))
        return redirect(visit.url)
    return render(
        request, "subsidies/report.html", {"form": form, "application": application, "visit": visit, "report": expected}
    )


def _received(visit: Visit, form: ReportForm) -> str:
    receive_report(visit.application, form.answers, by=visit.by)
    return visit.url


def _expected(application: Application) -> Report:
    """The report that is asked; a second sending of one that came finds its result by the token of the form."""
    found = Report.objects.filter(application=application).first()
    if found is None or application.status not in AWARDED:
        raise WorkflowError(_("Voor deze aanvraag hoeft u nu geen verslag te sturen."))
    if found.is_judged:
        raise WorkflowError(_("Wij hebben uw verslag al bekeken. U hoeft niets meer te sturen."))
    found.application = application
    return found
