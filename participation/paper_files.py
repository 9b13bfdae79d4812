"""Hand out the paper about participation as a file; the trail says who took it."""

from django.http import Http404, HttpResponse
from django.utils import translation

from participation.legal_basis import Paper
from participation.models import Project
from participation.motivation import document
from participation.motivation_files import KINDS
from shared.accounts.models import User
from shared.audit import trail


def paper_named(name: str) -> Paper:
    """The paper with this name in an address.

    Raises:
        Http404: there is none.
    """
    if name not in set(Paper):
        raise Http404
    return Paper(name)


def answer(project: Project, paper: str, extension: str, *, by: User) -> HttpResponse:
    """The paper as a file, in Dutch whatever language the screen has; who asks may read the project.

    Raises:
        Http404: there is no such paper, or no such kind of file.
    """
    chosen, kind = paper_named(paper), KINDS.get(extension)
    if kind is None:
        raise Http404
    with translation.override("nl"):
        made = document(project, chosen)
        content = kind.write(made)
    trail.record("participation.paper_taken", subject=project, by=by, text=f"{made.title} ({extension})")
    disposition = f'attachment; filename="{made.name}.{extension}"'
    return HttpResponse(content, content_type=kind.content_type, headers={"Content-Disposition": disposition})
