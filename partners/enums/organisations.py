"""What kind of organisation a wijkpartner is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    """The kinds by which the directory is grouped."""

    RESIDENTS = "residents", _("bewonersgroep of bewonersplatform")
    WELFARE = "welfare", _("welzijn")
    HOUSING = "housing", _("woningcorporatie")
    SCHOOL = "school", _("school of kindcentrum")
    SPORTS = "sports", _("sport")
    CULTURE = "culture", _("cultuur en erfgoed")
    LIBRARY = "library", _("bibliotheek")
    CARE = "care", _("zorg en ouderenzorg")
    YOUTH = "youth", _("jeugd en gezin")
    FAITH = "faith", _("kerk of geloofsgemeenschap")
    POLICE = "police", _("politie en veiligheid")
    ENVIRONMENT = "environment", _("afval, energie en groen")
    BUSINESS = "business", _("winkel of bedrijf")
    MUNICIPALITY = "municipality", _("gemeente")
    OTHER = "other", _("andere organisatie")
