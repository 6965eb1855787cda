"""Trang chính: the road of the campaign, and what is to be done now."""
