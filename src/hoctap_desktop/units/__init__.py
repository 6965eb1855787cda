"""Offices, their names on paper, and who reports to whom."""
