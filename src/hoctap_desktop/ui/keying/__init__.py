"""Nhập hộ on the screen: whose paper it is, its numbers typed once or twice, entered."""
