"""Alembic's entry: one connection, the tables of the house, batches for SQLite."""

from alembic import context
from sqlalchemy import create_engine
from storage.tables import Base

connection = context.config.attributes.get("connection")
if connection is None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    connection = engine.connect()

with connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
