"""What the web server loads."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbw_portal.settings")

application = get_wsgi_application()
# Every view is loaded now, rather than while the first visitor waits.
import_module(settings.ROOT_URLCONF)
# What was loaded stays: the collector need not look at it again, and the workers go on sharing its memory.
gc.collect()
gc.freeze()
