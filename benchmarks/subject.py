"""One application in a process of its own: reads what to do from stdin, a line of JSON each, and answers likewise."""

import importlib
import json
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", sys.argv[1])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is printed must not come between the answers
    django.setup()
    pages = importlib.import_module(sys.argv[2]).Pages()
    for line in sys.stdin:
        name, options = json.loads(line)
        print(json.dumps(getattr(pages, name)(**options)), file=answers, flush=True)


if __name__ == "__main__":
    main()
