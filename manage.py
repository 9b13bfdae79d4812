#!/usr/bin/env python
"""Django's command line; starts the embedded servers when no others are configured."""

import os
import sys

from django.core.management import execute_from_command_line

from wbw_portal import embedded

WITHOUT_SERVERS = {"help", "--help", "-h", "version", "--version", "collectstatic", "findstatic", "diffsettings"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbw_portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVERS:
        try:
            embedded.ensure_running()
        except embedded.EmbeddedError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)
