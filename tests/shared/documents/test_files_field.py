import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from shared.documents.forms import FilesField, token
from shared.documents.models import StoredFile
from tests.factories.documents import StoredFileFactory, blank_pdf, pdf_of, photo

pytestmark = pytest.mark.django_db


class PlanForm(forms.Form):
    title = forms.CharField()
    files = FilesField(required=False, max_files=3)


def sent(*uploads, title="", kept=(), remove=(), initial=None):
    data = MultiValueDict({"title": [title], "files-kept": list(kept), "files-remove": list(remove)})
    return PlanForm(data, MultiValueDict({"files": list(uploads)}), initial=initial)


def tokens_in(html):
    return re.findall(r'name="files-kept" value="([^"]+)"', html)


def test_files_are_kept_when_something_else_is_wrong_and_sent_along_the_second_time():
    first = sent(photo(), pdf_of(blank_pdf()))
    assert not first.is_valid()
    page = str(first["files"])
    assert "tuin.jpg" in page
    assert "plan.pdf" in page

    second = sent(title="Tuin", kept=tokens_in(page))

    assert second.is_valid()
    assert [stored.original_name for stored in second.cleaned_data["files"]] == ["tuin.jpg", "plan.pdf"]
    assert StoredFile.objects.count() == 2


def test_a_file_that_is_ticked_away_is_not_sent_along():
    first, other = StoredFileFactory(), StoredFileFactory(document=True)

    form = sent(title="Tuin", kept=[token(first), token(other)], remove=[first.pk.hex])

    assert form.is_valid()
    assert form.cleaned_data["files"] == [other]


def test_good_files_are_kept_beside_a_wrong_one():
    form = sent(photo(), SimpleUploadedFile("brief.docx", b"PK\x03\x04"), title="Tuin")

    assert form.errors["files"] == ["“brief.docx” is geen foto of PDF. Kies een JPG, PNG, HEIC, WEBP of PDF."]
    assert [stored.original_name for stored in form["files"].value()] == ["tuin.jpg"]


def test_too_many_files_are_named():
    form = sent(*(photo(name=f"foto{n}.jpg", width=50 + n) for n in range(5)), title="Tuin")

    assert form.errors["files"] == ["U kunt hooguit 3 bestanden meesturen. Niet bewaard: foto3.jpg, foto4.jpg."]
    assert len(form["files"].value()) == 3


def test_the_same_file_twice_is_kept_once():
    stored = StoredFileFactory(upload=photo())

    form = sent(photo(), title="Tuin", kept=[token(stored)])

    assert form.is_valid()
    assert form.cleaned_data["files"] == [stored]


def test_a_mention_that_we_did_not_sign_does_not_count():
    stranger = StoredFileFactory()

    form = sent(title="Tuin", kept=[stranger.pk.hex, token(stranger)[:-1], ""])

    assert form.is_valid()
    assert form.cleaned_data["files"] == []


def test_a_file_that_was_swept_meanwhile_is_asked_again():
    stored = StoredFileFactory()
    mention = token(stored)
    stored.delete()

    form = sent(title="Tuin", kept=[mention])

    assert form.errors["files"] == ["“tuin.jpg” is niet meer bewaard. Kies dit bestand opnieuw."]


def test_a_file_that_another_case_has_cannot_be_taken_again():
    stored = StoredFileFactory(attached=True)

    form = sent(title="Tuin", kept=[token(stored)])

    assert form.errors["files"] == ["“tuin.jpg” is niet meer bewaard. Kies dit bestand opnieuw."]


def test_a_form_of_a_case_keeps_the_files_that_the_case_has():
    stored = StoredFileFactory(attached=True)

    unchanged = sent(title="Tuin", kept=[token(stored)], initial={"files": [stored]})
    emptied = sent(title="Tuin", kept=[token(stored)], remove=[stored.pk.hex], initial={"files": [stored]})

    assert unchanged.is_valid()
    assert unchanged.cleaned_data["files"] == [stored]
    assert "files" not in unchanged.changed_data
    assert emptied.is_valid()
    assert emptied.cleaned_data["files"] == []
    assert "files" in emptied.changed_data


def test_a_required_question_says_what_to_do():
    class PhotoForm(forms.Form):
        files = FilesField()

    form = PhotoForm({}, MultiValueDict())

    assert form.errors["files"] == ["Kies een foto of bestand."]


def test_the_input_takes_several_files_and_each_kept_one_has_its_own_box_to_remove_it():
    stored = StoredFileFactory()

    html = str(PlanForm(initial={"files": [stored]})["files"])

    assert '<input type="file" name="files"' in html
    assert "multiple" in html
    assert f'name="files-remove" value="{stored.pk.hex}" id="id_files-remove-0"' in html
    assert 'for="id_files-remove-0"' in html
    assert tokens_in(html)


def test_a_check_page_carries_the_files_along_unseen():
    form = sent(photo(), title="Tuin")
    assert form.is_valid()

    html = form["files"].as_hidden()

    assert len(tokens_in(html)) == 1
    assert "file" not in re.findall(r'type="(\w+)"', html)


def test_two_forms_never_share_their_files():
    one = sent(photo(), title="Tuin")
    assert one.is_valid()

    assert PlanForm()["files"].value() == []
