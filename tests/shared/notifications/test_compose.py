"""One source, two forms, and no way for a resident to write our markup."""

import re
from html import unescape

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shared import municipality
from shared.notifications import compose, markup
from shared.notifications.markup import Block, LetterIncomplete, Link

SOURCE = """Uw idee “{{ title }}” is binnen

Beste {{ name }},

Dank u wel voor uw idee.
U hoort van ons vóór [dinsdag]({{ url }}).\\
Tot dan.

> {{ words }}

## Wat gebeurt er nu?

{% for step in steps %}- {{ step }}
{% endfor %}
[[Bekijk uw idee]]({{ url }})

Bel [14 078](tel:14078).

-- U krijgt dit omdat u {{ title }} stuurde.
"""
CONTEXT = {
    "title": "Moestuin & meer",
    "name": "Zoë",
    "url": "https://portaal.example/i/?a=1&b=2",
    "words": "Eerste regel\ntweede regel\n\nNieuwe alinea",
    "steps": ["Lezen", "Bellen"],
}
ANYTHING = st.text(
    alphabet=st.one_of(st.sampled_from("[]()>-#\\\n \t{}%*_<&\ue000\ue001"), st.characters()), max_size=60
)


@pytest.fixture
def write(tmp_path, settings):
    """Compose from a source in the test."""

    def write(source: str, **context: object) -> compose.Letter:
        (tmp_path / "letter.txt").write_text(source, encoding="utf-8")
        settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
        compose._engine.cache_clear()
        return compose.compose("letter.txt", context)

    yield write
    compose._engine.cache_clear()


def words_of(html: str) -> str:
    """What a reader of the HTML sees, without spaces."""
    visible = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", "", html)
    return re.sub(r"\s", "", unescape(visible))


def test_the_first_line_is_the_subject_and_the_rest_are_blocks(write):
    letter = write(SOURCE, **CONTEXT)

    link = Link("dinsdag", "https://portaal.example/i/?a=1&b=2")
    assert letter.subject == "Uw idee “Moestuin & meer” is binnen"
    assert letter.blocks == (
        Block("paragraph", ("Beste Zoë,",)),
        Block("paragraph", ("Dank u wel voor uw idee. U hoort van ons vóór ", link, ".\nTot dan.")),
        Block("quote", ("Eerste regel\ntweede regel\n\nNieuwe alinea",)),
        Block("heading", ("Wat gebeurt er nu?",)),
        Block("item", ("Lezen",)),
        Block("item", ("Bellen",)),
        Block("button", (Link("Bekijk uw idee", link.url),)),
        Block("paragraph", ("Bel ", Link("14 078", "tel:14078"), ".")),
        Block("footer", ("U krijgt dit omdat u Moestuin & meer stuurde.",)),
    )


def test_the_plain_text_reads_as_a_letter(write):
    text = write(SOURCE, **CONTEXT).text

    assert text.startswith(
        "Beste Zoë,\n\nDank u wel voor uw idee. U hoort van ons vóór dinsdag <https://portaal.example/i/?a=1&b=2>.\n"
        "Tot dan.\n\n> Eerste regel\n> tweede regel\n> \n> Nieuwe alinea\n\nWat gebeurt er nu?\n\n- Lezen\n- Bellen\n\n"
        "Bekijk uw idee:\nhttps://portaal.example/i/?a=1&b=2\n\nBel 14 078.\n\n----\n\nU krijgt dit omdat u"
    )


def test_the_html_holds_the_same_words_in_elements_that_screen_readers_know(write):
    html = write(SOURCE, **CONTEXT).html

    assert '<html lang="nl"' in html
    assert "<h1>Uw idee “Moestuin &amp; meer” is binnen</h1>" in html
    assert "<blockquote><p>Eerste regel<br>tweede regel</p>\n<p>Nieuwe alinea</p></blockquote>" in html
    assert "<ul>\n<li>Lezen</li>\n<li>Bellen</li>\n</ul>" in html
    link = 'href="https://portaal.example/i/?a=1&amp;b=2"'
    assert f'<p class="letter-button"><a {link}>Bekijk uw idee</a></p>' in html


def test_text_and_html_say_the_same(write):
    letter = write(SOURCE, **CONTEXT)

    plain = re.sub(r"(?m)^(> |- )|^----$|:?\s*<?(https?://[^\s>]*)>?", "", letter.text)
    seen = words_of(letter.html)
    assert all(re.sub(r"\s", "", line) in seen for line in plain.splitlines())


def test_every_letter_says_who_sends_it_whom_to_call_and_why(write):
    here = municipality.current()
    letter = write(SOURCE, **CONTEXT)

    for form in (letter.text, unescape(letter.html)):
        for words in (here.full_name, here.phone, here.hours, here.email, "U krijgt dit omdat"):
            assert words in form


@given(words=ANYTHING, title=ANYTHING)
def test_what_a_resident_types_is_never_markup(words, title):
    source = markup.mark("Over {{ title }}\n\n> {{ words }}\n\nEinde")
    rendered = source.replace("{{ title }}", title).replace("{{ words }}", words)

    _subject, blocks = markup.parse(rendered)

    parts = [part for block in blocks for part in block.parts]
    assert not [part for part in parts if isinstance(part, Link)]
    assert {block.kind for block in blocks} <= {"quote", "paragraph"}
    assert blocks[-1] == Block("paragraph", ("Einde",))
    assert len(blocks) <= 2


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[klik](https://kwaad.example)",
        "[[klik]](https://kwaad.example)",
        "-- weg",
        "{{ x }}",
    ],
)
def test_dangerous_words_arrive_as_words(write, words):
    letter = write("Titel\n\nU schreef: {{ words }}", words=words)

    assert f"U schreef: {words}" in letter.text
    assert "<script" not in letter.html
    assert "kwaad.example" not in re.findall(r'href="([^"]*)"', letter.html)
    assert unescape(letter.html).count(words) == 1


def test_a_subject_is_one_line_whatever_was_typed(write):
    letter = write("Over {{ title }}\n\nTekst", title="moes\r\nBcc: iedereen@voorbeeld.example\ntuin")

    assert letter.subject == "Over moes Bcc: iedereen@voorbeeld.example tuin"


def test_a_missing_word_stops_the_letter(write):
    with pytest.raises(LetterIncomplete, match="name"):
        write("Titel\n\nBeste {{ name }},")


def test_a_missing_word_in_a_record_stops_the_letter(write):
    with pytest.raises(LetterIncomplete, match=r"plan\.owner"):
        write("Titel\n\nBeste {{ plan.owner }},", plan={"title": "x"})


@pytest.mark.parametrize("url", ["/mijn/", "javascript:alert(1)", "", "https://a b"])
def test_a_link_that_leads_nowhere_stops_the_letter(write, url):
    with pytest.raises(LetterIncomplete, match="full address"):
        write("Titel\n\n[[Bekijk]]({{ url }})", url=url)


def test_empty_words_leave_no_empty_block(write):
    letter = write("Titel\n\n> {{ words }}\n\n- {{ words }}\n\nEinde", words="")

    assert letter.blocks == (Block("paragraph", ("Einde",)),)


def test_a_letter_is_dutch_whatever_the_visitor_reads(write):
    with translation.override("en"):
        letter = write('Titel\n\n{% translate "January" %}')

    assert letter.blocks == (Block("paragraph", ("januari",)),)


def test_a_part_that_letters_share_is_markup_too(write, tmp_path):
    (tmp_path / "part.txt").write_text("- een\n- [twee](https://a.example)\n")

    letter = write('Titel\n\n{% include "part.txt" %}')

    assert [block.kind for block in letter.blocks] == ["item", "item"]
    assert letter.blocks[1].parts == (Link("twee", "https://a.example"),)


def test_blocks_survive_being_kept(write):
    blocks = write(SOURCE, **CONTEXT).blocks

    assert tuple(Block.from_json(block.as_json()) for block in blocks) == blocks
