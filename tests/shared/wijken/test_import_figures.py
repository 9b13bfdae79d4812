from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.wijken import BuurtFactory, WijkFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "code;variabele;waarde\nWK123401;aantal_inwoners;120\nWK123401;mannen;6\nBU12340101;aantal_inwoners;80\nGM1234;aantal_inwoners;5\n",
        '"WijkenEnBuurten","AantalInwoners_5"\n"WK123401  ",120\n"BU12340101",80\n"GM1234    ",500\n',
        "Codering_3;AantalInwoners_5\n123401;120\n12340101;80\n;\nGM1234;500\n",
    ],
)
def test_inhabitants_are_read_from_a_row_or_a_column_per_figure(tmp_path, text):
    wijk, buurt = WijkFactory(code="WK123401"), BuurtFactory(code="BU12340101")
    path = tmp_path / "kerncijfers.csv"
    path.write_text(text)

    for said in ("2 updated, 0 unchanged, 1 of unknown areas\n", "0 updated, 2 unchanged, 1 of unknown areas\n"):
        output = StringIO()
        call_command("import_figures", path, stdout=output)
        assert output.getvalue() == said

    wijk.refresh_from_db()
    buurt.refresh_from_db()
    assert (wijk.inhabitants, buurt.inhabitants) == (120, 80)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a;b\n1;2\n", "expected a column with CBS codes"),
        ("code;aantal_inwoners\nWK000001;5\n", "no number of inhabitants"),
    ],
)
def test_a_file_without_figures_is_refused(tmp_path, text, message):
    path = tmp_path / "kerncijfers.csv"
    path.write_text(text)

    with pytest.raises(CommandError, match=message):
        call_command("import_figures", path)
