"""The SQLite file of one office."""
