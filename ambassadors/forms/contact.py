"""A contact in a few words: who, what, and what we will do."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.policies import may_use_board
from ambassadors.querysets import departments_of
from shared.accounts.models import Department, User
from shared.accounts.policies import wijken_of
from shared.review.forms import long_text
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from shared.wijken.models import Wijk


class ContactForm(OnceToken, PortalForm):
    """Who spoke with whom about what; a day in the future makes it an appointment."""

    submit_label = gettext_lazy("Bewaren")

    department = forms.ModelChoiceField(
        Department.objects.none(), label=gettext_lazy("Afdeling"), empty_label=gettext_lazy("Kies een afdeling")
    )
    wijk = forms.ModelChoiceField(
        Wijk.objects.none(),
        label=gettext_lazy("Wijk"),
        required=False,
        empty_label=gettext_lazy("Geen bepaalde wijk: alle coördinatoren kunnen dit lezen"),
    )
    held_on = SplitDateField(
        label=gettext_lazy("Wanneer?"), help_text=gettext_lazy("Een dag die nog komt, is een afspraak.")
    )
    with_whom = forms.CharField(
        label=gettext_lazy("Met wie?"),
        max_length=150,
        help_text=gettext_lazy(
            "Een collega of organisatie. Noem geen namen van bewoners. Is het een afspraak, dan krijgt de coördinator "
            "van de wijk bericht. Hoort die bij geen wijk, dan krijgen alleen coördinatoren bericht die u hier noemt."
        ),
    )
    text = long_text(gettext_lazy("Waarover?"), rows=4)
    follow_up = forms.CharField(label=gettext_lazy("Wat spraken we af?"), max_length=300, required=False)
    follow_up_on = SplitDateField(label=gettext_lazy("Klaar vóór of op"), required=False)
    error_texts: ClassVar = {
        "department": {"required": gettext_lazy("Kies een afdeling")},
        "with_whom": {"required": gettext_lazy("Vul in met wie u sprak of gaat spreken")},
        "text": {"required": gettext_lazy("Schrijf in een paar woorden waar het over gaat")},
    }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments: Any = self.fields["department"]
        mine = Department.objects.filter(pk__in=departments_of(user))
        departments.queryset = Department.objects.all() if may_use_board(user) else mine
        departments.initial = mine.first() if mine.count() == 1 else None
        wijken: Any = self.fields["wijk"]
        wijken.queryset = Wijk.objects.current().without_geometry()
        wijken.initial = wijken_of(user).first() if wijken_of(user).count() == 1 else None
        wijken.hide_optional = True
        self.fields["held_on"].initial = today()

    def clean(self) -> dict[str, Any]:
        """A day belongs to something that is to be done."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("follow_up_on") and not cleaned.get("follow_up"):
            self.add_error("follow_up", _("Schrijf wat er vóór die dag klaar moet zijn"))
        return cleaned
