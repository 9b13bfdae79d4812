# The style sheet and scripts.
FROM node:24-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY assets.mjs ./
COPY static static
RUN npm run build

# The Python packages of the lock, checked by their hashes.
FROM python:3.12-slim AS packages
COPY requirements/production.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /production.txt

# The portal, as a user who may write in /data only.
FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin portal && install -d -o portal /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_DATA=/data PORTAL_STATIC=/app/static-files BIND=0.0.0.0 PORT=8000
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=assets /build/static/build static/build
# Translations and static files need no secret and no server; the values are not used and not kept.
RUN SECRET_KEY=not-used PORTAL_URL=http://build DATABASE_URL=postgres://build/build REDIS_URL=redis://build/0 \
    python manage.py prepare --files-only
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-m", "wbw_portal.probe"]
CMD ["gunicorn"]
