"""The page of the report: narrative sections as forms, the numbers as one grid, findings and the page beside them."""
