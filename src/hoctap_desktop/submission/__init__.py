"""The sealed file (.htgoi): container, signature, keys, verdicts."""
