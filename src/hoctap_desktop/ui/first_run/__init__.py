"""The first page on a fresh machine: whose office this is."""
