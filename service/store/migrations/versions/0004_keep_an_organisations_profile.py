"""Keep an organisation's profile, one a workspace.

Owns: one step of the schema. Must not know: the models, which may have moved on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the profiles."""
    op.create_table(
        "profiles",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_profiles"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_profiles_workspace_id", ondelete="CASCADE"
        ),
    )
