"""Đơn vị cấp dưới: who reports to this office."""
