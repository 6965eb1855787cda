"""What an office does with its own filings: the acts the window and the command line share."""
