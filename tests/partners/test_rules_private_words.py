"""What looks like a person in a text, and what only seems to."""

import pytest

from partners.enums.noticeboard import PrivateKind
from partners.rules.private_words import private_pieces

KNOWN = [
    "Centrum",
    "De Volgerlanden",
    "Oostendam",
    "Sandelingen-Ambacht",
    "Rivas Zorggroep",
    "Stichting Welzijn Ambacht",
    "Els Bakker",
    "Bas Smit",
]

NAMES = """
Jan van Dijk
Piet Groeneveld
Els Oosterhuis
Willem Versteeg
Maria Verkerk
Siem Verhoeven
Marijn Kuipers
Anna de Vries
Jan van Wijk
Fatima El Amrani
Ahmed Yilmaz
Mohamed Ben Ali
Kees van der Berg
Henk Kerkhof
Sophie van den Brink
Johan Verbrug
Anja Dijk
Emma Oostendam
Mevrouw Jansen
mevrouw A. Jansen
dhr. De Vries
meneer Smit
de heer Van Dam
familie El Amrani
fam. Bakker
S. de Vries
A.B. Jansen
J.P. van der Meer
"""

NO_NAMES = """
Wij staan zaterdag in de Jan Steenstraat.
De Anna van Burenlaan krijgt nieuwe bomen.
Op de Johan Willem Frisokade ligt afval.
Bas Smit en Els Bakker komen ook.
Rivas Zorggroep en Stichting Welzijn Ambacht helpen mee.
In De Volgerlanden en Oostendam is het schoon.
Zie punt A. De markt is op dinsdag.
Vrijdag Open Dag in het Cultuurhuis.
Van Nelle heeft koffie. De Oude Kerk is open.
Bel 112 of 14 078.
De kosten zijn 1.234.567 euro.
Het dossier heet 2026-00012.
Op 12-05-2026 lopen wij samen.
Burendag Hendrik-Ido-Ambacht
De Gemeente Hendrik-Ido-Ambacht betaalt.
"""


@pytest.mark.parametrize("name", NAMES.strip().splitlines())
@pytest.mark.parametrize("sentence", ["Vandaag zagen wij {} bij de school.", "{} zoekt hulp."])
def test_a_name_is_told(name, sentence):
    found = private_pieces(sentence.format(name), KNOWN)

    assert [each.kind for each in found] == [PrivateKind.NAME]
    assert found[0].piece in name or name in found[0].piece


@pytest.mark.parametrize("text", NO_NAMES.strip().splitlines())
def test_what_only_looks_like_one_is_let_through(text):
    assert private_pieces(text, KNOWN) == []


@pytest.mark.parametrize("number", ["123456782", "123-456-782", "123.456.782", "123 456 782", "1234-56-782"])
def test_a_citizen_number_is_told_however_it_is_written(number):
    assert [each.piece for each in private_pieces(f"bsn {number}.")] == [number]


@pytest.mark.parametrize("number", ["123456789", "1234567820", "12-345-6782", "123-456.782"])
def test_nine_other_digits_are_no_citizen_number(number):
    assert not [each for each in private_pieces(f"kenmerk {number}.") if each.kind == PrivateKind.BSN]
