"""Báo cáo: its numbers and its page."""
