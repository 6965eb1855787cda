"""Nhật ký hoạt động on the screen."""
