"""How gunicorn serves the portal, in the demonstration and in production."""

import os
import sys

wsgi_app = "wbw_portal.wsgi"
bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Loading the portal takes seconds: once, for all workers. Connections are made later, by each worker for itself.
preload_app = True
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
# A leak, if there were one, would not live long; the jitter keeps the workers from restarting together.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file on a disk that writes slowly would stop a healthy worker.
worker_tmp_dir = "/dev/shm" if sys.platform == "linux" else None  # noqa: S108 memory
# Otherwise it writes a socket into the home folder, which a service need not have.
control_socket_disable = True
# The portal writes a line per request itself, without addresses and names.
accesslog = None
errorlog = "-"
loglevel = "warning"
