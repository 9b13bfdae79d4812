"""People, departments, roles with dates and absence."""

from datetime import timedelta

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import shared.accounts.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wijken", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="naam")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoon")),
            ],
            options={
                "verbose_name": "afdeling",
                "verbose_name_plural": "afdelingen",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "email",
                    shared.accounts.fields.LowercaseEmailField(
                        error_messages={"unique": "Er is al iemand met dit e-mailadres."},
                        max_length=254,
                        unique=True,
                        verbose_name="e-mailadres",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="naam")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoon")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Zet dit uit in plaats van iemand te verwijderen.",
                        verbose_name="mag inloggen",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="bekend sinds"
                    ),
                ),
            ],
            options={
                "verbose_name": "persoon",
                "verbose_name_plural": "mensen",
                "ordering": ("name", "email"),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="one_person_per_email",
                        violation_error_message="Er is al iemand met dit e-mailadres.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="eerste dag")),
                ("ends_on", models.DateField(verbose_name="laatste dag")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie neemt waar",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie is er weg",
                    ),
                ),
            ],
            options={
                "verbose_name": "afwezigheid",
                "verbose_name_plural": "afwezigheid",
                "ordering": ("-starts_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("deputy")), _negated=True),
                        name="deputy_is_somebody_else",
                        violation_error_message="Kies iemand anders als vervanger.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="absence_ends_after_it_starts",
                        violation_error_message="De laatste dag kan niet vóór de eerste dag liggen.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "wijkcoördinator"),
                            ("ambassador", "ambassadeur"),
                            ("partner", "wijkpartner"),
                            ("finance", "financiën"),
                            ("council_staff", "griffie en raad"),
                            ("functional_manager", "functioneel beheerder"),
                        ],
                        max_length=30,
                        verbose_name="rol",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="eerste dag")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Leeg: de rol loopt door.", null=True, verbose_name="laatste dag"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        help_text="Alleen voor een ambassadeur.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="accounts.department",
                        verbose_name="afdeling",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
                (
                    "wijk",
                    models.ForeignKey(
                        blank=True,
                        help_text="Alleen voor een wijkcoördinator of een wijkpartner.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="wijken.wijk",
                        verbose_name="wijk",
                    ),
                ),
            ],
            options={
                "verbose_name": "rol",
                "verbose_name_plural": "rollen",
                "ordering": ("user__name", "role", "starts_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["coordinator", "partner"]), ("wijk__isnull", False)),
                            models.Q(
                                models.Q(("role__in", ["coordinator", "partner"]), _negated=True),
                                ("wijk__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="role_names_its_wijk",
                        violation_error_message="Kies een wijk bij een wijkcoördinator of wijkpartner. Laat de wijk leeg bij een andere rol.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["ambassador"]), ("department__isnull", False)),
                            models.Q(
                                models.Q(("role__in", ["ambassador"]), _negated=True), ("department__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="role_names_its_department",
                        violation_error_message="Kies een afdeling bij een ambassadeur, en alleen daar.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            (
                                "ends_on__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_on"), "-", models.Value(timedelta(days=1))
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="role_ends_after_it_starts",
                        violation_error_message="De laatste dag kan niet vóór de eerste dag liggen.",
                    ),
                ],
            },
        ),
    ]
