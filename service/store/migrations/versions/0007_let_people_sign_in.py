"""Let people sign in: accounts, memberships, invitations, keys of persons, the audit log, counted calls.

Owns: one step of the schema. Must not know: the models, which may have moved on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables of people, and let a secret belong to one of them."""
    op.create_table(
        "accounts",
        *_texts("id", "address", "name", "password"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("address", name="uq_accounts_address"),
    )
    op.create_table(
        "memberships",
        *_texts("workspace_id", "account_id", "role"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("workspace_id", "account_id", name="pk_memberships"),
        _of("memberships", "workspace_id", "workspaces"),
        _of("memberships", "account_id", "accounts"),
    )
    op.create_index("ix_memberships_account_id", "memberships", ["account_id"])
    _invitations()
    _log()
    with op.batch_alter_table("credentials") as credentials:
        for name in ("account_id", "key_id", "label", "role"):
            credentials.add_column(sa.Column(name, sa.Text(), nullable=True))
        credentials.create_foreign_key(
            "fk_credentials_account_id", "accounts", ["account_id"], ["id"], ondelete="CASCADE"
        )
        credentials.create_unique_constraint("uq_credentials_key_id", ["key_id"])
        credentials.create_index("ix_credentials_account_id", ["account_id"])


def _invitations() -> None:
    op.create_table(
        "joinings",
        *_texts("id", "workspace_id", "digest", "address", "role", "created_by"),
        _moment("created_at"),
        _moment("expires_at"),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_joinings"),
        sa.UniqueConstraint("digest", name="uq_joinings_digest"),
        _of("joinings", "workspace_id", "workspaces"),
    )
    op.create_index("ix_joinings_workspace_id", "joinings", ["workspace_id"])


def _log() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        *_texts("workspace_id"),
        _moment("at"),
        sa.Column("account_id", sa.Text(), nullable=True),
        *_texts("name", "via", "act", "what", "subject_kind", "subject_id", "note"),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entries"),
        _of("audit_entries", "workspace_id", "workspaces"),
    )
    op.create_index("audit_entries_of_workspace", "audit_entries", ["workspace_id", "number"])
    op.create_index("audit_entries_lately", "audit_entries", ["workspace_id", "account_id", "at"])
    op.create_table(
        "counts",
        *_texts("bucket"),
        sa.Column("stretch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _moment("ends_at"),
        sa.PrimaryKeyConstraint("bucket", "stretch", name="pk_counts"),
    )
    op.create_index("ix_counts_ends_at", "counts", ["ends_at"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
