"""Why a file is not taken: one Dutch sentence per cause, naming the file and what to do."""

from django.utils.translation import gettext as _

from shared.lifecycle import WorkflowError

# Of one file, as sent.
MAX_BYTES = 10 * 1024 * 1024
MAX_MEGABYTES = MAX_BYTES // 1024 // 1024


class UploadRefused(WorkflowError):
    """A file that the portal does not take. The message is for the person who sent it."""


def empty(name: str) -> UploadRefused:
    """There is nothing in it."""
    return UploadRefused(_("“%(name)s” is leeg. Kies een ander bestand.") % {"name": name})


def too_large(name: str, *, photos_only: bool = False) -> UploadRefused:
    """More than the limit."""
    text = _("“%(name)s” is te groot. Kies een foto of PDF van %(size)s MB of minder.")
    if photos_only:
        text = _("“%(name)s” is te groot. Kies een foto van %(size)s MB of minder.")
    return UploadRefused(text % {"name": name, "size": MAX_MEGABYTES})


def too_many_pixels(name: str) -> UploadRefused:
    """A picture that would take the memory of the server, by accident or on purpose."""
    return UploadRefused(
        _("“%(name)s” heeft te veel beeldpunten. Maak de foto kleiner en kies hem opnieuw.") % {"name": name}
    )


def wrong_type(name: str, *, photos_only: bool = False) -> UploadRefused:
    """Not one of the kinds that are asked for, whatever the name says."""
    if photos_only:
        return UploadRefused(_("“%(name)s” is geen foto. Kies een JPG, PNG, HEIC of WEBP.") % {"name": name})
    return UploadRefused(_("“%(name)s” is geen foto of PDF. Kies een JPG, PNG, HEIC, WEBP of PDF.") % {"name": name})


def damaged(name: str) -> UploadRefused:
    """The kind is right but it does not open."""
    return UploadRefused(
        _("“%(name)s” is beschadigd. Open het bestand, sla het opnieuw op en kies het nog eens.") % {"name": name}
    )


def protected(name: str) -> UploadRefused:
    """Opening it needs a password."""
    return UploadRefused(_("Op “%(name)s” zit een wachtwoord. Kies een PDF zonder wachtwoord.") % {"name": name})


def infected(name: str) -> UploadRefused:
    """The scanner knows it as malicious."""
    return UploadRefused(
        _("In “%(name)s” zit een virus. Wij hebben het bestand niet bewaard. Kies een ander bestand.") % {"name": name}
    )


def not_checked(name: str) -> UploadRefused:
    """The scanner is away; taking the file unseen is not an option."""
    text = _("Wij kunnen “%(name)s” nu niet controleren. Probeer het straks opnieuw, of ga verder zonder dit bestand.")
    return UploadRefused(text % {"name": name})


def too_many(names: list[str], most: int) -> UploadRefused:
    """More files than one form takes."""
    text = _("U kunt hooguit %(most)s bestanden meesturen. Niet bewaard: %(names)s.")
    return UploadRefused(text % {"most": most, "names": ", ".join(names)})


def gone(name: str) -> UploadRefused:
    """Kept for the form before, but swept since, or taken by another case."""
    return UploadRefused(_("“%(name)s” is niet meer bewaard. Kies dit bestand opnieuw.") % {"name": name})
