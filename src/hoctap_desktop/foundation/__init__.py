"""What every room stands on: no domain, no Qt."""
