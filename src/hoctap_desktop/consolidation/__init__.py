"""The upper office: intake, board, totals."""
