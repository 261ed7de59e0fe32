# docker build -t checker . && docker run --rm -v "$PWD:/data:ro" checker check /data/logs
FROM python:3.12-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY policies policies
COPY checker checker
RUN python -m venv /opt/checker && /opt/checker/bin/pip install --no-cache-dir .

FROM python:3.12-slim
COPY --from=build /opt/checker /opt/checker
RUN useradd --create-home checker
USER checker
WORKDIR /data
ENTRYPOINT ["/opt/checker/bin/checker"]
CMD ["--help"]
