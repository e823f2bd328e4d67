"""Revisions of the database's shape, as Alembic lays them out."""
