# syntax=docker/dockerfile:1
# Two stages: the first installs and prepares the models, the second only runs. Nothing is fetched at run time.

FROM python:3.11-slim AS build
# pip's own variables. With an index of CPU builds as PIP_EXTRA_INDEX_URL, torch comes without CUDA.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 HF_HUB_OFFLINE=1
WORKDIR /opt/throughline
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.lock ./
# The lock is complete, so nothing beside it is installed (above all no CUDA libraries).
RUN pip install --no-deps -r requirements.lock
COPY corpora ./corpora
COPY retrieval ./retrieval
COPY service ./service
# The embedding model as ONNX, and the practice library's vectors.
RUN python -c "from pathlib import Path; from service.pipeline import build_workshop; build_workshop(Path('/opt/throughline/cache'))" \
    && python -m compileall -q corpora retrieval service

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    THROUGHLINE_CACHE=/opt/throughline/cache \
    THROUGHLINE_DATA=/data \
    THROUGHLINE_HOST=0.0.0.0 \
    THROUGHLINE_PORT=8321
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin throughline \
    && install -d -o throughline -g throughline -m 0700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/throughline /opt/throughline
WORKDIR /opt/throughline
USER 10001
VOLUME ["/data"]
EXPOSE 8321
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/healthz', timeout=4)"]
CMD ["python", "-m", "service", "serve"]
