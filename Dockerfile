FROM python:3.11-slim-bookworm AS build

WORKDIR /src
RUN python -m venv --without-pip /opt/simulator && python -m venv /opt/builder

# What the project depends on changes less often than its code: a layer of its own. The extra is for
# worlds in a Redis or Valkey server.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; \
        project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
        extra = project['optional-dependencies']['redis']; \
        print(*project['dependencies'], *extra, sep='\n')" \
        > /tmp/requirements.txt \
    && /opt/builder/bin/pip install --no-cache-dir --constraint constraints.txt hatchling \
    && pip --python /opt/simulator/bin/python install --no-cache-dir --no-compile \
        --constraint constraints.txt --requirement /tmp/requirements.txt

COPY . .
RUN /opt/builder/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /tmp . \
    && pip --python /opt/simulator/bin/python install --no-cache-dir --no-compile --no-deps \
        /tmp/carrier_simulator-*.whl \
    # Bytecode that is never checked against its source: it suits a file system that nobody writes to.
    && /opt/simulator/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash \
        /opt/simulator/lib \
    # Not what lies in this folder: what was installed.
    && /opt/simulator/bin/python -I -m simulator.parsed


FROM python:3.11-slim-bookworm

LABEL org.opencontainers.image.title="carrier-simulator" \
      org.opencontainers.image.description="Behaves like the HTTP APIs of InPost ShipX, MyParcel and PostPlus" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"

COPY --from=build /opt/simulator /opt/simulator

ENV PATH=/opt/simulator/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIMULATOR_HOST=0.0.0.0

# Where the user may keep worlds: SIMULATOR_STORE=sqlite:////data/worlds.db. A volume that is mounted
# there for the first time belongs to the user, too.
RUN install -d -o 10001 -g 10001 /data
VOLUME ["/data"]

# A number, so that a platform that demands a user other than root can see that it is one.
USER 10001:10001
WORKDIR /
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-m", "simulator.command.healthcheck"]
ENTRYPOINT ["carrier-simulator"]
CMD ["serve"]
