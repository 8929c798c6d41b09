"""Let people change plans: marks beside each version, and proposals.

Owns: one step of the schema. Must not know: the models, which may have moved on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add marks to versions; older versions have none. Create the proposals."""
    with op.batch_alter_table("plan_versions") as table:
        table.add_column(sa.Column("marks", sa.Text(), nullable=False, server_default="{}"))
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_proposals_workspace_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_proposals_plan_id", ondelete="CASCADE"),
    )
    op.create_index("ix_proposals_workspace_id", "proposals", ["workspace_id"])
    op.create_index("ix_proposals_plan_id", "proposals", ["plan_id"])
