"""The invented people of the demonstration: colleagues per role, and residents."""

import tomllib
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from shared.accounts import workflow as accounts
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.wijken.models import Wijk

DATA = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    """One of the files with invented data."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def address(name: str) -> str:
    """An address that reaches nobody: anna.de.vries@demo.example."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return ".".join("".join(letter for letter in part if letter.isalnum()) for part in bare.split()) + "@demo.example"


def load_colleagues() -> None:
    """Departments and colleagues, each with a role; whoever has one already keeps it."""
    data = read("mensen.toml")
    for department in data["department"]:
        Department.objects.update_or_create(name=department["name"], defaults=department)
    for person in data["person"]:
        _load(person)


def coordinator_of(wijk: Wijk) -> User:
    """Who answers for this wijk."""
    coordinator: User = User.objects.coordinators_of(wijk).first() or manager()
    return coordinator


def manager() -> User:
    """Who keeps the portal."""
    found: User = User.objects.active_in_role(Role.FUNCTIONAL_MANAGER).first()
    return found


def finance() -> list[User]:
    """Who pays: the first makes a file for the bank, the second releases it."""
    return list(User.objects.active_in_role(Role.FINANCE).order_by("name", "pk"))


def _load(person: dict[str, Any]) -> None:
    user = accounts.resident_for(address(person["name"]), person["name"])
    user.phone = person.get("phone", user.phone)
    user.save(update_fields=["phone"])
    wijk = Wijk.objects.current().get(code=person["wijk"]) if "wijk" in person else None
    department = Department.objects.get(name=person["department"]) if "department" in person else None
    if not user.role_assignments.filter(role=person["role"], wijk=wijk, department=department).exists():
        on = timezone.localdate()
        accounts.assign_role(
            user,
            person["role"],
            wijk=wijk,
            department=department,
            is_deputy=person.get("is_deputy", False),
            starts_on=on - timedelta(days=500),
            ends_on=on + timedelta(days=person["stops_in"]) if "stops_in" in person else None,
            by=None,
        )
