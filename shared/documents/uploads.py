"""Receiving: a file that is far too large is read to its end, so that the form can say so, but not written down."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from shared.documents.refusals import MAX_BYTES


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes no more to disk than a file may have; the size that the form sees is the real one."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Called by Django for each piece."""
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
