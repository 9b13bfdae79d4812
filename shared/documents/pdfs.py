"""PDFs, cleaned by a program of their own that may not take much memory or time."""

import subprocess
import sys
from pathlib import Path

from shared.documents import pdf_cleaner, refusals

PROGRAM = Path(pdf_cleaner.__file__)
# The program stops itself after so many seconds of work; this is for when it only waits.
PATIENCE = 2 * pdf_cleaner.SECONDS


def clean(content: bytes, name: str) -> bytes:
    """The pages without scripts, forms, attachments and hidden data.

    Raises:
        UploadRefused: encrypted, damaged, or more than the program may take.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)], input=content, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.damaged(name) from error
    if done.returncode == pdf_cleaner.PROTECTED:
        raise refusals.protected(name)
    if done.returncode != 0 or not done.stdout:
        raise refusals.damaged(name)
    return done.stdout
