"""Đợt: the campaign, its days, its report form."""
