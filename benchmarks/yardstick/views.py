from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from benchmarks.yardstick.models import STATUSES, Area, Outbox, Plan, Theme

HELP = [(word, word.title()) for word in ["geld", "plek", "spullen", "toestemming", "mensen", "advies", "bekendheid"]]


class FilterForm(forms.Form):
    zoek = forms.CharField(required=False)
    wijk = forms.ModelChoiceField(Area.objects.order_by("pk"), to_field_name="slug", required=False)
    thema = forms.ModelChoiceField(Theme.objects.order_by("pk"), to_field_name="slug", required=False)
    status = forms.ChoiceField(choices=[("", "Alle"), *STATUSES], required=False)
    volgorde = forms.ChoiceField(choices=[("nieuw", "Nieuwste"), ("steun", "Meeste buren")], required=False)


class PlanForm(forms.Form):
    """Fifteen questions."""

    title = forms.CharField(label="Hoe heet uw idee?", max_length=120)
    text = forms.CharField(label="Wat wilt u doen?", widget=forms.Textarea, help_text="Vertel het gewoon.")
    benefit = forms.CharField(label="Voor wie is het en wat wordt er beter?", widget=forms.Textarea)
    theme = forms.ModelChoiceField(
        Theme.objects.order_by("pk"), label="Waar gaat het over?", widget=forms.RadioSelect, empty_label=None
    )
    postcode = forms.CharField(label="Postcode", max_length=7, required=False, help_text="Van de plek.")
    house_number = forms.CharField(label="Huisnummer", max_length=12, required=False)
    area = forms.ModelChoiceField(
        Area.objects.order_by("pk"), label="In welke buurt is het?", widget=forms.RadioSelect, empty_label=None
    )
    place = forms.CharField(
        label="Straat of plek", max_length=120, required=False, help_text="Bijvoorbeeld: het veldje."
    )
    planned_on = forms.DateField(label="Wanneer?", required=False, help_text="Weet u het nog niet? Laat het leeg.")
    who_joins = forms.CharField(label="Wie doet er mee?", widget=forms.Textarea)
    help_wanted = forms.MultipleChoiceField(
        label="Waarmee kunnen wij helpen?", choices=HELP, widget=forms.CheckboxSelectMultiple, required=False
    )
    amount = forms.DecimalField(label="Hoeveel kost het?", required=False, help_text="Een schatting is genoeg.")
    name = forms.CharField(label="Uw naam", max_length=120)
    email = forms.EmailField(label="Uw e-mailadres")
    phone = forms.CharField(label="Uw telefoonnummer", max_length=20, required=False)


def plans(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    found = Plan.objects.select_related("area", "theme").order_by("-published_at", "-pk")
    page = Paginator(found, 20).get_page(request.GET.get("pagina"))
    return render(request, "yardstick/list.html", {"form": form, "page": page})


def plan(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(Plan.objects.select_related("area", "theme"), reference=reference)
    return render(request, "yardstick/detail.html", {"plan": found, "share_url": request.build_absolute_uri()})


def new(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(reverse("plan", args=[_save(form.cleaned_data)]))
    return render(request, "yardstick/form.html", {"form": form})


@transaction.atomic
def _save(answers: dict) -> str:
    wanted = {field.name for field in Plan._meta.fields}
    values = {name: value for name, value in answers.items() if name in wanted}
    made = Plan.objects.create(**values, reference="", status="nieuw", published_at=timezone.now())
    made.reference = f"2026-{made.pk:05d}"
    made.save(update_fields=["reference"])
    letter = {"plan": made, "url": reverse("plan", args=[made.reference])}
    Outbox.objects.create(
        recipient=made.email,
        subject=f"Wij hebben uw idee: {made.title}",
        text=render_to_string("yardstick/letter.txt", letter),
        html=render_to_string("yardstick/letter.html", letter),
    )
    return made.reference
