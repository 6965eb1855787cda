"""What was before: the history of a field, the time line of a filing, the trash, what came back after a power cut."""
