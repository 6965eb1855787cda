"""A page as data, and the renderers that print it."""
