"""Gói gửi đi: sealing what is final, writing it onto a stick, saying when the stick may be pulled."""
