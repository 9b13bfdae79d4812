"""The pages of signing in that allauth does not have."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import RequestLoginCodeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shared.accounts import return_to, second_factor, workflow


class SignIn(RequestLoginCodeView):
    """The one page to sign in: a code for everybody of whom something is kept."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Who joined or follows something never needed an account, and may still see what is kept."""
        form._user = form._user or workflow.held_resident(form.cleaned_data["email"])
        answer: HttpResponse = super().form_valid(form)
        return answer


@never_cache
@require_GET
def continue_form(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the session ended; its writer sends it, nobody else does."""
    kept = return_to.kept(request)
    if kept is None:
        return redirect(get_adapter().get_login_redirect_url(request))
    return render(request, "accounts/continue_form.html", {"kept": kept})


@never_cache
@require_GET
def onward(request: HttpRequest) -> HttpResponse:
    """From setting up a second factor to where somebody was going."""
    goal = request.session.pop(second_factor.ONWARD, None)
    return redirect(goal or get_adapter().get_login_redirect_url(request))
