"""The list that somebody looked at, kept for an hour, so that it need not be chosen again to be taken over."""

import re
import secrets

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from shared.accounts.models import User

KEPT_FOR = 60 * 60
TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def keep(upload: UploadedFile, user: User) -> str:
    """Keep the file for this person; gives what to ask for it with."""
    token = secrets.token_urlsafe(16)
    upload.seek(0)
    cache.set(_key(token, user), (upload.name, upload.read()), KEPT_FOR)
    return token


def kept(token: str, user: User) -> UploadedFile | None:
    """The file that this person looked at; None when it is too long ago, or when the cache is away."""
    found = cache.get(_key(token, user)) if TOKEN.fullmatch(token) else None
    return SimpleUploadedFile(*found) if found else None


def _key(token: str, user: User) -> str:
    return f"project-list:{user.pk}:{token}"
