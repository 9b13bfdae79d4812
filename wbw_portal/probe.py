"""Ask the portal of this container whether it is alive, under its own name: other names are refused."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

if __name__ == "__main__":
    address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/gezond/"
    request = urllib.request.Request(address, headers={"Host": urlsplit(os.environ["PORTAL_URL"]).netloc})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 our own address
        sys.exit(answer.status != 200)
