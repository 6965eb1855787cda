"""Forms as data: definitions, answers, checks, findings."""
