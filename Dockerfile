# The image of Plumbline. Build it with: docker build -t plumbline .
#
# To use another base, or to pin this one to what you have looked at:
#   docker buildx imagetools inspect python:3.13-slim-bookworm      (prints the digest)
#   docker build --build-arg BASE=python:3.13-slim-bookworm@sha256:... -t plumbline .
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /source
RUN python3 -m venv /opt/plumbline
COPY requirements.lock ./
# --no-deps and --require-hashes: the lock names everything, and nothing else is installed.
RUN /opt/plumbline/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY data data
RUN /opt/plumbline/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
 && /opt/plumbline/bin/pip uninstall --yes pip \
 && /opt/plumbline/bin/python -m compileall -q /opt/plumbline

FROM ${BASE}
COPY --from=build /opt/plumbline /opt/plumbline
COPY deploy/backups /opt/plumbline/bin/plumbline-backups
RUN groupadd --system --gid 10001 plumbline \
 && useradd --system --uid 10001 --gid 10001 --home-dir /state --no-create-home --shell /usr/sbin/nologin plumbline \
 && install --directory --mode 700 --owner plumbline --group plumbline /state /backups
ENV PATH=/opt/plumbline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PLUMBLINE_STATE_DIR=/state \
    PLUMBLINE_MONITORING=127.0.0.1:9464
USER 10001:10001
WORKDIR /state
VOLUME ["/state"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=15m --retries=3 CMD ["plumbline", "health"]
ENTRYPOINT ["plumbline"]
CMD ["run"]
