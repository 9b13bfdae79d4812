"""Advice is asked on any case now: what was asked about applications goes along, with the number in its old links."""

from django.db import migrations

UNDECIDED = ("received", "in_review", "incomplete", "hearing", "proposed")


def status_of(advice, application):
    if advice.answered_at:
        return "answered"
    if advice.revoked_at:
        return "revoked"
    if application.status not in UNDECIDED:
        return "overtaken"
    return "unanswered" if advice.lapsed_at else "asked"


def move(apps, schema_editor):
    Advice = apps.get_model("subsidies", "Advice")
    AdviceRequest = apps.get_model("ambassadors", "AdviceRequest")
    for advice in Advice.objects.select_related("application").order_by("asked_at").iterator():
        application = advice.application
        status = status_of(advice, application)
        AdviceRequest.objects.get_or_create(
            former_key=advice.pk,
            defaults={
                "subject_type": "subsidies.application",
                "subject_id": str(application.pk),
                "title": application.title,
                "reference": application.reference,
                "theme_id": application.theme_id,
                "wijk_id": application.wijk_id,
                "adviser_name": advice.name,
                "adviser_email": advice.email,
                "question": advice.question,
                "due_on": advice.due_on,
                "asked_at": advice.asked_at,
                "asked_by_id": advice.asked_by_id,
                "status": status,
                "reminded_at": advice.reminded_at,
                "lapsed_at": advice.lapsed_at,
                "ended_at": advice.revoked_at or (application.decided_at if status == "overtaken" else None),
                "answered_at": advice.answered_at,
                "verdict": advice.verdict,
                "text": advice.text,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("subsidies", "0013_waivers_instalments_and_interest"),
        ("ambassadors", "0001_initial"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
