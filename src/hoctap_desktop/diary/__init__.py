"""What happened during the Week, day by day; the report's numbers are proposed from it."""
