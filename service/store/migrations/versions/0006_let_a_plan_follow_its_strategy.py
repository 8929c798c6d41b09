"""Let a plan follow its strategy: revisions, and the text that each version and proposal rests on.

Owns: one step of the schema. Must not know: the models, which may have moved on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

#: What was made before rests on the text that its plan rests on.
_FROM_PLAN = "UPDATE {table} SET text_id = (SELECT plans.text_id FROM plans WHERE plans.id = {table}.plan_id)"


def upgrade() -> None:
    """Add the texts and the revisions."""
    for table in ("plan_versions", "proposals"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("text_id", sa.Text(), nullable=True))
            batch.create_foreign_key(f"fk_{table}_text_id", "canonical_texts", ["text_id"], ["id"], ondelete="SET NULL")
        op.execute(_FROM_PLAN.format(table=table))
    op.create_table(
        "revisions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("old_text_id", sa.Text(), nullable=False),
        sa.Column("new_text_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_revisions_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_revisions_plan_id", ondelete="CASCADE"),
        *_texts("old_text_id", "new_text_id"),
    )
    op.create_index("ix_revisions_workspace_id", "revisions", ["workspace_id"])
    op.create_index("ix_revisions_plan_id", "revisions", ["plan_id"])


def _texts(*columns: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint([name], ["canonical_texts.id"], name=f"fk_revisions_{name}", ondelete="CASCADE")
        for name in columns
    ]
