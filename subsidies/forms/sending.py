"""The signature below the check page."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from subsidies.models import SchemeVersion
from subsidies.questions import old_enough


class SendForm(OnceToken, PortalForm):
    """Who sends an application, signs it (Awb article 4:2)."""

    submit_label = gettext_lazy("Onderteken en verstuur")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "declared": {"required": gettext_lazy("Zet een vinkje als alles klopt")}
    }

    declared = forms.BooleanField(
        label=gettext_lazy("Ik heb alles naar waarheid ingevuld"),
        help_text=gettext_lazy("Dit vinkje telt samen met de knop als uw handtekening."),
    )

    def __init__(self, *args: Any, version: SchemeVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if oldness := old_enough(version):
            self.fields["declared"].help_text = f"{oldness} {self.fields['declared'].help_text}"
