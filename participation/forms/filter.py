"""What visitors may ask of the list of projects: plain GET parameters; what makes no sense is left out."""

from collections.abc import Container, Mapping

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.enums import PhaseKind
from participation.moments.models import Moment
from participation.querysets import ProjectQuerySet
from shared.themes.models import Theme
from shared.ui.fields import PostcodeField
from shared.wijken.lookup import propose
from shared.wijken.models import Wijk


class ProjectFilterForm(forms.Form):
    """Around a postcode, wijk, phase, theme, and whether one can take part now."""

    use_required_attribute = False

    postcode = PostcodeField(label=_("Uw postcode"), required=False)
    wijk = forms.ChoiceField(label=_("Wijk"), required=False)
    fase = forms.ChoiceField(label=_("Fase"), required=False, choices=[("", _("Alle fasen")), *PhaseKind.choices])
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    meedoen = forms.ChoiceField(
        label=_("Meedoen"), required=False, choices=[("", _("Alle projecten")), ("nu", _("U kunt nu meedoen"))]
    )

    def __init__(self, data: Mapping[str, str], *, wijken: list[Wijk], themes: list[Theme]) -> None:
        super().__init__(data)
        self.fields["wijk"].choices = [("", _("Alle wijken")), *((wijk.slug, wijk.short_name) for wijk in wijken)]
        self.fields["thema"].choices = [("", _("Alle thema's")), *((theme.slug, theme.label) for theme in themes)]
        self.is_valid()

    def clean_postcode(self) -> str:
        """One of the municipality: only there its projects are near."""
        postcode: str = self.cleaned_data["postcode"]
        if postcode and not propose(postcode).candidates:
            raise forms.ValidationError(_("Deze postcode kennen wij niet. Kies een wijk."))
        return postcode

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked and understood, by parameter."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, projects: ProjectQuerySet, *, leave_out: Container[str] = ()) -> ProjectQuerySet:
        """Keep what was asked for; a project for the whole municipality is near everybody."""
        chosen = {name: value for name, value in self.chosen.items() if name not in leave_out}
        if "postcode" in chosen:
            near = {buurt.wijk_id for buurt in propose(chosen["postcode"]).candidates}
            projects = projects.filter(in_wijken(Wijk.objects.filter(pk__in=near)))
        if "wijk" in chosen:
            projects = projects.filter(in_wijken(Wijk.objects.filter(slug=chosen["wijk"])))
        if "fase" in chosen:
            projects = projects.filter(phase=chosen["fase"])
        if "thema" in chosen:
            projects = projects.filter(themes__slug=chosen["thema"])
        if "meedoen" in chosen:
            projects = projects.filter(pk__in=Moment.objects.public().coming(timezone.now()).values("project"))
        return projects.distinct()


def in_wijken(wijken: QuerySet[Wijk] | list[Wijk]) -> Q:
    """Projects in these wijken, or in a buurt of them; those without a place are everywhere."""
    near = Q(wijken__in=wijken) | Q(buurten__wijk__in=wijken)
    return near | Q(wijken__isnull=True, buurten__isnull=True)
