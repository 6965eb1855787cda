"""Kế hoạch on the screen: outline, block editor, forms for what stands once, live page."""
