"""Letting go of files."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from shared.documents.models import StoredFile


@transaction.atomic
def remove(files: Iterable[StoredFile]) -> int:
    """Delete files that nothing refers to any longer; what is on disk goes once that is certain."""
    found = list(files)
    StoredFile.objects.filter(pk__in=[stored.pk for stored in found]).delete()
    for path in [path for stored in found for path in stored.paths]:
        transaction.on_commit(partial(default_storage.delete, path))
    return len(found)


@transaction.atomic
def let_go(ids: Iterable[UUID]) -> int:
    """Delete the files of a form that was thrown away; one that a case took stays."""
    loose = StoredFile.objects.filter(pk__in=ids, kept_until__isnull=False)
    return remove(loose.select_for_update(skip_locked=True))


@transaction.atomic
def sweep() -> int:
    """Delete the files of forms that were never sent; one that is being taken at this moment stays."""
    return remove(StoredFile.objects.abandoned().select_for_update(skip_locked=True))
