"""Thiết lập: text size, contrast, and whose data is open."""
