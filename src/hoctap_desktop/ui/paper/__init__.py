"""In trình ký: the printed pages, the printer, what was checked, number and day after signing."""
