"""What an office does with its filings: the acts the window and the command line share."""
