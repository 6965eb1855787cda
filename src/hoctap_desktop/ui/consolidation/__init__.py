"""The rooms of an office with units below: Tiếp nhận, Theo dõi, Tổng hợp."""
