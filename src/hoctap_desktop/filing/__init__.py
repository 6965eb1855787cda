"""A form being filled by a unit, from draft to final."""
