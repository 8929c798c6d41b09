"""Settings from the environment: the one file that reads it.

Owns: names, defaults and their meaning; the README documents each and a test holds it to that. Must
not know: what uses them. Secrets of model providers stay in the providers' own variables and are
never read, logged or stored here.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.onnx_export import default_cache_dir


class Settings(BaseSettings):
    """All settings; each comes from `THROUGHLINE_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="THROUGHLINE_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("var"), description="folder of the database, originals and vectors of `serve`")
    cache: Path = Field(
        default_factory=default_cache_dir,
        description="folder of the exported embedding model and the library's vectors",
    )
    host: str = Field(default="127.0.0.1", description="address that `serve` binds to")
    port: int = Field(default=8321, ge=0, le=65535, description="port of `serve`; 0 picks a free one")
    public_host: str | None = Field(default=None, description="host name people open, where it is not `host`")
    hosts: str = Field(default="", description="further host names the server answers to, comma-separated")
    mode: str = Field(
        default="local",
        pattern="^(local|shared)$",
        description="local: one person, who opens the printed address; shared: people sign in",
    )
    https: bool = Field(
        default=False, description="people reach the server over https (behind a proxy): cookies are for https alone"
    )
    threads: int | None = Field(default=None, ge=1, description="threads of the embedding model; default: all cores")
    spacy_model: str | None = Field(default=None, description="another installed spaCy model, by name or folder")
    engine: str = Field(default="patterns", pattern="^(patterns|model)$", description="engine where none is named")
    model: str | None = Field(
        default=None, description="chat model of the model engine, as 'provider:name' (langchain's init_chat_model)"
    )
    model_base_url: str | None = Field(default=None, description="address of an OpenAI-compatible server")
    model_timeout: float = Field(default=120.0, gt=0, description="seconds a single model call may take")
    plan_seconds: float = Field(default=600.0, gt=0, description="seconds of model time a plan may take")
    plan_tokens: int = Field(default=200_000, gt=0, description="tokens, in and out, a plan may spend")
    recordings: Path | None = Field(
        default=None, description="folder of recorded model answers; set: answers are replayed, no model is called"
    )
    database_url: str | None = Field(default=None, description="SQLAlchemy address; default: SQLite in the data folder")
    chroma_url: str | None = Field(default=None, description="Chroma server as host:port; default: in the data folder")
    max_upload_mib: int = Field(default=25, ge=1, le=200, description="largest file accepted, in MiB")
    evaluation: Path | None = Field(
        default=None,
        description="results.json of the evaluation to show; default: out/results.json, else the committed baseline",
    )
