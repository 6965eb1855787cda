"""The Week of one year: theme, dates, deadlines."""
