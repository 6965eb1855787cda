"""Kế hoạch: its outline, its reader, its page."""
