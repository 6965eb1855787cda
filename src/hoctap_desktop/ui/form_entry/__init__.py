"""A form on the screen, made from its definition: the boxes of a section, for the plan and the report alike."""
