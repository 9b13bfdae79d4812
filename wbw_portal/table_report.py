"""What every report of totals shares: the tables as a file, and which of them are drawn."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from shared.audit import trail
from shared.reports.columns import Filters
from shared.reports.enums import FileFormat
from shared.reports.tables import Table, as_csv, as_xlsx
from shared.ui import charts

WRITERS = {FileFormat.CSV: as_csv, FileFormat.XLSX: as_xlsx}
Bars = Callable[[Table], Iterable[tuple[str, float]]]


def as_file(
    request: HttpRequest,
    found: list[Table],
    filters: Filters,
    *,
    listed: type[models.Model],
    name: str,
    file_format: str,
) -> HttpResponse:
    """The tables as a file; the trail says who took them.

    Raises:
        Http404: there is no such kind of file.
    """
    if file_format not in FileFormat.values:
        raise Http404
    chosen = FileFormat(file_format)
    rows, fields = sum(len(table.rows) for table in found), [table.title for table in found]
    trail.record_export(listed, by=request.user, rows=rows, filters=filters, fields=fields)
    response = HttpResponse(WRITERS[chosen](found), content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{chosen}"'
    add_never_cache_headers(response)
    return response


def drawn(found: Iterable[Table], names: Iterable[str], bars: Bars) -> Iterator[tuple[str, charts.BarChart]]:
    """The tables that say more as bars; without anything to draw there is no chart."""
    by_name = {table.name: table for table in found}
    for name in filter(by_name.__contains__, names):
        rows = list(bars(by_name[name]))
        if any(value for _label, value in rows):
            yield f"grafiek-{name}", charts.bars(by_name[name].title, rows)


def drawn_columns(
    found: Iterable[Table], columns: Mapping[str, int], *, named: Container[str] = ()
) -> Iterator[tuple[str, charts.BarChart]]:
    """One column of these tables as bars; hidden cells are no bars.

    A column after the first names itself, and the first one of the tables that are `named`.
    """
    for table in found:
        column = columns.get(table.name)
        if column is None:
            continue
        rows = [(str(row[0]), value) for row in table.rows if isinstance(value := row[column], int)]
        if any(value for _label, value in rows):
            is_clear = column == 1 and table.name not in named
            title = table.title if is_clear else f"{table.title}: {table.headings[column].lower()}"
            yield f"grafiek-{table.name}", charts.bars(title, rows)
