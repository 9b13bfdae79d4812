"""A sample case, to see how a text reads in a letter before it goes to anybody. Nothing of it is saved."""

from shared import municipality
from shared.notifications import printing
from shared.notifications.compose import compose
from shared.terms.calendar import today
from subsidies.letters.texts import fill_in, sample_values
from subsidies.models import LetterText


def sample_text(row: LetterText) -> str:
    """The text as it reads in the sample case."""
    return fill_in(row.body, sample_values())


def sample_pdf(row: LetterText) -> bytes:
    """The text on the municipality's paper, with what stands around it in short."""
    values = sample_values()
    letter = compose("subsidies/letters/sample.txt", {"values": values, "text": sample_text(row)})
    sheet = printing.Sheet(
        address=(values["naam"], "Kerkstraat 12", f"3342 AC  {municipality.current().name}"),
        day=today(),
        subject=letter.subject,
        blocks=letter.blocks,
        reference=values["nummer"],
    )
    return printing.paper([sheet], title=letter.subject)
