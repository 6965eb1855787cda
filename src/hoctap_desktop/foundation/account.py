"""The name the operating system knows the person at the machine by."""

import getpass


def account_name() -> str:
    """The account's name, "" when the system does not tell. Never for file names or logs (Luật 91/2025/QH15)."""
    try:
        return getpass.getuser().strip()
    except (OSError, KeyError, ImportError):
        return ""
