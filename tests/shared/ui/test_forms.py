import re
from datetime import date
from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from shared.ui.fields import (
    EmailField,
    EuroField,
    HouseNumberField,
    PhoneField,
    PostcodeField,
    SplitDateField,
    mail_slip,
)
from shared.ui.forms import PortalForm, Row, Section
from shared.ui.notations import HouseNumber
from shared.ui.samples import SampleForm


class Questions(PortalForm):
    error_texts = {"title": {"required": "Geef uw idee een naam"}}

    title = forms.CharField(label="Hoe heet uw idee?", max_length=10)
    name = forms.CharField(label="Uw naam")
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea)
    theme = forms.ChoiceField(label="Onderwerp", choices=[("", "Kies"), ("green", "Groen")])
    when = SplitDateField(label="Wanneer?", required=False)
    amount = EuroField(label="Bedrag", required=False, max_value=Decimal(2000))


def fill(**answers: str) -> Questions:
    sent = {"title": "Moestuin", "name": "Anna", "theme": "green", **answers}
    data = QueryDict(mutable=True)
    data.update(sent)
    return Questions(data)


def test_an_empty_form_says_what_to_do_for_every_question():
    form = Questions({})

    assert [item.text for item in form.error_items] == [
        "Geef uw idee een naam",
        "Vul uw naam in",
        "Maak een keuze bij “Onderwerp”",
    ]


def test_the_summary_says_the_same_as_the_field_and_links_to_the_input():
    form = Questions({})

    html = render_crispy_form(form, context={"form": form})
    summary = render_to_string("ui/error_summary.html", {"form": form})

    for item in form.error_items:
        assert f'<a href="{item.href}">{item.text}</a>' in summary
        assert f'id="{item.href[1:]}"' in html
        assert f"Fout: </span>{item.text}</p>" in html


class Arranged(Questions):
    layout = [Section("Wie?", Row("name", "theme")), "title"]


def test_the_summary_has_the_order_of_the_page():
    assert [item.href for item in Arranged({}).error_items] == ["#id_name", "#id_theme", "#id_title"]


def test_a_group_is_linked_to_by_its_first_input():
    form = fill(when_0="31", when_1="2", when_2="2026")

    assert form.error_items == [("Deze datum bestaat niet. Kijk de dag en de maand na", "#id_when_0")]


def test_the_browser_checks_nothing_and_cuts_nothing_off():
    html = render_crispy_form(SampleForm(), context={"form": SampleForm()})

    assert not re.search(r"\s(required|maxlength)[=\s>]", html)
    assert 'aria-required="true"' in html


def test_optional_questions_say_so():
    html = render_crispy_form(Questions(), context={"form": Questions()})

    assert html.count("(niet verplicht)") == 3


def test_a_text_that_is_too_long_says_how_long_it_may_be():
    form = fill(title="Een veel te lange titel")

    assert form.errors["title"] == ["Maak “Hoe heet uw idee?” korter: hooguit 10 tekens, nu 23"]
    assert form["title"].value() == "Een veel te lange titel"


class Shares(PortalForm):
    share = forms.IntegerField(label="Voorschot (%)", min_value=0, max_value=100)
    name = forms.CharField(label="Naam (%)", max_length=3)
    kind = forms.ChoiceField(label="Soort (%)", choices=[("a", "A")])


def test_a_question_with_a_percent_sign_says_what_is_wrong_with_the_answer():
    form = Shares({"share": "101", "name": "Anna", "kind": "b"})

    assert [item.text for item in form.error_items] == [
        "Vul bij “Voorschot (%)” 100 of minder in",
        "Maak “Naam (%)” korter: hooguit 3 tekens, nu 4",
        "Kies bij “Soort (%)” een van de antwoorden",
    ]


def test_typed_text_is_tidied_before_it_is_checked():
    form = fill(name="  Anne \u202e  Marie ", note="een\r\n\r\n\r\n\r\ntwee  drie")

    assert form.is_valid()
    assert form.cleaned_data["name"] == "Anne Marie"
    assert form.cleaned_data["note"] == "een\n\ntwee drie"


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (("28", "3", "2026"), date(2026, 3, 28)),
        (("28", "maart", "2026"), date(2026, 3, 28)),
        (("28 maart 2026", "", ""), date(2026, 3, 28)),
        (("2026-03-28", "", ""), date(2026, 3, 28)),
        (("28", "mrt", "26"), date(2026, 3, 28)),
        (("", "", ""), None),
    ],
)
def test_a_date_may_be_typed_in_three_boxes_or_pasted_in_the_first(boxes, expected):
    assert SplitDateField(required=False).clean(list(boxes)) == expected


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        (("28", "", "2026"), "Vul ook de maand in"),
        (("", "3", "2026"), "Vul ook de dag in"),
        (("28", "3", ""), "Vul ook het jaar in, met vier cijfers"),
        (("28", "maand", "2026"), "Vul een dag, een maand en een jaar in, zoals 28 maart 2026"),
        (("29", "2", "2025"), "Deze datum bestaat niet. Kijk de dag en de maand na"),
        (("1", "2", "226"), "Vul een dag, een maand en een jaar in, zoals 28 maart 2026"),
    ],
)
def test_a_date_that_cannot_be_says_what_is_missing(boxes, text):
    with pytest.raises(forms.ValidationError, match=text):
        SplitDateField().clean(list(boxes))


def test_an_amount_above_the_limit_says_the_limit():
    form = fill(amount="€ 2.500,-")

    assert form.errors["amount"] == ["Het bedrag moet €\u00a02.000,00 of minder zijn"]


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        (PostcodeField(), "3342ac", "3342 AC"),
        (HouseNumberField(), "12 a-2", HouseNumber(12, "A", "2")),
        (PhoneField(), "06-12345678", "+31612345678"),
        (EmailField(), "Anna@VOORBEELD.NL", "Anna@voorbeeld.nl"),
        (EuroField(), "1.250,50", Decimal("1250.50")),
    ],
)
def test_fields_give_back_one_notation(field, typed, expected):
    assert field.clean(typed) == expected


@pytest.mark.parametrize(
    ("field", "typed", "text"),
    [
        (PostcodeField(), "3342\nAC", "vier cijfers en twee letters"),
        (HouseNumberField(), "12-14", "Vul één huisnummer in"),
        (HouseNumberField(), "bij 12", "Vul een huisnummer in"),
        (PhoneField(), "06", "Vul een telefoonnummer in"),
        (EmailField(), "anna@", "zoals naam@voorbeeld.nl"),
        (EuroField(), "12.5", "met cijfers"),
        (EuroField(), "-50", "van € 0 of meer"),
    ],
)
def test_fields_say_how_it_should_look(field, typed, text):
    with pytest.raises(forms.ValidationError, match=text):
        field.clean(typed)


def test_a_slip_in_an_address_is_recognised():
    assert mail_slip("anna@gmial.com") == "anna@gmail.com"
    assert mail_slip("anna@gmail.com") == ""
